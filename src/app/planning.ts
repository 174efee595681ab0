import type { Logger } from 'pino';
import type { Planner } from '../notify/digests.js';
import { job, type Job } from './job.js';

export interface PlanningDependencies {
  /** In order of urgency. */
  readonly planners: readonly Planner[];
  /** There may be something new to send. */
  readonly onOwed: () => void;
  /** All planners have looked, and none failed. */
  readonly onPlanned: () => void;
  readonly log: Logger;
  readonly now: () => Date;
}

/** What is due is told within this; a look that finds nothing is three small reads. */
const LOOK_MS = 15_000;

/**
 * Lets each planner take one step, and comes straight back while one of them has
 * more. One that fails does not hold up the others.
 */
export function createPlanning({ planners, onOwed, onPlanned, log, now }: PlanningDependencies): Job {
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
    // After a fault not at once: it would most likely only come again.
    return hasMore && !hasFailed;
  }
  return job({
    everyMs: LOOK_MS,
    step,
    onError: (error) => {
      log.error({ err: error }, '排定消息时出错，稍后再试');
    },
  });
}
