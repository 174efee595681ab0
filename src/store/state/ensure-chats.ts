import type { ChatType } from '../../domain/chat.js';
import { chunks } from '../records.js';
import type { StateTransaction } from './state-db.js';

/** Rows a statement: far below SQLite's 32,766 parameters. */
const CHATS = 500;
/** Telegram numbers supergroups and channels from here down. */
const FIRST_SUPERGROUP = -1_000_000_000_000;

/** A row for each chat that has none yet: what belongs to a chat refers to it, and must not fail for want of it. */
export async function ensureChats(trx: StateTransaction, chatIds: readonly number[]): Promise<void> {
  for (const some of chunks([...new Set(chatIds)], CHATS)) {
    await trx
      .insertInto('chats')
      .values(some.map((chatId) => ({ chat_id: chatId, type: likelyType(chatId) })))
      .onConflict((c) => c.column('chat_id').doNothing())
      .execute();
  }
}

/** Until the chat says it itself. */
function likelyType(chatId: number): ChatType {
  if (chatId > 0) return 'private';
  return chatId <= FIRST_SUPERGROUP ? 'supergroup' : 'group';
}
