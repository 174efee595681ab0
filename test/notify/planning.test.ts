import { describe, expect, it } from 'vitest';
import { createPlanningJob, type Planner } from '../../src/notify/planning.js';
import { memoryLog } from '../support/memory-log.js';

const NOW = new Date('2024-03-11T00:00:00Z');

function planningOf(...planners: Planner[]) {
  const heard = { queued: 0, planned: 0 };
  const log = memoryLog();
  const planning = createPlanningJob({
    planners,
    onQueued: () => (heard.queued += 1),
    onPlanned: () => (heard.planned += 1),
    log: log.log,
    now: () => NOW,
  });
  return { planning, heard, log };
}

describe('planning', () => {
  it('lets each planner take steps until none has more, and tells of each round', async () => {
    const steps: string[] = [];
    let left = 3;
    const { planning, heard } = planningOf(
      (now) => {
        steps.push(now.toISOString());
        left -= 1;
        return Promise.resolve(left > 0);
      },
      () => {
        steps.push('second');
        return Promise.resolve(false);
      },
    );
    planning.start();
    await expect.poll(() => heard.planned).toBe(3);
    await planning.stop();
    expect(steps).toEqual(Array.from({ length: 3 }, () => [NOW.toISOString(), 'second']).flat());
    expect(heard.queued).toBe(3);
  });

  it('goes on with the others when one fails, does not count that as planned, and does not spin', async () => {
    let rounds = 0;
    const { planning, heard, log } = planningOf(
      () => Promise.reject(new Error('no disk')),
      () => Promise.resolve((rounds += 1) < 100),
    );
    planning.start();
    await expect.poll(() => heard.queued).toBe(1);
    await planning.stop();
    expect([rounds, heard.planned]).toEqual([1, 0]);
    expect(log.text()).toContain('no disk');
  });
});
