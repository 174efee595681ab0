/**
 * How many sends of one kind (all, those to one chat) may count at the server
 * at once. When a request arrives there is not known, only that it was between
 * its start and its answer; so it holds its place from the start until the
 * window's length after the answer, and no window at the server, wherever it is
 * laid, holds more.
 */
export class SendWindow {
  readonly #lengthMs: number;
  #underWay = 0;
  /** When each of the answered ones leaves, ascending. */
  readonly #leaveAt: number[] = [];

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  /** When there is a place if at most `most` may be taken: `now`, later, or Infinity while only an answer can free one. */
  freeAt(now: number, most: number): number {
    this.#forget(now);
    const mustLeave = this.#underWay + this.#leaveAt.length - most + 1;
    if (mustLeave <= 0) return now;
    return this.#leaveAt[mustLeave - 1] ?? Infinity;
  }

  start(): void {
    this.#underWay += 1;
  }

  finish(now: number): void {
    this.#underWay -= 1;
    this.#leaveAt.push(now + this.#lengthMs);
  }

  /** As if `count` had been answered at that time: for what an earlier process sent or may have sent. */
  fill(at: number, count: number): void {
    for (let i = 0; i < count; i += 1) this.#leaveAt.push(at + this.#lengthMs);
    this.#leaveAt.sort((a, b) => a - b);
  }

  isIdle(now: number): boolean {
    this.#forget(now);
    return this.#underWay === 0 && this.#leaveAt.length === 0;
  }

  #forget(now: number): void {
    let gone = 0;
    while ((this.#leaveAt[gone] ?? Infinity) <= now) gone += 1;
    if (gone > 0) this.#leaveAt.splice(0, gone);
  }
}
