/**
 * Upper bound on the pending updates of one chat. A private chat is answered once a second, a group twenty times a
 * minute: more would be answered too late to be of use, and each pending update occupies one of the bot's places.
 */
const MAX_PENDING = { private: 20, group: 10 } as const;

interface Room {
  waiting: number;
  hasTurnedAway: boolean;
}

/** Counts the pending updates of each chat, and remembers whether one was rejected since it last had none. */
export class PendingUpdates {
  readonly #rooms = new Map<number, Room>();

  /** Takes a place for an update; false when the chat has none left. After true, the caller must call `release`. */
  acquire(chatId: number): boolean {
    const room = this.#rooms.get(chatId) ?? { waiting: 0, hasTurnedAway: false };
    if (room.waiting >= MAX_PENDING[chatId > 0 ? 'private' : 'group']) return false;
    room.waiting += 1;
    this.#rooms.set(chatId, room);
    return true;
  }

  release(chatId: number): void {
    const room = this.#rooms.get(chatId);
    if (room === undefined) return;
    room.waiting -= 1;
    if (room.waiting === 0) this.#rooms.delete(chatId);
  }

  /** Records a rejection. True for the first since the chat last had no pending updates: the chat is told once. */
  recordRejection(chatId: number): boolean {
    const room = this.#rooms.get(chatId);
    if (room === undefined) return true;
    const isFirst = !room.hasTurnedAway;
    room.hasTurnedAway = true;
    return isFirst;
  }
}
