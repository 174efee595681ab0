import { describe, expect, it } from 'vitest';
import { FakeLedger, fakeSend, owed, quiet, refused, stage } from './kit.js';

const LI = 1001;
const WANG = 1002;
const ZHAO = 1003;
const GROUP = -2001;
const NEW_GROUP = -1_000_000_002_001;
const HOUR_MS = 3_600_000;

/** One step, with all the time it needs. */
async function step({ deliverer, clock }: Pick<ReturnType<typeof stage>, 'deliverer' | 'clock'>, ms = 10_000) {
  const stepping = deliverer.step();
  await clock.advance(ms);
  return stepping;
}

describe('a step', () => {
  it('sends what is due, one a chat, writes it down, and says when there is nothing', async () => {
    const ledger = new FakeLedger(
      owed(LI, 'a'),
      owed(LI, 'b'),
      owed(WANG, 'c'),
      owed(ZHAO, 'tomorrow', { notBefore: '2024-03-12T00:00:00.000Z' }),
    );
    const { send, sent } = fakeSend();
    const at = stage(ledger, send);
    expect(await step(at)).toBe('busy');
    expect(sent.map(({ html }) => html)).toEqual(['<b>a</b>', '<b>c</b>']);
    expect(await step(at)).toBe('busy');
    expect(await step(at)).toBe('idle');
    expect(ledger.states()).toEqual({ a: 'sent', b: 'sent', c: 'sent', tomorrow: 'owed' });
    expect(ledger.rows[0]?.messageId).toBe(1);
    expect(at.events.map(({ outcome }) => outcome.kind)).toEqual(['sent', 'sent', 'sent']);
  });

  it('has the attempt in the ledger before it sends', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'));
    const states: string[] = [];
    const { send } = fakeSend(() => {
      states.push(ledger.rows[0]?.state ?? '');
      return undefined;
    });
    await step(stage(ledger, send));
    expect(states).toEqual(['claimed']);
  });

  it('puts back what finds no place, so that the others need not wait behind it', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'), owed(WANG, 'b'));
    const { send, sent } = fakeSend();
    const at = stage(ledger, send);
    at.limiter.pauseChat(LI, 60_000);
    await step(at);
    expect(sent.map(({ chatId }) => chatId)).toEqual([WANG]);
    expect(ledger.rows[0]).toMatchObject({ state: 'owed', notBefore: '2024-03-11T00:01:00.000Z' });
  });
});

describe('what Telegram answers', () => {
  it('429: not before it allows, and the chat is left in peace until then', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'));
    const { send, sent } = fakeSend((_, count) =>
      count === 1 ? refused(429, 'Too Many Requests: retry after 40', { retryAfter: 40 }) : undefined,
    );
    const at = stage(ledger, send);
    await step(at);
    expect(ledger.rows[0]).toMatchObject({ state: 'owed', notBefore: '2024-03-11T00:00:40.000Z' });
    expect(await step(at)).toBe('idle');
    await at.clock.advance(30_000);
    expect(await step(at)).toBe('busy');
    expect(sent).toHaveLength(2);
    expect(ledger.states()).toEqual({ a: 'sent' });
  });

  it('a fault of the server or the network never drops a message; the waits grow to ten minutes', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'));
    const { send, sent } = fakeSend((_, count) =>
      count % 2 === 0 ? refused(502, 'Bad Gateway') : { kind: 'unanswered', error: 'ECONNRESET' },
    );
    const at = stage(ledger, send);
    const waits: number[] = [];
    for (let i = 0; i < 400; i += 1) {
      await step(at, 0);
      const wait = Date.parse(ledger.rows[0]?.notBefore ?? '') - at.now().getTime();
      waits.push(wait);
      await at.clock.advance(wait);
    }
    expect(sent).toHaveLength(400);
    expect(ledger.states()).toEqual({ a: 'owed' });
    expect(waits.slice(0, 4)).toEqual([1500, 2500, 4500, 8500]);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(600_000);
    expect(waits.at(-1)).toBeGreaterThan(300_000);
  });

  it('an outage is told of once a minute, with how many it postponed', async () => {
    const ledger = new FakeLedger(...Array.from({ length: 50 }, (_, i) => owed(i + 1, `k${String(i)}`)));
    const { send } = fakeSend(() => refused(502, 'Bad Gateway'));
    const at = stage(ledger, send);
    for (let i = 0; i < 22; i += 1) await step(at, 5000);
    const warnings = at
      .log()
      .split('\n')
      .filter((line) => line.includes('"level":40'));
    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toContain('Bad Gateway');
    expect(Number(/"count":(\d+)/.exec(warnings[1] ?? '')?.[1])).toBeGreaterThan(50);
  });

  it('blocked: the chat is gone at once', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'));
    const { send } = fakeSend(() => refused(403, 'Forbidden: bot was blocked by the user'));
    const at = stage(ledger, send);
    await step(at);
    expect(at.events[0]?.outcome).toEqual({ kind: 'gone', error: 'Forbidden: bot was blocked by the user' });
  });

  it.each([
    ['not enough rights to send text messages to the chat', 'gone'],
    ['TOPIC_CLOSED', 'rejected'],
  ])('%s: tried again for a day, then %s', async (words, outcome) => {
    const ledger = new FakeLedger(owed(GROUP, 'a', { threadId: 7 }));
    const { send, sent } = fakeSend(() => refused(400, `Bad Request: ${words}`));
    const at = stage(ledger, send);
    while (at.now().getTime() < Date.parse('2024-03-11T23:59:00.000Z')) await step(at, 60_000);
    expect(ledger.states()).toEqual({ a: 'owed' });
    for (let i = 0; i < 8; i += 1) await step(at, HOUR_MS);
    expect(at.events.at(-1)?.outcome).toMatchObject({
      kind: outcome,
      error: expect.stringContaining(words) as unknown,
    });
    expect(sent.length).toBeGreaterThan(20);
    expect(sent.length).toBeLessThan(40);
  });

  it('of a wording that nobody listed: a few tries, whatever faults come between, then set aside with what was said', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'));
    const { send, sent } = fakeSend((_, count) =>
      count % 3 === 1 ? refused(400, 'Bad Request: something nobody has seen') : refused(502, 'Bad Gateway'),
    );
    const at = stage(ledger, send);
    while (ledger.states()['a'] === 'owed') await step(at, 60_000);
    expect(at.now().getTime()).toBeLessThan(Date.parse('2024-03-11T03:00:00.000Z'));
    expect(sent).toHaveLength(13);
    expect(ledger.rows[0]).toMatchObject({ state: 'rejected', refusals: 4 });
    expect(at.events.at(-1)?.outcome).toMatchObject({
      kind: 'rejected',
      error: expect.stringContaining('something nobody has seen') as unknown,
    });
    const errors = at
      .log()
      .split('\n')
      .filter((line) => line.includes('"level":50'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('something nobody has seen');
  });

  it('faults without end do not use up the patience with a chat that is closed', async () => {
    const ledger = new FakeLedger(owed(GROUP, 'a'));
    const muted = refused(400, 'Bad Request: not enough rights to send text messages to the chat');
    const { send } = fakeSend((_, count) => (count <= 400 ? refused(502, 'Bad Gateway') : muted));
    const at = stage(ledger, send);
    while (at.events.at(-1)?.outcome.kind !== 'refused') await step(at, 600_000);
    for (let i = 0; i < 12; i += 1) await step(at, HOUR_MS);
    expect(ledger.states()).toEqual({ a: 'owed' });
  });

  it('a group muted for the night gets its message in the morning', async () => {
    const ledger = new FakeLedger(owed(GROUP, 'a'));
    const opensAt = Date.parse('2024-03-11T09:00:00.000Z');
    const muted = refused(400, 'Bad Request: not enough rights to send text messages to the chat');
    const { send } = fakeSend(() => (at.now().getTime() < opensAt ? muted : undefined));
    const at = stage(ledger, send);
    while (at.now().getTime() < opensAt + 2 * HOUR_MS) await step(at, 10 * 60_000);
    expect(ledger.states()).toEqual({ a: 'sent' });
  });

  it('a group that became a supergroup: the ledger learns the new id', async () => {
    const ledger = new FakeLedger(owed(GROUP, 'a'));
    const { send } = fakeSend(() =>
      refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migratedTo: NEW_GROUP }),
    );
    const at = stage(ledger, send);
    await step(at);
    expect(at.events[0]?.outcome).toEqual({ kind: 'migrated', chatId: NEW_GROUP });
  });

  it('a topic that was deleted: goes to the chat itself, and is told of', async () => {
    const ledger = new FakeLedger(owed(GROUP, 'a', { threadId: 7 }));
    const { send, sent } = fakeSend(({ threadId }) =>
      threadId === null ? undefined : refused(400, 'Bad Request: message thread not found'),
    );
    const at = stage(ledger, send);
    await step(at);
    expect(sent.map(({ threadId }) => threadId)).toEqual([7, null]);
    expect(at.events[0]).toMatchObject({ outcome: { kind: 'sent' }, without: ['topic'], delivery: { threadId: 7 } });
  });

  it('our own bad markup and buttons: what is left is sent, and the log says so as an error', async () => {
    const buttons = [[{ text: '看', data: 'x'.repeat(65) }]];
    const ledger = new FakeLedger(owed(LI, 'a', { message: { html: '<b>截止 3 月 15 日', buttons } }));
    const { send, sent } = fakeSend((message) => {
      if (message.html.includes('<b>')) return refused(400, "Bad Request: can't parse entities: Can't find end tag");
      return message.buttons.length > 0 ? refused(400, 'Bad Request: BUTTON_DATA_INVALID') : undefined;
    });
    const at = stage(ledger, send);
    await step(at);
    expect(sent.at(-1)).toMatchObject({ html: '截止 3 月 15 日', buttons: [] });
    expect(ledger.states()).toEqual({ a: 'sent' });
    expect(at.log()).toContain('"level":50');
    expect(at.log()).not.toContain('截止');
  });

  it('nothing left to leave out: this message is given up, the chat stays', async () => {
    const ledger = new FakeLedger(owed(LI, 'a', { message: { html: '文', buttons: [] } }));
    const { send, sent } = fakeSend(() => refused(400, "Bad Request: can't parse entities: odd"));
    const at = stage(ledger, send);
    await step(at);
    expect(at.events[0]?.outcome.kind).toBe('rejected');
    expect(sent).toHaveLength(1);
  });

  it('the token refused: nothing is given up, and all sending rests for a minute', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'), owed(LI, 'b'));
    const { send, sent } = fakeSend((_, count) => (count === 1 ? refused(401, 'Unauthorized') : undefined));
    const at = stage(ledger, send);
    const stop = new AbortController();
    const running = at.deliverer.run(stop.signal);
    await at.clock.advance(59_000);
    expect(sent).toHaveLength(1);
    await at.clock.advance(30_000);
    expect(ledger.states()).toEqual({ a: 'sent', b: 'sent' });
    stop.abort();
    await running;
  });
});

describe('the loop', () => {
  function running(ledger: FakeLedger, ...rest: Parameters<typeof fakeSend>) {
    const { send, sent } = fakeSend(...rest);
    const at = stage(ledger, send);
    const stop = new AbortController();
    const run = at.deliverer.run(stop.signal);
    const end = async (): Promise<void> => {
      stop.abort();
      await at.clock.advance(60_000);
      await run;
    };
    return { ...at, sent, stop, end };
  }

  it('sends a thousand messages at the pace of the limits', async () => {
    const ledger = new FakeLedger(...Array.from({ length: 1000 }, (_, i) => owed(i + 1, `k${String(i)}`)));
    const at = running(ledger);
    await at.clock.advance(38_000);
    expect(at.sent.length).toBe(1000);
    await at.end();
    expect(new Set(Object.values(ledger.states()))).toEqual(new Set(['sent']));
  });

  it('the whole bot flooded: nothing is taken in hand until the pause is over', async () => {
    const chats = Array.from({ length: 200 }, (_, i) => owed(i + 1, `k${String(i)}`));
    const ledger = new FakeLedger(...chats);
    const at = running(ledger, () =>
      at.clock.now() < 60_000 ? refused(429, 'Too Many Requests', { retryAfter: 60 }) : undefined,
    );
    await at.clock.advance(59_000);
    expect(at.sent.length).toBeLessThan(10);
    expect(ledger.rows.filter(({ attempts }) => attempts > 0).length).toBeLessThan(70);
    await at.clock.advance(30_000);
    expect(new Set(Object.values(ledger.states()))).toEqual(new Set(['sent']));
    await at.end();
  });

  it('owes again what an earlier process had begun, and holds groups back for a minute then', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'), owed(GROUP, 'b'));
    await ledger.claim('2024-03-11T00:00:00.000Z', 1);
    const at = running(ledger);
    await at.clock.advance(50_000);
    expect(at.sent.map(({ chatId }) => chatId)).toEqual([LI]);
    await at.clock.advance(30_000);
    expect(ledger.states()).toEqual({ a: 'sent', b: 'sent' });
    await at.end();
  });

  it('counts what an earlier process sent to a group in the minute before', async () => {
    const ledger = new FakeLedger(owed(GROUP, 'a'), owed(LI, 'b'));
    // As many as a group takes of what is owed.
    for (let i = 0; i < 15; i += 1) ledger.earlier.push({ chatId: GROUP, at: '2024-03-10T23:59:30.000Z' });
    ledger.earlier.push({ chatId: GROUP, at: '2024-03-10T23:58:59.000Z' });
    const at = running(ledger);
    await at.clock.advance(29_000);
    expect(at.sent.map(({ chatId }) => chatId)).toEqual([LI]);
    await at.clock.advance(20_000);
    expect(ledger.states()).toEqual({ a: 'sent', b: 'sent' });
    await at.end();
  });

  it('wakes when something falls due, and at once when told of something new', async () => {
    const ledger = new FakeLedger(owed(LI, 'a', { notBefore: '2024-03-11T00:00:07.000Z' }));
    const at = running(ledger);
    await at.clock.advance(6999);
    expect(at.sent).toHaveLength(0);
    await at.clock.advance(200);
    expect(at.sent).toHaveLength(1);
    ledger.owe(owed(WANG, 'b'));
    at.deliverer.wake();
    await at.clock.advance(50);
    expect(at.sent).toHaveLength(2);
    ledger.owe(owed(ZHAO, 'c'));
    await at.clock.advance(15_000);
    expect(at.sent).toHaveLength(3);
    await at.end();
  });

  it('stopped, finishes what is being sent, writes it down and leaves the rest owed; a second stop is the same', async () => {
    const ledger = new FakeLedger(...Array.from({ length: 20 }, (_, i) => owed(i + 1, `k${String(i)}`)));
    const answers: (() => void)[] = [];
    const at = running(
      ledger,
      () =>
        new Promise((resolve) =>
          answers.push(() => {
            resolve({ kind: 'sent', messageId: 1 });
          }),
        ),
    );
    await at.clock.advance(100);
    const begun = at.sent.length;
    expect(begun).toBeGreaterThan(1);
    expect(begun).toBeLessThan(20);
    const ending = at.end();
    at.stop.abort();
    await quiet();
    for (const answer of answers) answer();
    await ending;
    expect(at.sent).toHaveLength(begun);
    const states = Object.values(ledger.states());
    expect(states.filter((state) => state === 'sent')).toHaveLength(begun);
    expect(states.filter((state) => state === 'owed')).toHaveLength(20 - begun);
    expect(at.clock.pending).toBe(0);
  });

  it('stopped before it began, sends nothing', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'));
    const { send, sent } = fakeSend();
    await stage(ledger, send).deliverer.run(AbortSignal.abort());
    expect(sent).toEqual([]);
    expect(ledger.states()).toEqual({ a: 'owed' });
  });

  it('a ledger that fails for a while: nothing is sent twice for it, and nothing is forgotten', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'), owed(WANG, 'b'));
    ledger.faults.claim.push(new Error('busy'), new Error('busy'));
    ledger.faults.record.push(new Error('disk full'), new Error('disk full'), new Error('disk full'));
    const at = running(ledger);
    await at.clock.advance(60_000);
    expect(at.sent).toHaveLength(2);
    expect(ledger.states()).toEqual({ a: 'sent', b: 'sent' });
    expect(at.log()).toContain('disk full');
    await at.end();
  });

  it('a listener that throws does not disturb it', async () => {
    const ledger = new FakeLedger(owed(LI, 'a'), owed(LI, 'b'));
    const { send } = fakeSend();
    const at = stage(ledger, send, {
      onOutcome: () => {
        throw new Error('listener');
      },
    });
    await step(at);
    await step(at);
    expect(ledger.states()).toEqual({ a: 'sent', b: 'sent' });
  });
});
