/**
 * Upper bound on the pending updates of one chat. A private chat is answered once a second, a group twenty times a
 * minute: more would be answered too late to be of use, and each pending update occupies one of the bot's places.
 */
const MAX_PENDING = { private: 20, group: 10 } as const;

interface PendingChat {
  pending: number;
  hasRejected: boolean;
}

/** Counts the pending updates of each chat, and remembers whether one was rejected since it last had none. */
export class PendingUpdates {
  readonly #chats = new Map<number, PendingChat>();

  /** Takes a place for an update; false when the chat has none left. After true, the caller must call `release`. */
  acquire(chatId: number): boolean {
    const chat = this.#chats.get(chatId) ?? { pending: 0, hasRejected: false };
    if (chat.pending >= MAX_PENDING[chatId > 0 ? 'private' : 'group']) return false;
    chat.pending += 1;
    this.#chats.set(chatId, chat);
    return true;
  }

  release(chatId: number): void {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) return;
    chat.pending -= 1;
    if (chat.pending === 0) this.#chats.delete(chatId);
  }

  /** Records a rejection. True for the first since the chat last had no pending updates: the chat is told once. */
  recordRejection(chatId: number): boolean {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) return true;
    const isFirst = !chat.hasRejected;
    chat.hasRejected = true;
    return isFirst;
  }
}
