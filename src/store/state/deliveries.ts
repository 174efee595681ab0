import { sql, type Insertable } from 'kysely';
import type { OwedDelivery } from '../../domain/delivery.js';
import { chunks } from '../records.js';
import { ensureChats } from './ensure-chats.js';
import { owedRow } from './rows.js';
import type { LedgerTable } from './schema.js';
import type { StateTransaction } from './state-db.js';

/** Rows a statement: 10 parameters each, far below SQLite's 32,766. */
const ROWS = 100;

/**
 * Inserts those whose key is new; returns how many. One for a chat that was
 * deactivated is dropped at once, its key kept: nothing is sent to it.
 */
export async function insertOwed(trx: StateTransaction, owed: readonly OwedDelivery[]): Promise<number> {
  if (owed.length === 0) return 0;
  await ensureChats(
    trx,
    owed.map(({ chatId }) => chatId),
  );
  const inactive = await inactiveAmong(trx, owed);
  let inserted = 0;
  for (const some of chunks(owed, ROWS)) {
    const result = await trx
      .insertInto('ledger')
      .values(some.map((one) => (inactive.has(one.chatId) ? droppedRow(one) : openRow(one))))
      .onConflict((c) => c.column('key').doNothing())
      .executeTakeFirst();
    inserted += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return inserted;
}

function openRow(owed: OwedDelivery): Insertable<LedgerTable> {
  return { ...owedRow(owed), state: 'owed', done_at: null };
}

function droppedRow(owed: OwedDelivery): Insertable<LedgerTable> {
  return { ...owedRow(owed), message: null, state: 'dropped', done_at: owed.notBefore };
}

async function inactiveAmong(trx: StateTransaction, owed: readonly OwedDelivery[]): Promise<ReadonlySet<number>> {
  const chatIds = JSON.stringify([...new Set(owed.map(({ chatId }) => chatId))]);
  const { rows } = await sql<{ chat_id: number }>`select chat_id from chats
    where chat_id in (select value from json_each(${chatIds})) and inactive_at is not null`.execute(trx);
  return new Set(rows.map((row) => row.chat_id));
}

/** Drops what a chat is owed. What is on its way is left to its outcome. */
export async function dropOwed(trx: StateTransaction, chatId: number, reason: string, at: string): Promise<void> {
  await sql`update ledger indexed by ledger_lane
    set state = 'dropped', message = null, error = ${reason}, done_at = ${at}
    where chat_id = ${chatId} and done_at is null and state = 'owed'`.execute(trx);
}
