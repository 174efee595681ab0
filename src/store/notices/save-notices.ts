import type { Insertable, Transaction } from 'kysely';
import type { NoticeRecord, SaveOutcome } from '../notice-store.js';
import { chunks, factsHash } from '../records.js';
import { attachmentRows, factRows, noticeRow, repairRows, type NoticeTables } from './rows.js';

/** Notices per statement: far below SQLite's 32,766 parameters, and short enough not to hold up the event loop. */
const NOTICES = 100;
const CHILD_ROWS = 500;

type ChildTableName = 'attachments' | 'repairs' | 'facts';

/** A record and the key under which it is stored. */
interface KeyedRecord {
  readonly key: number;
  readonly record: NoticeRecord;
}

/** Implements `NoticeStore.save` inside its transaction. The ids of `records` must differ. */
export async function saveRecords(
  trx: Transaction<NoticeTables>,
  records: readonly NoticeRecord[],
  changedAt: string,
): Promise<SaveOutcome> {
  const outcome = { new: [] as string[], changed: [] as string[], refreshed: [] as string[], unchanged: 0 };
  for (const chunk of chunks(records, NOTICES)) {
    const plan = await planChunk(trx, chunk);
    await writeChunk(trx, plan, changedAt);
    outcome.new.push(...plan.added.map((record) => record.notice.id));
    outcome.changed.push(...plan.changed.map(({ record }) => record.notice.id));
    outcome.refreshed.push(...plan.refreshed.map(({ record }) => record.notice.id));
    outcome.unchanged += chunk.length - plan.added.length - plan.changed.length;
  }
  if (outcome.new.length + outcome.changed.length + outcome.refreshed.length > 0) {
    await trx
      .updateTable('meta')
      .set((eb) => ({ value: eb('value', '+', 1) }))
      .where('name', '=', 'revision')
      .execute();
  }
  return outcome;
}

interface SavePlan {
  readonly added: NoticeRecord[];
  readonly changed: KeyedRecord[];
  /** Records whose content is stored already, with other extracted facts. */
  readonly refreshed: KeyedRecord[];
}

async function planChunk(trx: Transaction<NoticeTables>, records: readonly NoticeRecord[]): Promise<SavePlan> {
  const rows = await trx
    .selectFrom('notices')
    .select(['key', 'id', 'content_hash', 'facts_hash'])
    .where(
      'id',
      'in',
      records.map((record) => record.notice.id),
    )
    .execute();
  const stored = new Map(rows.map((row) => [row.id, row]));
  const plan: SavePlan = { added: [], changed: [], refreshed: [] };
  for (const record of records) {
    const row = stored.get(record.notice.id);
    if (row === undefined) plan.added.push(record);
    else if (row.content_hash !== record.notice.contentHash) plan.changed.push({ key: row.key, record });
    else if (row.facts_hash !== factsHash(record.facts)) plan.refreshed.push({ key: row.key, record });
  }
  return plan;
}

async function writeChunk(trx: Transaction<NoticeTables>, plan: SavePlan, changedAt: string): Promise<void> {
  const added = await insertNotices(trx, plan.added, changedAt);
  for (const { key, record } of plan.changed) {
    await trx
      .updateTable('notices')
      .set((eb) => ({ ...noticeRow(record, changedAt), version: eb('version', '+', 1) }))
      .where('key', '=', key)
      .execute();
  }
  for (const { key, record } of plan.refreshed) {
    await trx
      .updateTable('notices')
      .set({ facts_hash: factsHash(record.facts) })
      .where('key', '=', key)
      .execute();
  }
  await deleteChildren(trx, ['attachments', 'repairs', 'facts'], plan.changed);
  await deleteChildren(trx, ['facts'], plan.refreshed);

  const whole = [...added, ...plan.changed];
  await insertChildren(
    trx,
    'attachments',
    whole.flatMap(({ key, record }) => attachmentRows(key, record.notice)),
  );
  await insertChildren(
    trx,
    'repairs',
    whole.flatMap(({ key, record }) => repairRows(key, record.notice)),
  );
  await insertChildren(
    trx,
    'facts',
    [...whole, ...plan.refreshed].flatMap(({ key, record }) => factRows(key, record.facts)),
  );
}

/** Inserts new notices. Not an upsert, because an upsert that updates uses up a key all the same in SQLite. */
async function insertNotices(
  trx: Transaction<NoticeTables>,
  records: readonly NoticeRecord[],
  changedAt: string,
): Promise<KeyedRecord[]> {
  if (records.length === 0) return [];
  const rows = await trx
    .insertInto('notices')
    .values(records.map((record) => ({ ...noticeRow(record, changedAt), version: 1 })))
    .returning(['key', 'id'])
    .execute();
  // SQLite does not guarantee the order of the returned rows.
  const keys = new Map(rows.map((row) => [row.id, row.key]));
  return records.flatMap((record) => {
    const key = keys.get(record.notice.id);
    return key === undefined ? [] : [{ key, record }];
  });
}

async function deleteChildren(
  trx: Transaction<NoticeTables>,
  tables: readonly ChildTableName[],
  of: readonly KeyedRecord[],
): Promise<void> {
  if (of.length === 0) return;
  const keys = of.map(({ key }) => key);
  for (const table of tables) await trx.deleteFrom(table).where('notice_key', 'in', keys).execute();
}

async function insertChildren<T extends ChildTableName>(
  trx: Transaction<NoticeTables>,
  table: T,
  rows: readonly Insertable<NoticeTables[T]>[],
): Promise<void> {
  for (const chunk of chunks(rows, CHILD_ROWS)) await trx.insertInto(table).values(chunk).execute();
}
