import { isDeepStrictEqual } from 'node:util';
import { sql, type Selectable } from 'kysely';
import type { OwedDelivery } from '../../domain/delivery.js';
import type { ToldFact } from '../../domain/reminder.js';
import { chunks } from '../records.js';
import type { ToldTable } from '../state-store.js';
import type { BadRows } from './bad-rows.js';
import { insertOwed } from './deliveries.js';
import { knownAmong } from './known-chats.js';
import { toldOf, toldRow } from './rows.js';
import type { ToldsTable } from './schema.js';
import { SharedInsert } from './shared-insert.js';
import { atLeastNone, type StateDb, type StateTransaction } from './state-db.js';

type Row = Selectable<ToldsTable>;

const IDS = 500;
/** Rows per statement: far below SQLite's 32,766 parameters. */
const ROWS = 200;

export function toldTable({ read, write, badRows }: StateDb): ToldTable {
  const told = new SharedInsert<StateTransaction, readonly ToldFact[], undefined>(write, async (trx, answers) => {
    await rememberTold(trx, answers.flat());
    return [];
  });
  return {
    remember: (facts) => (facts.length === 0 ? Promise.resolve() : told.add(facts)),
    ofNotices: (noticeIds) =>
      read(async (trx) => {
        const rows: Row[] = [];
        for (const some of chunks([...new Set(noticeIds)], IDS)) {
          rows.push(...(await trx.selectFrom('told').selectAll().where('notice_id', 'in', some).execute()));
        }
        return rows.sort((a, b) => a.id - b.id).flatMap((row) => decodeRow(badRows, row) ?? []);
      }),
    noticeIds: (after, limit) =>
      read(async (trx) => {
        // '' sorts before every id.
        const above = after ?? '';
        const { rows } = await sql<{ notice_id: string }>`select notice_id from told where notice_id > ${above}
          union select notice_id from reminders where notice_id > ${above}
          order by notice_id limit ${atLeastNone(limit)}`.execute(trx);
        return rows.map((row) => row.notice_id);
      }),
    settle: (before, after, owed) => write((trx) => settle(trx, badRows, before, after, owed)),
  };
}

function decodeRow(badRows: BadRows, row: Row): ToldFact | null {
  return badRows.try(`told (id ${String(row.id)})`, () => toldOf(row));
}

/** Implements `ToldTable.remember`. */
export async function rememberTold(trx: StateTransaction, facts: readonly ToldFact[]): Promise<void> {
  if (facts.length === 0) return;
  const chats = await knownAmong(
    trx,
    facts.map(({ chatId }) => chatId),
  );
  const known = facts.filter(({ chatId }) => chats.has(chatId));
  for (const some of chunks(known, ROWS)) {
    const rows = some.map(toldRow);
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

/** Implements `ToldTable.settle`. */
async function settle(
  trx: StateTransaction,
  badRows: BadRows,
  before: ToldFact,
  after: ToldFact,
  owed: readonly OwedDelivery[],
): Promise<boolean> {
  const row = await trx
    .selectFrom('told')
    .selectAll()
    .where('chat_id', '=', before.chatId)
    .where('notice_id', '=', before.noticeId)
    .where('type', '=', before.type)
    .where('label', '=', before.label)
    .executeTakeFirst();
  const stored = row === undefined ? null : decodeRow(badRows, row);
  if (row === undefined || stored === null || !isDeepStrictEqual(toldRow(stored), toldRow(before))) return false;
  const isSameFact =
    after.chatId === before.chatId &&
    after.noticeId === before.noticeId &&
    after.type === before.type &&
    after.label === before.label;
  if (!isSameFact) await trx.deleteFrom('told').where('id', '=', row.id).execute();
  await rememberTold(trx, [after]);
  await insertOwed(trx, owed);
  return true;
}
