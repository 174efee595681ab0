import { sql } from 'kysely';
import type { StateTransaction } from './state-database.js';

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
