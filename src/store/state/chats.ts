import { sql } from 'kysely';
import type { ChatType } from '../../domain/chat.js';
import { hashId } from '../../domain/salted-hash.js';
import type { ChatRegister } from '../state-store.js';
import { readSalt } from './question-log.js';
import { toSqlLimit, type StateDb, type StateTransaction } from './state-database.js';

export function chatRegister({ read, write }: StateDb): ChatRegister {
  return {
    activate: (chatId, type) => write((trx) => activate(trx, chatId, type)),
    deactivate: (chatId, reason, at) => write((trx) => deactivate(trx, chatId, reason, at)),
    migrate: (from, to) => write((trx) => migrateChat(trx, from, to)),
    moveTopicToChat: (chatId, threadId) => write((trx) => moveTopicToChat(trx, chatId, threadId)),
    listActive: (after, limit) =>
      read(async (trx) => {
        let query = trx.selectFrom('chats').select('chat_id').where('inactive_at', 'is', null);
        if (after !== null) query = query.where('chat_id', '>', after);
        const rows = await query.orderBy('chat_id').limit(toSqlLimit(limit)).execute();
        return rows.map((row) => row.chat_id);
      }),
    counts: () =>
      read(async (trx) => {
        const row = await trx
          .selectFrom('chats')
          .select((eb) => [eb.fn.countAll<number>().as('all'), eb.fn.count<number>('inactive_at').as('inactive')])
          .executeTakeFirstOrThrow();
        return { active: row.all - row.inactive, inactive: row.inactive };
      }),
  };
}

/**
 * Returns the chats that are known, each with whether it is active. Rows of a chat are stored only while it is known,
 * so that a write that was under way when the chat was forgotten stores nothing.
 */
export async function selectKnownChats(
  trx: StateTransaction,
  chatIds: readonly number[],
): Promise<ReadonlyMap<number, boolean>> {
  const ids = JSON.stringify([...new Set(chatIds)]);
  const { rows } = await sql<{ chat_id: number; active: number }>`select chat_id, inactive_at is null as active
    from chats where chat_id in (select value from json_each(${ids}))`.execute(trx);
  return new Map(rows.map((row) => [row.chat_id, row.active === 1]));
}

async function activate(trx: StateTransaction, chatId: number, type: ChatType): Promise<boolean> {
  const stored = await trx.selectFrom('chats').selectAll().where('chat_id', '=', chatId).executeTakeFirst();
  if (stored?.inactive_at === null && stored.type === type) return false;
  await trx
    .insertInto('chats')
    .values({ chat_id: chatId, type, inactive_at: null, inactive_reason: null })
    .onConflict((c) => c.column('chat_id').doUpdateSet({ type, inactive_at: null, inactive_reason: null }))
    .execute();
  return stored !== undefined && stored.inactive_at !== null;
}

/** Implements `ChatRegister.deactivate`. The retention of an inactive chat counts from its first deactivation. */
export async function deactivate(trx: StateTransaction, chatId: number, reason: string, at: string): Promise<void> {
  await trx
    .updateTable('chats')
    .set({ inactive_at: at, inactive_reason: reason })
    .where('chat_id', '=', chatId)
    .where('inactive_at', 'is', null)
    .execute();
  await dropQueued(trx, chatId, reason, at);
}

/** Drops the queued deliveries of a chat. A claimed one waits for its outcome. */
async function dropQueued(trx: StateTransaction, chatId: number, reason: string, at: string): Promise<void> {
  await sql`update ledger indexed by ledger_lane
    set state = 'dropped', message = null, error = ${reason}, done_at = ${at}
    where chat_id = ${chatId} and done_at is null and state = 'owed'`.execute(trx);
}

export async function migrateChat(trx: StateTransaction, from: number, to: number): Promise<void> {
  if (from === to) return;
  await moveQuestions(trx, from, to);
  const rows = await trx.selectFrom('chats').selectAll().where('chat_id', 'in', [from, to]).execute();
  const old = rows.find((row) => row.chat_id === from);
  const present = rows.find((row) => row.chat_id === to);
  if (old === undefined) return;
  if (present === undefined) {
    // Foreign keys follow the row (`on update cascade`).
    const type = old.type === 'group' ? 'supergroup' : old.type;
    await trx.updateTable('chats').set({ chat_id: to, type }).where('chat_id', '=', from).execute();
  } else {
    // Active when either was, so that no queued delivery is lost.
    if (old.inactive_at === null && present.inactive_at !== null) {
      await trx
        .updateTable('chats')
        .set({ inactive_at: null, inactive_reason: null })
        .where('chat_id', '=', to)
        .execute();
    }
    for (const table of ['subscriptions', 'reminders', 'told', 'ledger'] as const) {
      await sql`update or ignore ${sql.table(table)} set chat_id = ${to} where chat_id = ${from}`.execute(trx);
    }
    // Cascades to the rows that could not move because `to` has its own.
    await trx.deleteFrom('chats').where('chat_id', '=', from).execute();
  }
}

async function moveTopicToChat(trx: StateTransaction, chatId: number, threadId: number): Promise<void> {
  const ofTopic = sql`where chat_id = ${chatId} and thread_id = ${threadId}`;
  await sql`update or ignore subscriptions set thread_id = 0 ${ofTopic}`.execute(trx);
  // Deletes the row that could not move because the chat has its own.
  await sql`delete from subscriptions ${ofTopic}`.execute(trx);
  await sql`update reminders set thread_id = 0 ${ofTopic}`.execute(trx);
  await sql`update told set thread_id = 0 ${ofTopic}`.execute(trx);
  await sql`update ledger set thread_id = 0 ${ofTopic} and done_at is null`.execute(trx);
}

/** Moves logged questions. They are found by the chat's hash alone, whether or not the chat has a row. */
async function moveQuestions(trx: StateTransaction, from: number, to: number): Promise<void> {
  const salt = await readSalt(trx);
  if (salt !== null) {
    await trx
      .updateTable('questions')
      .set({ chat_hash: hashId(salt, to) })
      .where('chat_hash', '=', hashId(salt, from))
      .execute();
  }
}
