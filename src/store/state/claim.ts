import { sql } from 'kysely';
import type { ClaimedDelivery, DeliveryKind } from '../../domain/delivery.js';
import { parseJson, type UnreadableRows } from '../sqlite/unreadable-rows.js';
import { messageSchema, threadOf } from './rows.js';
import type { StateTransaction } from './state-database.js';

interface QueuedRow {
  readonly id: number;
  readonly key: string;
  readonly kind: DeliveryKind;
  readonly chat_id: number;
  readonly thread_id: number;
  readonly message: string;
  readonly not_before: string;
  readonly not_after: string | null;
  readonly attempts: number;
  readonly refusals: number;
}

/**
 * SQL condition that delivery `d` is the next of its chat: none is claimed and no older one waits. A delivery that is
 * postponed after a failed attempt keeps its turn and the younger ones wait, unless the message itself was refused (see
 * `record`).
 */
const isNextOfChat = sql`not exists (
    select 1 from ledger c indexed by ledger_claimed where c.chat_id = d.chat_id and c.state = 'claimed'
  ) and not exists (
    select 1 from ledger o indexed by ledger_lane
    where o.chat_id = d.chat_id and o.done_at is null and (o.ready_at, o.id) < (d.ready_at, d.id)
  )`;

/** Implements `Ledger.claimDeliveries`. */
export async function claimDeliveries(
  trx: StateTransaction,
  badRows: UnreadableRows,
  now: string,
  limit: number,
): Promise<ClaimedDelivery[]> {
  await dropExpired(trx, now);
  const claimed: ClaimedDelivery[] = [];
  while (claimed.length < limit) {
    const rows = await nextRows(trx, now, limit - claimed.length);
    const bad: number[] = [];
    const good: ClaimedDelivery[] = [];
    for (const row of rows) {
      const delivery = badRows.decodeOrSkip(`ledger.message (id ${String(row.id)}, key ${row.key})`, () =>
        claimedOf(row),
      );
      if (delivery === null) bad.push(row.id);
      else good.push(delivery);
    }
    await setClaimed(
      trx,
      good.map(({ id }) => id),
    );
    claimed.push(...good);
    if (bad.length === 0) break;
    // An unreadable delivery would block its chat's queue. Its message is kept.
    await reject(trx, bad, now);
  }
  return claimed;
}

/** Implements `Ledger.nextDueAt`. */
export async function nextDueAt(trx: StateTransaction): Promise<string | null> {
  const { rows } = await sql<{ not_before: string }>`select d.not_before
    from ledger d indexed by ledger_due where d.state = 'owed' and ${isNextOfChat}
    order by d.not_before limit 1`.execute(trx);
  return rows[0]?.not_before ?? null;
}

async function dropExpired(trx: StateTransaction, now: string): Promise<void> {
  await sql`update ledger indexed by ledger_expiry
    set state = 'dropped', message = null, error = 'expired', done_at = ${now}
    where state = 'owed' and not_after is not null and not_after < ${now}`.execute(trx);
}

async function nextRows(trx: StateTransaction, now: string, limit: number): Promise<QueuedRow[]> {
  const { rows } = await sql<QueuedRow>`select
    d.id, d.key, d.kind, d.chat_id, d.thread_id, d.message, d.not_before, d.not_after, d.attempts, d.refusals
    from ledger d indexed by ledger_queue
    where d.state = 'owed' and d.not_before <= ${now} and ${isNextOfChat}
    order by d.urgency, d.ready_at, d.id limit ${limit}`.execute(trx);
  return rows;
}

async function setClaimed(trx: StateTransaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  // One SQL text for any number of ids, so that the statement stays prepared.
  await sql`update ledger set state = 'claimed'
    where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(trx);
}

async function reject(trx: StateTransaction, ids: readonly number[], now: string): Promise<void> {
  await sql`update ledger set state = 'rejected', error = 'unreadable', done_at = ${now}
    where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(trx);
}

function claimedOf(row: QueuedRow): ClaimedDelivery {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    chatId: row.chat_id,
    threadId: threadOf(row.thread_id),
    message: parseJson(row.message, messageSchema),
    notBefore: row.not_before,
    notAfter: row.not_after,
    attempts: row.attempts,
    refusals: row.refusals,
  };
}
