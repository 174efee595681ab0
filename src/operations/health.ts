import { operationsMessages as m } from '../messages/operations.js';

/** What must go on succeeding. `poll`: getUpdates; `ingest`: an index run; `plan`: planning digests and reminders. */
export const DUTIES = ['poll', 'ingest', 'plan'] as const;
export type Duty = (typeof DUTIES)[number];

/** When each last succeeded, in ms since the epoch; null: not since the start. */
export type Successes = Readonly<Record<Duty, number | null>>;

/** How long each may go without success; null: it is not this bot's (no polling with a webhook). */
export type Patience = Readonly<Record<Duty, number | null>>;

export interface Health {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly duty: Duty;
    readonly ok: boolean;
    /** ISO 8601; null when it has not succeeded since the start. */
    readonly lastSuccess: string | null;
    /** What is wrong, for the operator; null when nothing is. */
    readonly problem: string | null;
  }[];
}

/**
 * How the bot is, from when things last succeeded. What has not succeeded yet
 * counts from the start. Only the duties that this bot has are listed.
 */
export function healthAt(nowMs: number, startedMs: number, successes: Successes, patience: Patience): Health {
  const checks = DUTIES.flatMap((duty) => {
    const limitMs = patience[duty];
    if (limitMs === null) return [];
    const lastMs = successes[duty];
    const silentMs = nowMs - (lastMs ?? startedMs);
    const ok = silentMs <= limitMs;
    const problem = ok ? null : m.overdue[duty](Math.floor(silentMs / 60_000));
    return [{ duty, ok, lastSuccess: lastMs === null ? null : new Date(lastMs).toISOString(), problem }];
  });
  return { ok: checks.every(({ ok }) => ok), checks };
}

/** A long poll takes 30 s, a call that hangs 45 s, the wait after faults up to 30 s more: three of these in a row. */
const POLL_MS = 5 * 60_000;
/** Planning runs every minute at most; a run that has thousands to plan takes longer. */
const PLAN_MS = 10 * 60_000;

export function patienceOf(options: {
  readonly polls: boolean;
  readonly plans: boolean;
  readonly ingestMaxAgeHours: number | null;
}): Patience {
  return {
    poll: options.polls ? POLL_MS : null,
    plan: options.plans ? PLAN_MS : null,
    ingest: options.ingestMaxAgeHours === null ? null : options.ingestMaxAgeHours * 3_600_000,
  };
}

/** Remembers when each duty last succeeded. */
export class Heart {
  readonly #startedMs: number;
  readonly #patience: Patience;
  readonly #now: () => Date;
  readonly #successes: Record<Duty, number | null> = { poll: null, ingest: null, plan: null };

  constructor(patience: Patience, now: () => Date) {
    this.#patience = patience;
    this.#now = now;
    this.#startedMs = now().getTime();
  }

  /** @param at when it succeeded; default now. An earlier success than the last one known changes nothing. */
  beat(duty: Duty, at: Date = this.#now()): void {
    this.#successes[duty] = Math.max(at.getTime(), this.#successes[duty] ?? 0);
  }

  health(): Health {
    return healthAt(this.#now().getTime(), this.#startedMs, this.#successes, this.#patience);
  }
}
