import { isDeepStrictEqual } from 'node:util';
import { sql, type Selectable } from 'kysely';
import type { QueuedDelivery } from '../../domain/delivery.js';
import type { AnnouncedFact } from '../../domain/reminder.js';
import { chunks } from '../records.js';
import { BatchedInsert } from '../sqlite/group-commit.js';
import type { UnreadableRows } from '../sqlite/unreadable-rows.js';
import type { AnnouncedFactTable } from '../state-store.js';
import { selectKnownChats } from './chats.js';
import { enqueueDeliveries } from './delivery-ledger.js';
import { announcedFactOf, announcedFactRow, type AnnouncedFactsTable } from './rows.js';
import { toSqlLimit, type StateDb, type StateTransaction } from './state-database.js';

type AnnouncedFactRow = Selectable<AnnouncedFactsTable>;

const IDS = 500;
/** Rows per statement: far below SQLite's 32,766 parameters. */
const ROWS = 200;

export function announcedFactTable({ read, write, unreadableRows }: StateDb): AnnouncedFactTable {
  const inserts = new BatchedInsert<StateTransaction, readonly AnnouncedFact[], undefined>(
    write,
    async (trx, calls) => {
      await putAnnouncedFacts(trx, calls.flat());
      return [];
    },
  );
  return {
    put: (facts) => (facts.length === 0 ? Promise.resolve() : inserts.add(facts)),
    listByNotices: (noticeIds) =>
      read(async (trx) => {
        const rows: AnnouncedFactRow[] = [];
        for (const some of chunks([...new Set(noticeIds)], IDS)) {
          rows.push(...(await trx.selectFrom('told').selectAll().where('notice_id', 'in', some).execute()));
        }
        return rows.sort((a, b) => a.id - b.id).flatMap((row) => decodeRow(unreadableRows, row) ?? []);
      }),
    noticeIds: (after, limit) =>
      read(async (trx) => {
        // '' sorts before every id.
        const above = after ?? '';
        const { rows } = await sql<{ notice_id: string }>`select notice_id from told where notice_id > ${above}
          union select notice_id from reminders where notice_id > ${above}
          order by notice_id limit ${toSqlLimit(limit)}`.execute(trx);
        return rows.map((row) => row.notice_id);
      }),
    replaceIfUnchanged: (before, after, deliveries) =>
      write((trx) => replaceIfUnchanged(trx, unreadableRows, before, after, deliveries)),
  };
}

function decodeRow(unreadableRows: UnreadableRows, row: AnnouncedFactRow): AnnouncedFact | null {
  return unreadableRows.decodeOrSkip(`told (id ${String(row.id)})`, () => announcedFactOf(row));
}

/** Implements `AnnouncedFactTable.put`. */
export async function putAnnouncedFacts(trx: StateTransaction, facts: readonly AnnouncedFact[]): Promise<void> {
  if (facts.length === 0) return;
  const chats = await selectKnownChats(
    trx,
    facts.map(({ chatId }) => chatId),
  );
  const known = facts.filter(({ chatId }) => chats.has(chatId));
  for (const some of chunks(known, ROWS)) {
    const rows = some.map(announcedFactRow);
    const columns = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[];
    await trx
      .insertInto('told')
      .values(rows)
      // Applied one after another: of two rows about the same fact the later one stays.
      .onConflict((c) =>
        c
          .columns(['chat_id', 'notice_id', 'type', 'label'])
          .doUpdateSet((eb) => Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)]))),
      )
      .execute();
  }
}

/** Implements `AnnouncedFactTable.replaceIfUnchanged`. */
async function replaceIfUnchanged(
  trx: StateTransaction,
  unreadableRows: UnreadableRows,
  before: AnnouncedFact,
  after: AnnouncedFact,
  deliveries: readonly QueuedDelivery[],
): Promise<boolean> {
  const row = await trx
    .selectFrom('told')
    .selectAll()
    .where('chat_id', '=', before.chatId)
    .where('notice_id', '=', before.noticeId)
    .where('type', '=', before.type)
    .where('label', '=', before.label)
    .executeTakeFirst();
  const stored = row === undefined ? null : decodeRow(unreadableRows, row);
  if (row === undefined || stored === null || !isDeepStrictEqual(announcedFactRow(stored), announcedFactRow(before)))
    return false;
  const isSameFact =
    after.chatId === before.chatId &&
    after.noticeId === before.noticeId &&
    after.type === before.type &&
    after.label === before.label;
  if (!isSameFact) await trx.deleteFrom('told').where('id', '=', row.id).execute();
  await putAnnouncedFacts(trx, [after]);
  await enqueueDeliveries(trx, deliveries);
  return true;
}
