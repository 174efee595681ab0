import { sql, type Insertable, type RawBuilder } from 'kysely';
import type { QueuedDelivery } from '../../domain/delivery.js';
import { chunks } from '../records.js';
import { selectKnownChats } from './known-chats.js';
import { deliveryRow } from './rows.js';
import type { LedgerTable } from './schema.js';
import type { StateTransaction } from './state-database.js';

/** Rows per statement: 10 parameters each, far below SQLite's 32,766. */
const ROWS = 100;

/** Implements `Ledger.enqueue`. A delivery for a deactivated chat is stored as dropped, so that its key stays taken. */
export async function enqueueDeliveries(trx: StateTransaction, owed: readonly QueuedDelivery[]): Promise<number> {
  if (owed.length === 0) return 0;
  const chats = await selectKnownChats(
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

function openRow(owed: QueuedDelivery): Insertable<LedgerTable> {
  return { ...deliveryRow(owed), state: 'owed', done_at: null };
}

function droppedRow(owed: QueuedDelivery): Insertable<LedgerTable> {
  return { ...deliveryRow(owed), message: null, state: 'dropped', done_at: owed.notBefore };
}

/** Drops the queued deliveries of a chat. A claimed one waits for its outcome. */
export async function dropQueued(trx: StateTransaction, chatId: number, reason: string, at: string): Promise<void> {
  await sql`update ledger indexed by ledger_lane
    set state = 'dropped', message = null, error = ${reason}, done_at = ${at}
    where chat_id = ${chatId} and done_at is null and state = 'owed'`.execute(trx);
}

/** Returns the SQL condition that a key starts with `prefix`, as a range up to the last Unicode character. */
export function keyStartsWith(prefix: string): RawBuilder<unknown> {
  return sql`key >= ${prefix} and key < ${`${prefix}\u{10FFFF}`}`;
}

/**
 * Returns whether all deliveries of a digest are queued and none was refused: then nobody has seen any of it. False
 * when it has no deliveries.
 *
 * @param key prefix of the keys of its deliveries
 */
export async function isDigestUnsent(trx: StateTransaction, key: string): Promise<boolean> {
  const { rows } = await sql<{ all: number; waiting: number }>`select
      count(*) as "all", count(*) filter (where state = 'owed' and refusals = 0) as waiting
    from ledger where ${keyStartsWith(`${key}:`)}`.execute(trx);
  const [counts] = rows;
  return counts !== undefined && counts.all > 0 && counts.waiting === counts.all;
}

/** Drops an unsent digest. Frees its keys: what was never sent may be queued again. */
export async function dropSupersededDigest(trx: StateTransaction, key: string, at: string): Promise<void> {
  await sql`update ledger
    set state = 'dropped', message = null, error = 'superseded', done_at = ${at},
      key = 'superseded:' || id || ':' || key
    where ${keyStartsWith(`${key}:`)}`.execute(trx);
}
