import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MONITORED_JOBS, assessHealth, Liveness, livenessDeadlines } from '../../src/operations/health.js';

const MINUTE = 60_000;
const START = Date.parse('2024-03-11T00:00:00Z');
const all = livenessDeadlines({ polls: true, plans: true, ingestMaxAgeHours: 24 });
const fresh = { poll: START, ingest: START, plan: START };

describe('the health of the bot', () => {
  it('is well while everything succeeded lately', () => {
    const health = assessHealth(START + 4 * MINUTE, START, fresh, all);
    expect(health.ok).toBe(true);
    expect(health.checks.map(({ duty, ok }) => [duty, ok])).toEqual(MONITORED_JOBS.map((duty) => [duty, true]));
  });

  it.each([
    ['poll', 6, '6 分钟没有成功收取消息'],
    ['plan', 11, '11 分钟没有成功排定摘要'],
    ['ingest', 24 * 60 + 1, '1441 分钟没有成功更新索引'],
  ] as const)('fails when %s is overdue, and says which', (duty, minutes, problem) => {
    const nowMs = START + minutes * MINUTE;
    const others = { poll: nowMs, ingest: nowMs, plan: nowMs };
    const health = assessHealth(nowMs, START, { ...others, [duty]: START }, all);
    expect(health.ok).toBe(false);
    expect(health.checks.filter(({ ok }) => !ok)).toEqual([
      { duty, ok: false, lastSuccess: '2024-03-11T00:00:00.000Z', problem },
    ]);
  });

  it('gives what has not succeeded yet its time from the start', () => {
    const never = { poll: null, ingest: null, plan: null };
    expect(assessHealth(START + MINUTE, START, never, all).ok).toBe(true);
    expect(assessHealth(START + 6 * MINUTE, START, never, all).checks[0]).toMatchObject({
      ok: false,
      lastSuccess: null,
    });
  });

  it('does not ask for polling of a bot with a webhook, nor for an index that nobody demands', () => {
    const patience = livenessDeadlines({ polls: false, plans: true, ingestMaxAgeHours: null });
    const health = assessHealth(
      START + 1000 * MINUTE,
      START,
      { poll: null, ingest: null, plan: START + 999 * MINUTE },
      patience,
    );
    expect(health).toMatchObject({ ok: true, checks: [{ duty: 'plan' }] });
  });

  it('never gets well by waiting', () => {
    const instant = fc.integer({ min: 0, max: 10_000_000_000 });
    fc.assert(
      fc.property(
        instant,
        instant,
        fc.record({ poll: instant, ingest: instant, plan: instant }),
        (nowMs, wait, successes) => {
          const now = assessHealth(nowMs, 0, successes, all);
          const later = assessHealth(nowMs + wait, 0, successes, all);
          expect(later.ok && !now.ok).toBe(false);
        },
      ),
    );
  });

  it('remembers the latest success, whatever is told of an earlier one', () => {
    let nowMs = START;
    const heart = new Liveness(
      livenessDeadlines({ polls: true, plans: false, ingestMaxAgeHours: null }),
      () => new Date(nowMs),
    );
    nowMs += 10 * MINUTE;
    expect(heart.health().ok).toBe(false);
    heart.record('poll');
    heart.record('poll', new Date(START));
    expect(heart.health()).toMatchObject({ ok: true, checks: [{ lastSuccess: '2024-03-11T00:10:00.000Z' }] });
  });
});
