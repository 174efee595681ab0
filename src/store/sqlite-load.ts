import type { Selectable, Transaction } from 'kysely';
import type { StoredNotice } from './notice-store.js';
import { chunks, groupBy } from './records.js';
import { storedNotice } from './sqlite-rows.js';
import type { NoticesTable, Tables } from './sqlite-schema.js';

/** Up to `size` notices with a key above `after`, in order of key, with their lists. */
export async function loadPage(
  trx: Transaction<Tables>,
  after: number,
  size: number,
  file: string,
): Promise<StoredNotice[]> {
  const rows = await trx
    .selectFrom('notices')
    .selectAll()
    .where('key', '>', after)
    .orderBy('key')
    .limit(size)
    .execute();
  return withChildren(trx, rows, file);
}

/** The notices with these ids, in order of key. */
export async function loadByIds(
  trx: Transaction<Tables>,
  ids: readonly string[],
  file: string,
): Promise<StoredNotice[]> {
  const found: StoredNotice[] = [];
  for (const some of chunks([...new Set(ids)], 500)) {
    const rows = await trx.selectFrom('notices').selectAll().where('id', 'in', some).execute();
    found.push(...(await withChildren(trx, rows, file)));
  }
  return found.sort((a, b) => a.key - b.key);
}

export async function loadByKey(trx: Transaction<Tables>, key: number, file: string): Promise<StoredNotice | null> {
  const rows = await trx.selectFrom('notices').selectAll().where('key', '=', key).execute();
  const [notice] = await withChildren(trx, rows, file);
  return notice ?? null;
}

/** Three queries for all rows together, not three for each. */
async function withChildren(
  trx: Transaction<Tables>,
  rows: readonly Selectable<NoticesTable>[],
  file: string,
): Promise<StoredNotice[]> {
  if (rows.length === 0) return [];
  const keys = rows.map((row) => row.key);
  const attachments = await trx
    .selectFrom('attachments')
    .selectAll()
    .where('notice_key', 'in', keys)
    .orderBy('notice_key')
    .orderBy('position')
    .execute();
  const repairs = await trx
    .selectFrom('repairs')
    .selectAll()
    .where('notice_key', 'in', keys)
    .orderBy('notice_key')
    .orderBy('position')
    .execute();
  const facts = await trx
    .selectFrom('facts')
    .selectAll()
    .where('notice_key', 'in', keys)
    .orderBy('notice_key')
    .orderBy('position')
    .execute();
  const noticeKey = (row: { readonly notice_key: number }): number => row.notice_key;
  const grouped = {
    attachments: groupBy(attachments, noticeKey),
    repairs: groupBy(repairs, noticeKey),
    facts: groupBy(facts, noticeKey),
  };
  return rows.map((row) =>
    storedNotice(
      row,
      {
        attachments: grouped.attachments.get(row.key) ?? [],
        repairs: grouped.repairs.get(row.key) ?? [],
        facts: grouped.facts.get(row.key) ?? [],
      },
      file,
    ),
  );
}
