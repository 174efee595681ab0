import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  RateLimiter,
  TELEGRAM_LIMITS,
  type SendResponse,
  type SendPermit,
  type Priority,
} from '../../../src/notify/delivery/rate-limiter.js';
import { ManualClock, quiet } from './kit.js';

const LI = 1001;
const WANG = 1002;
const GROUP = -2001;

function gate(options: { quietStart?: boolean } = {}) {
  const clock = new ManualClock();
  const limiter = new RateLimiter({ clock, quietStart: false, ...options });
  /** When it went, and how it is answered; or that it was told to wait. */
  const ask = (chatId: number | null, priority: Priority = 'bulk', patienceMs?: number) => {
    const asked = {
      at: null as number | null,
      wait: null as number | null,
      finish: undefined as ((answer: SendResponse) => void) | undefined,
    };
    void limiter.acquire(chatId, priority, { maxWaitMs: patienceMs }).then((place: SendPermit) => {
      if (place.kind === 'wait') asked.wait = place.ms;
      else {
        asked.at = clock.now();
        asked.finish = place.finish;
      }
    });
    return asked;
  };
  /** Asks, and is answered at once. */
  const send = (chatId: number | null, priority: Priority = 'bulk') => {
    const sent = { at: null as number | null };
    void limiter.acquire(chatId, priority).then((place) => {
      if (place.kind === 'wait') throw new Error('told to wait');
      sent.at = clock.now();
      place.finish('answered');
    });
    return sent;
  };
  return { clock, limiter, ask, send };
}

describe('the limits of sending', () => {
  it('one message a second to a chat, counted from the answer to the one before', async () => {
    const { clock, ask } = gate();
    const first = ask(LI);
    const second = ask(LI);
    await clock.advance(300);
    expect([first.at, second.at]).toEqual([0, null]);
    first.finish?.('answered');
    await clock.advance(999);
    expect(second.at).toBeNull();
    await clock.advance(1);
    expect(second.at).toBe(1300);
  });

  it('a chat that must wait does not hold up the others', async () => {
    const { clock, send } = gate();
    const [, again, other] = [send(LI), send(LI), send(WANG)];
    await clock.advance(100);
    expect(again.at).toBeNull();
    expect(other.at).toBeLessThan(100);
  });

  it('twenty a minute to a group, of which five are kept for replies', async () => {
    const { clock, send } = gate();
    const bulk = Array.from({ length: 16 }, () => send(GROUP));
    await clock.advance(30_000);
    expect(bulk.filter(({ at }) => at !== null)).toHaveLength(15);
    const replies = Array.from({ length: 6 }, () => send(GROUP, 'interactive'));
    await clock.advance(20_000);
    expect(replies.filter(({ at }) => at !== null)).toHaveLength(5);
    await clock.advance(60_000);
    expect([...bulk, ...replies].every(({ at }) => at !== null)).toBe(true);
  });

  it('what is owed goes evenly and leaves a tenth free, which a reply finds at once', async () => {
    const { clock, ask, send } = gate();
    const bulk = Array.from({ length: 100 }, (_, i) => ask(i + 1));
    await clock.advance(999);
    const gone = bulk.flatMap(({ at }) => (at === null ? [] : [at]));
    expect(gone).toHaveLength(27);
    // At most one at a time catches up what a late timer left behind.
    for (const [i, at] of gone.slice(2).entries()) expect(at - (gone[i] ?? 0)).toBeGreaterThanOrEqual(36);
    const replies = [send(5001, 'interactive'), send(5002, 'interactive'), send(5003, 'interactive')];
    await quiet();
    expect(replies.map(({ at }) => at)).toEqual([999, 999, 999]);
  });

  it('a reply goes before what has waited longer', async () => {
    const { clock, send } = gate();
    send(LI);
    const bulk = send(LI);
    const reply = send(LI, 'interactive');
    await clock.advance(1000);
    expect([bulk.at, reply.at]).toEqual([null, 1000]);
    await clock.advance(1000);
    expect(bulk.at).toBe(2000);
  });

  it('keeps quiet for its first second, since an earlier process may have used it up', async () => {
    const { clock, send } = gate({ quietStart: true });
    const reply = send(LI, 'interactive');
    await clock.advance(999);
    expect(reply.at).toBeNull();
    await clock.advance(1);
    expect(reply.at).toBe(1000);
  });

  it('what an earlier process sent to a group counts for the rest of its minute', async () => {
    const { clock, limiter, send } = gate();
    for (const agoMs of [40_000, ...Array.from({ length: 13 }, () => 10_000), 5000])
      limiter.countEarlierSend(GROUP, agoMs);
    const [bulk, second, other] = [send(GROUP), send(GROUP), send(GROUP - 1)];
    await clock.advance(19_999);
    expect([bulk.at, second.at]).toEqual([null, null]);
    expect(other.at).toBeLessThan(100);
    await clock.advance(30_000);
    expect(bulk.at).toBe(20_000);
    expect(second.at).toBeNull();
    await clock.advance(1);
    expect(second.at).toBe(50_000);
  });

  it('after a crash nothing owed goes to groups for a minute, but replies do', async () => {
    const { clock, limiter, send } = gate();
    limiter.pauseGroups();
    const [toGroup, reply, toReader] = [send(GROUP), send(GROUP, 'interactive'), send(LI)];
    await clock.advance(59_999);
    expect([toGroup.at, reply.at, toReader.at]).toEqual([null, 0, 0]);
    await clock.advance(1);
    expect(toGroup.at).toBe(60_000);
  });
});

describe('a 429', () => {
  it('pauses its chat for as long as it says, for replies too, and no other', async () => {
    const { clock, ask, send } = gate();
    const first = ask(LI);
    await quiet();
    first.finish?.({ retryAfterMs: 7000 });
    const [bulk, reply, other] = [send(LI), send(LI, 'interactive'), send(WANG)];
    await clock.advance(6999);
    expect([bulk.at, reply.at]).toEqual([null, null]);
    expect(other.at).not.toBeNull();
    await clock.advance(1);
    expect(reply.at).toBe(7000);
  });

  it('for five chats in a row pauses all; an answer between begins the count anew', async () => {
    const { clock, ask } = gate();
    const flood = async (chatId: number): Promise<void> => {
      const place = ask(chatId, 'interactive');
      await quiet();
      place.finish?.({ retryAfterMs: 3000 });
    };
    for (const chatId of [1, 2, 3, 4]) await flood(chatId);
    const fine = ask(6, 'interactive');
    await quiet();
    fine.finish?.('answered');
    await flood(5);
    const still = ask(7, 'interactive');
    await quiet();
    expect(still.at).toBe(0);
    for (const chatId of [11, 12, 13, 14]) await flood(chatId);
    const stopped = ask(8, 'interactive');
    await clock.advance(2999);
    expect(stopped.at).toBeNull();
    await clock.advance(1);
    expect(stopped.at).toBe(3000);
  });

  it('again and again for one chat is that chat’s matter', async () => {
    const { clock, ask } = gate();
    for (let i = 0; i < 8; i += 1) {
      const place = ask(LI);
      await clock.advance(1000);
      place.finish?.({ retryAfterMs: 500 });
      await clock.advance(1000);
    }
    const other = ask(WANG);
    await quiet();
    expect(other.at).toBe(16_000);
  });
});

describe('who waits', () => {
  it('is told at once when it will take longer than it has patience for, and holds nothing', async () => {
    const { clock, limiter, ask } = gate();
    limiter.pauseChat(LI, 60_000);
    const hasty = ask(LI, 'bulk', 5000);
    await quiet();
    expect(hasty).toMatchObject({ at: null, wait: 60_000 });
    expect(clock.pending).toBe(0);
  });

  it('is told when its patience ends, where nobody knows how long an answer takes', async () => {
    const { clock, ask } = gate();
    ask(LI);
    const second = ask(LI, 'bulk', 5000);
    await clock.advance(4999);
    expect(second.wait).toBeNull();
    await clock.advance(1);
    expect(second.wait).toBe(1000);
  });

  it('can be called off, and leaves no timer behind', async () => {
    const { clock, limiter } = gate();
    limiter.pauseChat(LI, 60_000);
    const stop = new AbortController();
    const waiting = limiter.acquire(LI, 'interactive', { signal: stop.signal });
    stop.abort();
    await expect(waiting).resolves.toEqual({ kind: 'wait', ms: 0 });
    await expect(limiter.acquire(WANG, 'bulk', { signal: stop.signal })).resolves.toEqual({ kind: 'wait', ms: 0 });
    expect(clock.pending).toBe(0);
  });
});

describe('the limiter in the long run', () => {
  it('forgets chats that nothing was sent to of late', async () => {
    const { clock, limiter, send } = gate();
    for (let i = 0; i < 2000; i += 1) send(i % 4 === 0 ? -i - 1 : i);
    await clock.advance(80_000);
    expect(limiter.trackedChats).toBeGreaterThan(0);
    await clock.advance(90_000);
    send(LI);
    await quiet();
    expect(limiter.trackedChats).toBe(1);
  });

  it('never lets any window at the server hold more than the limits, whatever is asked and however long answers take', async () => {
    const request = fc.record({
      afterMs: fc.oneof(fc.constant(0), fc.nat(400)),
      chatId: fc.oneof(fc.constant(-1), fc.constantFrom(-2, 1, 2, 3), fc.integer({ min: 100, max: 160 })),
      priority: fc.constantFrom<Priority>('bulk', 'interactive'),
      answerMs: fc.oneof(fc.nat(30), fc.nat(3000)),
      answer: fc.oneof(
        { weight: 8, arbitrary: fc.constant<SendResponse>('answered') },
        { weight: 1, arbitrary: fc.constant<SendResponse>('unanswered') },
        { weight: 1, arbitrary: fc.nat(2000).map((retryAfterMs): SendResponse => ({ retryAfterMs })) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 40, maxLength: 160 }), async (requests) => {
        const { clock, limiter } = gate();
        const spans: Span[] = [];
        for (const { afterMs, chatId, priority, answerMs, answer } of requests) {
          if (afterMs > 0) await clock.advance(afterMs);
          void limiter.acquire(chatId, priority).then((place) => {
            if (place.kind === 'wait') return;
            const span = { chatId, fromMs: clock.now(), toMs: Infinity };
            spans.push(span);
            clock.schedule(answerMs, () => {
              span.toMs = clock.now();
              place.finish(answer);
            });
          });
        }
        await clock.advance(20 * 60_000);
        expect(spans).toHaveLength(requests.length);
        const { perSecond, perChatPerSecond, perGroupPerMinute } = TELEGRAM_LIMITS;
        expect(most(spans, 1000)).toBeLessThanOrEqual(perSecond);
        for (const chatId of new Set(spans.map((span) => span.chatId))) {
          const own = spans.filter((span) => span.chatId === chatId);
          expect(most(own, 1000)).toBeLessThanOrEqual(perChatPerSecond);
          if (chatId < 0) expect(most(own, 60_000)).toBeLessThanOrEqual(perGroupPerMinute);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** A request reached the server at some instant between both. */
interface Span {
  readonly chatId: number;
  readonly fromMs: number;
  toMs: number;
}

/** The oracle: the most requests that any window of that length can have held, at the worst of instants for each. */
function most(spans: readonly Span[], lengthMs: number): number {
  const counts = spans.map(({ toMs: start }) => {
    return spans.filter(({ fromMs, toMs }) => fromMs < start + lengthMs && toMs >= start).length;
  });
  return Math.max(0, ...counts);
}
