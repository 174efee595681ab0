import { sql } from 'kysely';
import type { StateTransaction } from './state-db.js';

/**
 * Which of the chats are known, and whether each is active. What belongs to a
 * chat is only stored while the chat is known: what was under way when the chat
 * was forgotten leaves nothing behind.
 */
export async function knownAmong(
  trx: StateTransaction,
  chatIds: readonly number[],
): Promise<ReadonlyMap<number, boolean>> {
  const ids = JSON.stringify([...new Set(chatIds)]);
  const { rows } = await sql<{ chat_id: number; active: number }>`select chat_id, inactive_at is null as active
    from chats where chat_id in (select value from json_each(${ids}))`.execute(trx);
  return new Map(rows.map((row) => [row.chat_id, row.active === 1]));
}
