import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserRateLimiter, type FloodState } from '../../../src/telegram/middleware/user-rate-limiter.js';
import { GROUP, READER, stage, USERNAME } from '../kit.js';

function paced(perMinute: number) {
  let nowMs = Date.parse('2024-03-14T01:00:00Z');
  const users = new UserRateLimiter(perMinute, () => new Date(nowMs));
  return {
    users,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('the pace of a user', () => {
  it('is calm for a minute’s worth at once, then warned of once, then silence', () => {
    const { users } = paced(5);
    expect(Array.from({ length: 8 }, () => users.record(1))).toEqual([
      ...Array<FloodState>(5).fill('calm'),
      'warn',
      'silence',
      'silence',
    ]);
    expect(users.record(2)).toBe('calm');
  });

  it('is calm again after half a minute without anything', () => {
    const { users, wait } = paced(6);
    for (let i = 0; i < 50; i += 1) users.record(1);
    wait(20_000);
    expect(users.record(1)).toBe('silence');
    wait(40_000);
    expect(users.record(1)).toBe('calm');
  });

  it('at the limit for ever is never warned of', () => {
    const { users, wait } = paced(20);
    for (let i = 0; i < 500; i += 1) {
      expect(users.record(1)).toBe('calm');
      wait(3000);
    }
  });

  it('lets through at most two minutes’ worth in any minute, whatever the rhythm and the clock', () => {
    const gaps = fc.array(fc.integer({ min: -2000, max: 20_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const { users, wait } = paced(10);
        const calmAt: number[] = [];
        let at = 0;
        for (const gap of waits) {
          wait(gap);
          at += Math.max(0, gap);
          if (users.record(1) === 'calm') calmAt.push(at);
        }
        for (const start of calmAt) {
          expect(calmAt.filter((one) => one >= start && one < start + 60_000).length).toBeLessThanOrEqual(20);
        }
      }),
    );
  });

  it('of many users keeps memory bounded: who was quiet longest is forgotten', () => {
    const { users } = paced(1);
    users.record(1);
    expect(users.record(1)).toBe('warn');
    for (let user = 2; user <= 10_002; user += 1) users.record(user);
    expect(users.record(1)).toBe('calm');
  });
});

describe('someone who asks too fast', () => {
  const floodLimits = { messagesPerMinute: 3, pressesPerMinute: 2 };

  it('gets one line, then silence until calm; others are answered', async () => {
    let nowMs = Date.parse('2024-03-14T01:00:00Z');
    const { api, ask } = await stage({ floodLimits, now: () => new Date(nowMs) });
    for (let i = 1; i <= 8; i += 1) api.userSays(READER, `问${i}`);
    api.userSays(READER + 1, '别人');
    await api.waitFor(() => api.sent(READER + 1).length === 1 && api.sent(READER).length === 4);
    // Silence cannot be waited for; a press of the same chat comes after it.
    const [shown] = api.sent(READER);
    if (shown === undefined) throw new Error('no answer');
    api.userPresses(shown, 'none');
    await api.waitFor(() => api.calls.some(({ method }) => method === 'answerCallbackQuery'));
    nowMs += 60_000;
    api.userSays(READER, '再问');
    await api.waitFor(() => api.sent(READER).length === 5);
    // The notice waits for no answer.
    const texts = api.sent(READER).map(({ text }) => text.split('\n')[0] ?? '');
    expect(texts.filter((text) => text.startsWith('答'))).toEqual(['答：问1', '答：问2', '答：问3', '答：再问']);
    expect(texts.filter((text) => text.includes('请稍后再问'))).toHaveLength(1);
    expect(ask.asked.filter((question) => question.startsWith('问'))).toEqual(['问1', '问2', '问3']);
  });

  it('in a group is only counted when the bot is meant', async () => {
    const { api } = await stage({ floodLimits });
    for (let i = 0; i < 10; i += 1) api.userSays(GROUP, '闲聊', { chatType: 'group' });
    api.userSays(GROUP, `@${USERNAME} 问`);
    expect((await api.nextMessage(GROUP)).text).toMatch(/^答：问/);
  });

  it('by pressing buttons is stopped likewise, and no button spins on', async () => {
    const { api, ask } = await stage({ floodLimits });
    api.userSays(READER, '问');
    const message = await api.nextMessage(READER);
    for (let i = 0; i < 6; i += 1) api.userPresses(message, 'n:2');
    api.userSays(READER, '再问');
    await api.waitFor(() => ask.asked.includes('再问'));
    expect(ask.asked.filter((question) => question === '问@2')).toHaveLength(2);
    const acknowledged = api.calls.filter(({ method }) => method === 'answerCallbackQuery');
    expect(acknowledged).toHaveLength(6);
    expect(acknowledged.filter(({ payload }) => payload['text'] !== undefined)).toHaveLength(1);
  });
});
