import { LRUCache } from 'lru-cache';

const MINUTE_MS = 60_000;
/** Upper bound on remembered users; the least recently active one is dropped first. */
const MOST_USERS = 10_000;

/** State of a user: `warn` once, when the limit is first exceeded, then `silence` until back to `calm`. */
export type FloodState = 'calm' | 'warn' | 'silence';

interface Bucket {
  /** Actions counted, less what has leaked since. */
  level: number;
  at: number;
  isFlooding: boolean;
}

/** Leaky bucket for each user: the capacity is one minute's limit, and as much leaks in a minute. */
export class UserRateLimiter {
  readonly #buckets = new LRUCache<number, Bucket>({ max: MOST_USERS });
  readonly #perMinute: number;
  readonly #now: () => Date;

  constructor(perMinute: number, now: () => Date) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  record(userId: number): FloodState {
    const at = this.#now().getTime();
    const known = this.#buckets.get(userId) ?? { level: 0, at, isFlooding: false };
    // Nothing leaks when the clock is set back.
    const leaked = (Math.max(0, at - known.at) / MINUTE_MS) * this.#perMinute;
    // Capped, so that a user is blocked for at most a minute after the flood ends.
    const level = Math.min(Math.max(0, known.level - leaked), this.#perMinute) + 1;
    // The tolerance keeps rounding errors from counting as an overflow.
    const isOver = level > this.#perMinute + 1e-6;
    const isCalm = level <= this.#perMinute / 2 + 1;
    const isFlooding = known.isFlooding ? !isCalm : isOver;
    this.#buckets.set(userId, { level, at, isFlooding });
    if (!isFlooding) return 'calm';
    return known.isFlooding ? 'silence' : 'warn';
  }
}
