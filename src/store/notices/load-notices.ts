import { sql, type Selectable, type Transaction } from 'kysely';
import type { PlainDate } from '../../domain/notice.js';
import type { StoredNotice } from '../notice-store.js';
import { chunks, groupBy } from '../records.js';
import { storedNotice, type NoticesTable, type NoticeTables } from './rows.js';

/** Loads up to `size` notices with a key above `after`, in order of key, with their attachments, repairs and facts. */
export async function loadPage(
  trx: Transaction<NoticeTables>,
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

/** Loads the notices with these ids, in order of key. */
export async function loadByIds(
  trx: Transaction<NoticeTables>,
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

export async function loadByKey(
  trx: Transaction<NoticeTables>,
  key: number,
  file: string,
): Promise<StoredNotice | null> {
  const rows = await trx.selectFrom('notices').selectAll().where('key', '=', key).execute();
  const [notice] = await withChildren(trx, rows, file);
  return notice ?? null;
}

/** Loads the newest `limit` notices with a period that starts or ends from `from` to `to`, in order of key. */
export async function loadWithPeriods(
  trx: Transaction<NoticeTables>,
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
  limit: number,
  file: string,
): Promise<StoredNotice[]> {
  const dateOf = (edge: 'start' | 'end') => sql<string | null>`json_extract(value, ${`$.${edge}.date`})`;
  const keys = await trx
    .selectFrom('facts')
    .select('notice_key')
    .distinct()
    .where('kind', '=', 'period')
    .where((eb) => eb.or([eb.between(dateOf('start'), from, to), eb.between(dateOf('end'), from, to)]))
    .orderBy('notice_key', 'desc')
    .limit(limit)
    .execute();
  const found: StoredNotice[] = [];
  for (const some of chunks(keys.map((row) => row.notice_key).reverse(), 500)) {
    const rows = await trx.selectFrom('notices').selectAll().where('key', 'in', some).orderBy('key').execute();
    found.push(...(await withChildren(trx, rows, file)));
  }
  return found;
}

/** Adds attachments, repairs and facts, by three queries for all rows together instead of three for each. */
async function withChildren(
  trx: Transaction<NoticeTables>,
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
