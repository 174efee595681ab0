import { sql, type Insertable, type RawBuilder, type Selectable } from 'kysely';
import type { ClaimedDelivery, DeliveryOutcome, QueuedDelivery } from '../../domain/delivery.js';
import { chunks } from '../records.js';
import { parseJson, type UnreadableRows } from '../sqlite/unreadable-rows.js';
import { DELIVERY_STATES, type DeliveryState, type Ledger } from '../state-store.js';
import { deactivate, migrateChat, selectKnownChats } from './chats.js';
import { deliveryRow, messageSchema, threadOf, type LedgerTable } from './rows.js';
import { toSqlLimit, type StateDb, type StateTransaction } from './state-database.js';

/** Rows per statement: 10 parameters each, far below SQLite's 32,766. */
const ROWS = 100;

type QueuedRow = Pick<
  Selectable<LedgerTable>,
  'id' | 'key' | 'kind' | 'chat_id' | 'thread_id' | 'not_before' | 'not_after' | 'attempts' | 'refusals'
> & { readonly message: string };

/**
 * SQL condition that delivery `d` is the next of its chat: none is claimed and no older one waits. A delivery that is
 * postponed after a failed attempt keeps its position and the younger ones wait, unless the message itself was refused
 * (see `recordOutcome`).
 */
const isNextOfChat = sql`not exists (
    select 1 from ledger c indexed by ledger_claimed where c.chat_id = d.chat_id and c.state = 'claimed'
  ) and not exists (
    select 1 from ledger o indexed by ledger_lane
    where o.chat_id = d.chat_id and o.done_at is null and (o.ready_at, o.id) < (d.ready_at, d.id)
  )`;

interface CountRow {
  readonly state: DeliveryState;
  readonly count: number;
}

export function ledger({ read, write, unreadableRows }: StateDb): Ledger {
  return {
    enqueue: (deliveries) =>
      deliveries.length === 0 ? Promise.resolve(0) : write((trx) => enqueueDeliveries(trx, deliveries)),
    claim: (now, limit) => write((trx) => claimDeliveries(trx, unreadableRows, now, toSqlLimit(limit))),
    record: (id, outcome, at) => write((trx) => recordOutcome(trx, id, outcome, at)),
    recover: () => write(requeueClaimed),
    nextDueAt: () => read(nextDueAt),
    isUnsent: (key) => read((trx) => isDigestUnsent(trx, key)),
    sentToGroups: (since) =>
      read(async (trx) => {
        const { rows } = await sql<{ chat_id: number; done_at: string }>`select chat_id, done_at
          from ledger indexed by ledger_done
          where state = 'sent' and done_at is not null and done_at > ${since} and chat_id < 0
          order by done_at`.execute(trx);
        return rows.map((row) => ({ chatId: row.chat_id, at: row.done_at }));
      }),
    countByState: () =>
      read(async (trx) => {
        // Each part is read from a covering index.
        const { rows } = await sql<CountRow>`select state, count(*) as count
            from ledger indexed by ledger_done where done_at is not null group by state
          union all select 'owed', count(*) from ledger indexed by ledger_due where state = 'owed'
          union all select 'claimed', count(*) from ledger indexed by ledger_claimed where state = 'claimed'`.execute(
          trx,
        );
        return toCounts(rows);
      }),
    countByStateWithPrefix: (prefix) =>
      read(async (trx) => {
        const { rows } = await sql<CountRow>`select state, count(*) as count from ledger
          where ${keyStartsWith(prefix)} group by state`.execute(trx);
        return toCounts(rows);
      }),
  };
}

/** Implements `Ledger.enqueue`. A delivery for a deactivated chat is stored as dropped, so that its key stays taken. */
export async function enqueueDeliveries(trx: StateTransaction, deliveries: readonly QueuedDelivery[]): Promise<number> {
  if (deliveries.length === 0) return 0;
  const chats = await selectKnownChats(
    trx,
    deliveries.map(({ chatId }) => chatId),
  );
  const known = deliveries.filter(({ chatId }) => chats.has(chatId));
  let inserted = 0;
  for (const some of chunks(known, ROWS)) {
    const result = await trx
      .insertInto('ledger')
      .values(some.map((delivery) => (chats.get(delivery.chatId) === true ? queuedRow : droppedRow)(delivery)))
      .onConflict((c) => c.column('key').doNothing())
      .executeTakeFirst();
    inserted += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return inserted;
}

function queuedRow(delivery: QueuedDelivery): Insertable<LedgerTable> {
  return { ...deliveryRow(delivery), state: 'owed', done_at: null };
}

function droppedRow(delivery: QueuedDelivery): Insertable<LedgerTable> {
  return { ...deliveryRow(delivery), message: null, state: 'dropped', done_at: delivery.notBefore };
}

/** Implements `Ledger.claim`. */
async function claimDeliveries(
  trx: StateTransaction,
  unreadableRows: UnreadableRows,
  now: string,
  limit: number,
): Promise<ClaimedDelivery[]> {
  await dropExpired(trx, now);
  const claimed: ClaimedDelivery[] = [];
  while (claimed.length < limit) {
    const rows = await nextRows(trx, now, limit - claimed.length);
    const unreadable: number[] = [];
    const readable: ClaimedDelivery[] = [];
    for (const row of rows) {
      const delivery = unreadableRows.decodeOrSkip(`ledger.message (id ${String(row.id)}, key ${row.key})`, () =>
        claimedOf(row),
      );
      if (delivery === null) unreadable.push(row.id);
      else readable.push(delivery);
    }
    await setClaimed(
      trx,
      readable.map(({ id }) => id),
    );
    claimed.push(...readable);
    if (unreadable.length === 0) break;
    // An unreadable delivery would block its chat's queue. Its message is kept.
    await reject(trx, unreadable, now);
  }
  return claimed;
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

/** Implements `Ledger.nextDueAt`. */
async function nextDueAt(trx: StateTransaction): Promise<string | null> {
  const { rows } = await sql<{ not_before: string }>`select d.not_before
    from ledger d indexed by ledger_due where d.state = 'owed' and ${isNextOfChat}
    order by d.not_before limit 1`.execute(trx);
  return rows[0]?.not_before ?? null;
}

/**
 * Implements `Ledger.record`. A delivery that was forgotten meanwhile or has an outcome already stays as it is, except
 * that `sent` is always written: the message did go out.
 */
async function recordOutcome(trx: StateTransaction, id: number, outcome: DeliveryOutcome, at: string): Promise<void> {
  const row = await trx
    .selectFrom('ledger')
    .innerJoin('chats', 'chats.chat_id', 'ledger.chat_id')
    .select(['ledger.chat_id', 'ledger.state', 'chats.inactive_at'])
    .where('ledger.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return;
  if (row.state !== 'claimed' && (outcome.kind !== 'sent' || row.state === 'sent')) return;
  const again = row.inactive_at === null ? 'owed' : 'dropped';
  switch (outcome.kind) {
    case 'sent':
      await writeAttempt(trx, id, at, { state: 'sent', messageId: outcome.messageId });
      break;
    case 'later':
      await writeAttempt(trx, id, at, { state: again, notBefore: outcome.notBefore, error: outcome.error });
      break;
    case 'refused': {
      const { notBefore, error, keepsQueuePosition } = outcome;
      await writeAttempt(trx, id, at, { state: again, notBefore, error, isRefusal: true, keepsQueuePosition });
      break;
    }
    case 'rejected':
      await writeAttempt(trx, id, at, { state: 'rejected', error: outcome.error });
      break;
    case 'gone':
      await writeAttempt(trx, id, at, { state: 'dropped', error: outcome.error });
      await deactivate(trx, row.chat_id, outcome.error, at);
      break;
    case 'migrated':
      await migrateChat(trx, row.chat_id, outcome.chatId);
      await writeAttempt(trx, id, at, { state: await selectStateAfterMigration(trx, id), error: null });
      break;
  }
}

/** Implements `Ledger.recover`: whether a claimed delivery was sent is unknown. Drops those of inactive chats. */
async function requeueClaimed(trx: StateTransaction): Promise<number> {
  await sql`update ledger indexed by ledger_claimed set
      state = 'dropped', message = null, attempts = attempts + 1,
      done_at = (select inactive_at from chats where chats.chat_id = ledger.chat_id)
    where state = 'claimed' and chat_id in (select chat_id from chats where inactive_at is not null)`.execute(trx);
  const { rows } = await sql<{ id: number }>`update ledger indexed by ledger_claimed
    set state = 'owed', attempts = attempts + 1 where state = 'claimed' returning id`.execute(trx);
  return rows.length;
}

interface AttemptUpdate {
  readonly state: DeliveryState;
  readonly error?: string | null;
  readonly notBefore?: string;
  readonly messageId?: number;
  readonly isRefusal?: boolean;
  /** False: moves behind the chat's deliveries that are queued for a time up to `notBefore`. */
  readonly keepsQueuePosition?: boolean;
}

/** Writes an attempt. Deletes the message of a sent or dropped delivery; a rejected one keeps it for diagnosis. */
async function writeAttempt(trx: StateTransaction, id: number, at: string, update: AttemptUpdate): Promise<void> {
  const {
    state,
    error = null,
    notBefore = '',
    messageId = null,
    isRefusal = false,
    keepsQueuePosition = true,
  } = update;
  await sql`update ledger set
      state = ${state}, error = ${error}, message_id = ${messageId}, attempts = attempts + 1,
      refusals = refusals + ${isRefusal ? 1 : 0},
      ready_at = ${keepsQueuePosition ? sql`ready_at` : sql`max(not_before, ${notBefore})`},
      not_before = max(not_before, ${notBefore}),
      message = ${state === 'sent' || state === 'dropped' ? sql`null` : sql`message`},
      done_at = ${state === 'owed' ? null : at}
    where id = ${id}`.execute(trx);
}

/** Returns `dropped` when the migrated chat is inactive, which it is only when it was under both ids. */
async function selectStateAfterMigration(trx: StateTransaction, id: number): Promise<'owed' | 'dropped'> {
  const row = await trx
    .selectFrom('ledger')
    .innerJoin('chats', 'chats.chat_id', 'ledger.chat_id')
    .select('chats.inactive_at')
    .where('ledger.id', '=', id)
    .executeTakeFirst();
  return row?.inactive_at === null ? 'owed' : 'dropped';
}

/**
 * Returns whether all deliveries of a digest are queued and none was refused: then nobody has seen any of it. False
 * when it has no deliveries.
 *
 * @param key prefix of the keys of its deliveries
 */
export async function isDigestUnsent(trx: StateTransaction, key: string): Promise<boolean> {
  const { rows } = await sql<{ all: number; queued: number }>`select
      count(*) as "all", count(*) filter (where state = 'owed' and refusals = 0) as queued
    from ledger where ${keyStartsWith(`${key}:`)}`.execute(trx);
  const [counts] = rows;
  return counts !== undefined && counts.all > 0 && counts.queued === counts.all;
}

/** Drops an unsent digest. Frees its keys: what was never sent may be queued again. */
export async function dropSupersededDigest(trx: StateTransaction, key: string, at: string): Promise<void> {
  await sql`update ledger
    set state = 'dropped', message = null, error = 'superseded', done_at = ${at},
      key = 'superseded:' || id || ':' || key
    where ${keyStartsWith(`${key}:`)}`.execute(trx);
}

/** Returns the SQL condition that a key starts with `prefix`, as a range up to the last Unicode character. */
function keyStartsWith(prefix: string): RawBuilder<unknown> {
  return sql`key >= ${prefix} and key < ${`${prefix}\u{10FFFF}`}`;
}

function toCounts(rows: readonly CountRow[]): Record<DeliveryState, number> {
  const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<DeliveryState, number>;
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
