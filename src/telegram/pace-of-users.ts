const MINUTE_MS = 60_000;
/** Users whose pace is remembered; the one that was quiet longest is forgotten first. */
const MOST_USERS = 10_000;

/** `warn` once, when the pace becomes too fast, then `silence` until it is calm. */
export type Pace = 'calm' | 'warn' | 'silence';

interface Bucket {
  /** What was done, less what has leaked since. */
  level: number;
  at: number;
  isFlooding: boolean;
}

/** A leaking bucket for each user: it takes a minute's worth at once, and leaks as much in a minute. */
export class PaceOfUsers {
  readonly #buckets = new Map<number, Bucket>();
  readonly #perMinute: number;
  readonly #now: () => Date;

  constructor(perMinute: number, now: () => Date) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  of(userId: number): Pace {
    const at = this.#now().getTime();
    const known = this.#buckets.get(userId) ?? { level: 0, at, isFlooding: false };
    // A clock that is set back leaks nothing.
    const leaked = (Math.max(0, at - known.at) / MINUTE_MS) * this.#perMinute;
    // Who goes on is not held longer than a minute after the end.
    const level = Math.min(Math.max(0, known.level - leaked), this.#perMinute) + 1;
    // A little over a whole one, so that a full bucket is over the brim, not a rounding.
    const isOver = level > this.#perMinute + 1e-6;
    const isCalm = level <= this.#perMinute / 2 + 1;
    const isFlooding = known.isFlooding ? !isCalm : isOver;
    this.#buckets.delete(userId);
    this.#buckets.set(userId, { level, at, isFlooding });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MOST_USERS && oldest !== undefined) this.#buckets.delete(oldest);
    if (!isFlooding) return 'calm';
    return known.isFlooding ? 'silence' : 'warn';
  }
}
