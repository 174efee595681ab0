import type { Logger } from 'pino';
import type { Planner } from './digests/digest-planner.js';
import { createPeriodicJob, type PeriodicJob } from '../operations/periodic-job.js';

export interface PlanningDependencies {
  /** Planners in order of urgency. */
  readonly planners: readonly Planner[];
  /** Called after each step: new deliveries may be queued. */
  readonly onQueued: () => void;
  /** Called after a step in which no planner failed. */
  readonly onPlanned: () => void;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Interval between steps, and so the longest delay of what is due; a step that finds nothing is three small reads. */
const PLANNING_INTERVAL_MS = 15_000;

/**
 * Creates the job that runs one step of each planner, and repeats at once while one has more to do. A planner that
 * fails does not hold up the others.
 */
export function createPlanningJob({
  planners,
  onQueued: onOwed,
  onPlanned,
  log,
  now,
}: PlanningDependencies): PeriodicJob {
  async function step(): Promise<boolean> {
    let [hasMore, hasFailed] = [false, false];
    for (const plan of planners) {
      try {
        if (await plan(now())) hasMore = true;
      } catch (error) {
        hasFailed = true;
        log.error({ err: error }, '排定消息时出错，稍后再试');
      }
    }
    onOwed();
    if (!hasFailed) onPlanned();
    // Not at once after an error, which would most likely recur.
    return hasMore && !hasFailed;
  }
  return createPeriodicJob({
    intervalMs: PLANNING_INTERVAL_MS,
    step,
    onError: (error) => {
      log.error({ err: error }, '排定消息时出错，稍后再试');
    },
  });
}
