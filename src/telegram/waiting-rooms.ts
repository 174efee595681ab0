/**
 * Updates of one chat that may wait for one another. A private chat's are
 * answered one a second, a group's twenty a minute: what comes behind so many
 * would be answered after nobody waits for it any more, and each that waits
 * holds one of the bot's places.
 */
const MOST_WAITING = { private: 20, group: 10 } as const;

interface Room {
  waiting: number;
  hasTurnedAway: boolean;
}

/** How many updates of each chat wait, and whether someone was turned away since its room was last empty. */
export class WaitingRooms {
  readonly #rooms = new Map<number, Room>();

  /** False when the chat has no room left. Who was let in has to `leave`. */
  enter(chatId: number): boolean {
    const room = this.#rooms.get(chatId) ?? { waiting: 0, hasTurnedAway: false };
    if (room.waiting >= MOST_WAITING[chatId > 0 ? 'private' : 'group']) return false;
    room.waiting += 1;
    this.#rooms.set(chatId, room);
    return true;
  }

  leave(chatId: number): void {
    const room = this.#rooms.get(chatId);
    if (room === undefined) return;
    room.waiting -= 1;
    if (room.waiting === 0) this.#rooms.delete(chatId);
  }

  /** True for the first to be turned away since the room was last empty: the chat is told once, and who comes after can read it. */
  isFirstAway(chatId: number): boolean {
    const room = this.#rooms.get(chatId);
    if (room === undefined) return true;
    const isFirst = !room.hasTurnedAway;
    room.hasTurnedAway = true;
    return isFirst;
  }
}
