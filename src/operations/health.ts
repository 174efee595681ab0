import { operationsMessages as m } from '../messages/operator.js';

/** Jobs watched by the health check. `poll`: getUpdates; `ingest`: index run; `plan`: planning digests and reminders. */
export const MONITORED_JOBS = ['poll', 'ingest', 'plan'] as const;
export type MonitoredJob = (typeof MONITORED_JOBS)[number];

/** Time of each job's last success, in ms since the epoch; null: none since the start. */
export type LastSuccesses = Readonly<Record<MonitoredJob, number | null>>;

/** Longest time without success for each job, in ms; null: this bot does not run it (no polling with a webhook). */
export type LivenessDeadlines = Readonly<Record<MonitoredJob, number | null>>;

export interface Health {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly duty: MonitoredJob;
    readonly ok: boolean;
    /** ISO 8601; null when the job has not succeeded since the start. */
    readonly lastSuccess: string | null;
    /** Message for the operator when the job is overdue, else null. */
    readonly problem: string | null;
  }[];
}

/**
 * Computes the health at `nowMs`: a job is overdue when its last success (before the first one: the start) lies more
 * than its limit in the past. Lists only the jobs that this bot runs.
 */
export function assessHealth(
  nowMs: number,
  startedMs: number,
  successes: LastSuccesses,
  deadlines: LivenessDeadlines,
): Health {
  const checks = MONITORED_JOBS.flatMap((duty) => {
    const limitMs = deadlines[duty];
    if (limitMs === null) return [];
    const lastMs = successes[duty];
    const silentMs = nowMs - (lastMs ?? startedMs);
    const ok = silentMs <= limitMs;
    const problem = ok ? null : m.overdue[duty](Math.floor(silentMs / 60_000));
    return [{ duty, ok, lastSuccess: lastMs === null ? null : new Date(lastMs).toISOString(), problem }];
  });
  return { ok: checks.every(({ ok }) => ok), checks };
}

/** Three failed polls in a row: a long poll takes 30 s, a hanging call 45 s, the back-off after faults up to 30 s. */
const POLL_MS = 5 * 60_000;
/** Planning runs every minute at most; a run that has thousands of messages to plan takes longer. */
const PLAN_MS = 10 * 60_000;

export function livenessDeadlines(options: {
  readonly polls: boolean;
  readonly plans: boolean;
  readonly ingestMaxAgeHours: number | null;
}): LivenessDeadlines {
  return {
    poll: options.polls ? POLL_MS : null,
    plan: options.plans ? PLAN_MS : null,
    ingest: options.ingestMaxAgeHours === null ? null : options.ingestMaxAgeHours * 3_600_000,
  };
}

/** Record of each job's last success. */
export class Liveness {
  readonly #startedMs: number;
  readonly #deadlines: LivenessDeadlines;
  readonly #now: () => Date;
  readonly #successes: Record<MonitoredJob, number | null> = { poll: null, ingest: null, plan: null };

  constructor(deadlines: LivenessDeadlines, now: () => Date) {
    this.#deadlines = deadlines;
    this.#now = now;
    this.#startedMs = now().getTime();
  }

  /** Records a success at `at` (default: now). A time before the last recorded success changes nothing. */
  record(duty: MonitoredJob, at: Date = this.#now()): void {
    this.#successes[duty] = Math.max(at.getTime(), this.#successes[duty] ?? 0);
  }

  health(): Health {
    return assessHealth(this.#now().getTime(), this.#startedMs, this.#successes, this.#deadlines);
  }
}
