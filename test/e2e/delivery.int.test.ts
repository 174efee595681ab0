import { describe, expect, it } from 'vitest';
import { runDeliveryLoad } from '../support/delivery-load.js';

/** The small sister of `npm run soak:delivery`: Telegram's limits times five, no groups, whose window is a minute. */
const LIMITS = { perSecond: 150, perChatPerSecond: 5, perGroupPerMinute: 100 };

describe('what is owed, sent by a process that is killed again and again', () => {
  it('arrives: nothing lost, doubled only where an answer was cut off, never too fast, and replies stay quick', async () => {
    const figures = await runDeliveryLoad({
      privateChats: 500,
      groups: 0,
      manyPerPrivate: 6,
      manyPerGroup: 1,
      blockedShare: 0.03,
      chaos: { seed: 4, flood: 0.05, fault: 0.02, drop: 0.01, latencyMs: [5, 40] },
      limits: LIMITS,
      kills: 4,
      killWithinMs: 5500,
      questionEveryMs: 100,
      timeoutMs: 60_000,
    });
    console.log(figures);
    expect(figures.lost).toEqual([]);
    expect(figures.duplicatesWithoutReason).toEqual([]);
    expect(figures.blockedNotDeactivated).toBe(0);
    expect(figures.rates.globalPerSecond).toBeLessThanOrEqual(LIMITS.perSecond);
    expect(figures.rates.perChatPerSecond).toBeLessThanOrEqual(LIMITS.perChatPerSecond);
    // The faults and the kills were there.
    expect(figures.sends).toBeGreaterThan(figures.owed);
    expect(figures.kills).toBe(4);
    expect(figures.duplicatesAfterDrop).toBeGreaterThan(0);
    // What meets neither a fault nor a start, both of which are most of these seconds, waits behind nothing;
    // of all replies the soak says how long they take.
    expect(figures.steadyP85Ms).toBeLessThan(1000);
  }, 90_000);
});
