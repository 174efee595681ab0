import { isDeepStrictEqual } from 'node:util';
import { sql, type Selectable } from 'kysely';
import type { ChatAddress } from '../../domain/chat.js';
import type { QueuedDelivery } from '../../domain/delivery.js';
import type { Subscription } from '../../domain/subscription.js';
import { selectReadable, type UnreadableRows } from '../sqlite/unreadable-rows.js';
import type { ReplaceSubscriptionOptions, SubscriptionTable } from '../state-store.js';
import { putAnnouncedFacts } from './announced-facts.js';
import { dropSupersededDigest, enqueueDeliveries, isDigestUnsent } from './delivery-ledger.js';
import { subscriptionOf, subscriptionRow, threadColumn, type SubscriptionsTable } from './rows.js';
import { toSqlLimit, type StateDb, type StateTransaction } from './state-database.js';

type SubscriptionRow = Selectable<SubscriptionsTable>;

export function subscriptionTable({ read, write, unreadableRows }: StateDb): SubscriptionTable {
  const decode = (row: SubscriptionRow) => decodeRow(unreadableRows, row);
  return {
    get: (address) =>
      read(async (trx) => {
        const row = await at(trx, address);
        return row === undefined ? null : decode(row);
      }),
    ofChat: (chatId) =>
      read(async (trx) => {
        const query = trx.selectFrom('subscriptions').selectAll().where('chat_id', '=', chatId).orderBy('thread_id');
        return (await query.execute()).flatMap((row) => decode(row) ?? []);
      }),
    put: (subscription) => write((trx) => put(trx, subscription)),
    remove: ({ chatId, threadId }) =>
      write(async (trx) => {
        const result = await trx
          .deleteFrom('subscriptions')
          .where('chat_id', '=', chatId)
          .where('thread_id', '=', threadColumn(threadId))
          .executeTakeFirst();
        return result.numDeletedRows > 0n;
      }),
    listDue: (now, newestKey, limit) =>
      read((trx) => selectReadable(toSqlLimit(limit), (size) => dueRows(trx, now, newestKey, size), decode)),
    replaceIfUnchanged: (before, after, deliveries, options) =>
      write((trx) => replaceIfUnchanged(trx, unreadableRows, before, after, deliveries, options)),
    count: () =>
      read(async (trx) => {
        const query = trx.selectFrom('subscriptions').select((eb) => eb.fn.countAll<number>().as('count'));
        return (await query.executeTakeFirstOrThrow()).count;
      }),
  };
}

function decodeRow(unreadableRows: UnreadableRows, row: SubscriptionRow): Subscription | null {
  const place = `subscriptions.settings (chat ${String(row.chat_id)}, thread ${String(row.thread_id)})`;
  return unreadableRows.decodeOrSkip(place, () => subscriptionOf(row));
}

async function at(trx: StateTransaction, { chatId, threadId }: ChatAddress): Promise<SubscriptionRow | undefined> {
  return trx
    .selectFrom('subscriptions')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('thread_id', '=', threadColumn(threadId))
    .executeTakeFirst();
}

async function put(trx: StateTransaction, subscription: Subscription): Promise<void> {
  const row = subscriptionRow(subscription);
  await trx
    .insertInto('subscriptions')
    .values(row)
    .onConflict((c) => c.columns(['chat_id', 'thread_id']).doUpdateSet(row))
    .execute();
}

/** Returns due digests, the longest overdue first, then immediate subscriptions, the furthest behind first. */
async function dueRows(
  trx: StateTransaction,
  now: string,
  newestKey: number,
  limit: number,
): Promise<SubscriptionRow[]> {
  const digests = await sql<SubscriptionRow>`select s.* from subscriptions s indexed by subscriptions_digest
    join chats c on c.chat_id = s.chat_id
    where s.mode = 'digest' and s.next_at <= ${now} and c.inactive_at is null
    order by s.next_at, s.chat_id, s.thread_id limit ${limit}`.execute(trx);
  if (digests.rows.length >= limit) return digests.rows;
  const immediate = await sql<SubscriptionRow>`select s.* from subscriptions s indexed by subscriptions_immediate
    join chats c on c.chat_id = s.chat_id
    where s.mode = 'immediate' and s.cursor < ${newestKey} and c.inactive_at is null
    order by s.cursor, s.chat_id, s.thread_id limit ${limit - digests.rows.length}`.execute(trx);
  return [...digests.rows, ...immediate.rows];
}

/** Implements `SubscriptionTable.replaceIfUnchanged`. */
async function replaceIfUnchanged(
  trx: StateTransaction,
  unreadableRows: UnreadableRows,
  before: Subscription,
  after: Subscription,
  deliveries: readonly QueuedDelivery[],
  { announced = [], supersededDigestKey = null }: ReplaceSubscriptionOptions = {},
): Promise<boolean> {
  const row = await at(trx, before);
  const stored = row === undefined ? null : decodeRow(unreadableRows, row);
  if (stored?.cursor !== before.cursor || stored.nextAt !== before.nextAt) return false;
  if (!isDeepStrictEqual(stored.settings, before.settings)) return false;
  const chat = await trx
    .selectFrom('chats')
    .select('inactive_at')
    .where('chat_id', '=', before.chatId)
    .executeTakeFirst();
  if (chat?.inactive_at !== null) return false;
  if (supersededDigestKey !== null) {
    // A delivery of it was claimed since the plan was made: its outcome decides.
    if (!(await isDigestUnsent(trx, supersededDigestKey))) return false;
    await dropSupersededDigest(trx, supersededDigestKey, after.lastAt);
  }
  await trx
    .updateTable('subscriptions')
    .set(subscriptionRow({ ...after, chatId: before.chatId, threadId: before.threadId }))
    .where('chat_id', '=', before.chatId)
    .where('thread_id', '=', threadColumn(before.threadId))
    .execute();
  await enqueueDeliveries(trx, deliveries);
  await putAnnouncedFacts(trx, announced);
  return true;
}
