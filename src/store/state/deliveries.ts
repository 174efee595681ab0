import { sql, type Insertable, type RawBuilder } from 'kysely';
import type { OwedDelivery } from '../../domain/delivery.js';
import { chunks } from '../records.js';
import { knownAmong } from './known-chats.js';
import { owedRow } from './rows.js';
import type { LedgerTable } from './schema.js';
import type { StateTransaction } from './state-db.js';

/** Rows a statement: 10 parameters each, far below SQLite's 32,766. */
const ROWS = 100;

/**
 * Inserts those whose key is new; returns how many. One for a chat that was
 * deactivated is dropped at once, its key kept: nothing is sent to it. One for
 * a chat that is not known is left out.
 */
export async function insertOwed(trx: StateTransaction, owed: readonly OwedDelivery[]): Promise<number> {
  if (owed.length === 0) return 0;
  const chats = await knownAmong(
    trx,
    owed.map(({ chatId }) => chatId),
  );
  const known = owed.filter(({ chatId }) => chats.has(chatId));
  let inserted = 0;
  for (const some of chunks(known, ROWS)) {
    const result = await trx
      .insertInto('ledger')
      .values(some.map((one) => (chats.get(one.chatId) === true ? openRow(one) : droppedRow(one))))
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

/** Drops what a chat is owed. What is on its way is left to its outcome. */
export async function dropOwed(trx: StateTransaction, chatId: number, reason: string, at: string): Promise<void> {
  await sql`update ledger indexed by ledger_lane
    set state = 'dropped', message = null, error = ${reason}, done_at = ${at}
    where chat_id = ${chatId} and done_at is null and state = 'owed'`.execute(trx);
}

/** Those whose key begins so: a range of it, for no text that does sorts after the last character there is. */
export function withPrefix(prefix: string): RawBuilder<unknown> {
  return sql`key >= ${prefix} and key < ${`${prefix}\u{10FFFF}`}`;
}

/**
 * Whether nothing of a digest was sent, is on its way, was refused or given up:
 * then nobody has seen any of it.
 *
 * @param key with which the keys of its deliveries begin
 */
export async function isUnsent(trx: StateTransaction, key: string): Promise<boolean> {
  const { rows } = await sql<{ all: number; waiting: number }>`select
      count(*) as "all", count(*) filter (where state = 'owed' and refusals = 0) as waiting
    from ledger where ${withPrefix(`${key}:`)}`.execute(trx);
  const [counts] = rows;
  return counts !== undefined && counts.all > 0 && counts.waiting === counts.all;
}

/** Drops a digest that is unsent. Its keys become free: what was never sent may be owed again. */
export async function supersede(trx: StateTransaction, key: string, at: string): Promise<void> {
  await sql`update ledger
    set state = 'dropped', message = null, error = 'superseded', done_at = ${at},
      key = 'superseded:' || id || ':' || key
    where ${withPrefix(`${key}:`)}`.execute(trx);
}
