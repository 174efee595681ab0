import { isDeepStrictEqual } from 'node:util';
import { sql, type Selectable } from 'kysely';
import type { QueuedDelivery } from '../../domain/delivery.js';
import type { NewReminder, Reminder } from '../../domain/reminder.js';
import { chunks } from '../records.js';
import { selectReadable, type UnreadableRows } from '../sqlite/unreadable-rows.js';
import type { ReminderTable } from '../state-store.js';
import { enqueueDeliveries } from './delivery-ledger.js';
import { reminderOf, reminderRow, threadColumn, type RemindersTable } from './rows.js';
import { toSqlLimit, type StateDb, type StateTransaction } from './state-database.js';

type ReminderRow = Selectable<RemindersTable>;

const IDS = 500;

export function reminderTable({ read, write, unreadableRows }: StateDb): ReminderTable {
  const decode = (row: ReminderRow) => decodeRow(unreadableRows, row);
  return {
    put: (reminder) => write((trx) => put(trx, reminder)),
    get: (id) =>
      read(async (trx) => {
        const row = await byId(trx, id);
        return row === undefined ? null : decode(row);
      }),
    list: ({ chatId, threadId }) =>
      read(async (trx) => {
        const rows = await trx
          .selectFrom('reminders')
          .selectAll()
          .where('chat_id', '=', chatId)
          .where('thread_id', '=', threadColumn(threadId))
          .orderBy('id')
          .execute();
        return rows.flatMap((row) => decode(row) ?? []);
      }),
    remove: (id) =>
      write(async (trx) => {
        const result = await trx.deleteFrom('reminders').where('id', '=', id).executeTakeFirst();
        return result.numDeletedRows > 0n;
      }),
    listDue: (now, limit) =>
      read((trx) => selectReadable(toSqlLimit(limit), (size) => dueRows(trx, now, size), decode)),
    replaceIfUnchanged: (before, after, deliveries) =>
      write((trx) => replaceIfUnchanged(trx, unreadableRows, before, after, deliveries)),
    listByNotices: (noticeIds) =>
      read(async (trx) => {
        const rows: ReminderRow[] = [];
        for (const some of chunks([...new Set(noticeIds)], IDS)) {
          rows.push(...(await trx.selectFrom('reminders').selectAll().where('notice_id', 'in', some).execute()));
        }
        return rows.sort((a, b) => a.id - b.id).flatMap((row) => decode(row) ?? []);
      }),
  };
}

function decodeRow(unreadableRows: UnreadableRows, row: ReminderRow): Reminder | null {
  return unreadableRows.decodeOrSkip(`reminders (id ${String(row.id)})`, () => reminderOf(row));
}

async function byId(trx: StateTransaction, id: number): Promise<ReminderRow | undefined> {
  if (!Number.isSafeInteger(id)) return undefined;
  return trx.selectFrom('reminders').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Implements `ReminderTable.put`. A replaced reminder keeps its id, so that the buttons under it still work. */
async function put(trx: StateTransaction, reminder: NewReminder): Promise<number> {
  const row = reminderRow(reminder);
  const { id } = await trx
    .insertInto('reminders')
    .values(row)
    .onConflict((c) => c.columns(['chat_id', 'user_id', 'notice_id', 'type', 'label']).doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function dueRows(trx: StateTransaction, now: string, limit: number): Promise<ReminderRow[]> {
  const { rows } = await sql<ReminderRow>`select r.* from reminders r indexed by reminders_due
    join chats c on c.chat_id = r.chat_id
    where r.next_at is not null and r.next_at <= ${now} and c.inactive_at is null
    order by r.next_at, r.id limit ${limit}`.execute(trx);
  return rows;
}

/** Implements `ReminderTable.replaceIfUnchanged`. */
async function replaceIfUnchanged(
  trx: StateTransaction,
  unreadableRows: UnreadableRows,
  before: Reminder,
  after: Reminder,
  deliveries: readonly QueuedDelivery[],
): Promise<boolean> {
  const row = await byId(trx, before.id);
  const stored = row === undefined ? null : decodeRow(unreadableRows, row);
  if (stored === null || !isDeepStrictEqual(reminderRow(stored), reminderRow(before))) return false;
  const next = reminderRow(after);
  // A user has one reminder of a fact: another one of the same fact as `after` is deleted, as with `put`.
  await trx
    .deleteFrom('reminders')
    .where('chat_id', '=', next.chat_id)
    .where('user_id', '=', next.user_id)
    .where('notice_id', '=', next.notice_id)
    .where('type', '=', next.type)
    .where('label', '=', next.label)
    .where('id', '!=', before.id)
    .execute();
  await trx.updateTable('reminders').set(next).where('id', '=', before.id).execute();
  await enqueueDeliveries(trx, deliveries);
  return true;
}
