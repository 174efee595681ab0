/**
 * Sliding window of the sends of one kind (all, or those to one chat). The arrival of a request at the server is only
 * known to lie between its start and its response; so a send counts from its start until the window's length after its
 * response. Then no window at the server, whatever its position, holds more sends than are counted here.
 */
export class SendWindow {
  readonly #lengthMs: number;
  #underWay = 0;
  /** Times at which the answered sends leave the window, ascending. */
  readonly #leaveAt: number[] = [];

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  /** Returns when fewer than `most` sends count: `now`, later, or Infinity while only a response can free a place. */
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

  /** Adds `count` sends answered at `at`: those that an earlier process sent or may have sent. */
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
