import fc from 'fast-check';
import { pino } from 'pino';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDeliverer } from '../../src/notify/delivery/deliverer.js';
import { RateLimiter } from '../../src/notify/delivery/rate-limiter.js';
import type { ClaimedDelivery, DeliveryOutcome } from '../../src/domain/delivery.js';
import { DEFAULT_SETTINGS } from '../../src/domain/subscription.js';
import { createDigestPlanner } from '../../src/notify/digests/digest-planner.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import { fakeSend, ManualClock, REFUSALS } from './delivery/kit.js';
import { notice, period, rules, shanghai, subscription } from './cast.js';
import { inWorld, runOut, type World } from './kit.js';

const LI = 1;
const WANG = 2;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = shanghai('2024-03-11 08:00');

const titlesIn = (html: string): string[] => [...html.matchAll(/第\d+号/g)].map(([title]) => title);
const plannerOf = ({ state, notices, log }: World) => createDigestPlanner({ state, notices, rules, log });
const publish = ({ notices }: World, ...numbers: readonly number[]) =>
  notices.save(numbers.map((n) => notice(`第${n}号`, [], { url: 'https://example.cn' })));

/** The planner and the sender over one ledger, each hour of a clock that is moved. */
function stage(world: World, isUp: (now: Date) => boolean) {
  const clock = new ManualClock();
  const now = (): Date => new Date(START.getTime() - HOUR_MS + clock.now());
  const { send, sent } = fakeSend(() => (isUp(now()) ? undefined : { kind: 'unanswered', error: 'ENETUNREACH' }));
  const got: { at: Date; chatId: number; titles: string[]; html: string }[] = [];
  const plan = plannerOf(world);
  const deliverer = createDeliverer({
    ledger: world.state.ledger,
    send: async (to, message) => {
      const result = await send(to, message);
      if (result.kind === 'sent')
        got.push({ at: now(), chatId: to.chatId, titles: titlesIn(message.html), ...message });
      return result;
    },
    limiter: new RateLimiter({ clock, quietStart: false }),
    refusals: REFUSALS,
    now,
    clock,
    log: pino({ level: 'silent' }),
  });
  async function hour(): Promise<void> {
    await runOut(plan, now());
    for (let isBusy = true; isBusy;) {
      const step = { isOver: false };
      const stepping = deliverer.step().finally(() => {
        step.isOver = true;
      });
      // The ledger takes time of its own, the limiter only that of the clock.
      while (!step.isOver) {
        await clock.advance(1);
        await sleep(1);
      }
      isBusy = (await stepping) === 'busy';
    }
    await clock.advance(HOUR_MS - (clock.now() % HOUR_MS));
  }
  return { hour, now, got, attempts: sent };
}

describe('a Telegram that cannot be reached', () => {
  it('for a week leaves one digest to everyone, not seven, with all that the seven would have told', () =>
    inWorld(
      async (world) => {
        const quiet = { ...DEFAULT_SETTINGS, include: ['第3号'] };
        await world.state.subscriptions.put(subscription(LI));
        await world.state.subscriptions.put(subscription(WANG, { settings: quiet }));
        await publish(world, 1);
        const [goes, comes] = [shanghai('2024-03-11 12:00'), shanghai('2024-03-18 11:30')];
        const { hour, now, got, attempts } = stage(world, (at) => at < goes || at >= comes);
        for (let day = 0; day < 9; day += 1) {
          for (let i = 0; i < 24; i += 1) await hour();
          await publish(world, day + 2);
        }
        expect(now()).toEqual(shanghai('2024-03-20 07:00'));
        expect(attempts.length).toBeGreaterThan(20);
        const told = (chatId: number) => got.filter((one) => one.chatId === chatId).map(({ titles }) => titles);
        expect(told(LI)).toEqual([
          ['第1号'],
          ['第2号', '第3号', '第4号', '第5号', '第6号', '第7号', '第8号'],
          ['第9号'],
        ]);
        expect(told(WANG)).toEqual([['第3号']]);
        expect(got.find(({ titles }) => titles.includes('第2号'))?.html).toContain('从 3月11日 08:00 到 3月18日 08:00');
        expect(await world.state.ledger.countByState()).toMatchObject({ owed: 0, claimed: 0, rejected: 0, sent: 4 });
      },
      [LI, WANG],
    ));

  it('does not leave what was due by now and is told nowhere else', () =>
    inWorld(
      async (world) => {
        await world.state.subscriptions.put(subscription(LI, { cursor: 1 }));
        await world.notices.save([notice('第1号', [period('application', null, '2024-03-12', '申报时间')])]);
        const { hour, got } = stage(world, (at) => at >= shanghai('2024-03-15 07:30'));
        for (let i = 0; i < 4 * 24; i += 1) await hour();
        // Its deadline is over, and there is nothing else.
        expect(got).toEqual([]);
        expect(await world.state.ledger.countByState()).toMatchObject({ owed: 0, sent: 0, dropped: 2 });
      },
      [LI],
    ));
});

describe('a digest that is superseded', () => {
  const address = { chatId: LI, threadId: null };
  const claim = async ({ state }: World, at: Date): Promise<ClaimedDelivery> => {
    const [claimed] = await state.ledger.claim(at.toISOString(), 1);
    if (claimed === undefined) throw new Error('nothing is owed');
    return claimed;
  };
  const daysOn = (days: number): Date => new Date(START.getTime() + days * DAY_MS);
  const later = (days: number): DeliveryOutcome => ({
    kind: 'later',
    notBefore: daysOn(days).toISOString(),
    error: 'ENETUNREACH',
  });

  it('is none that is on its way: what is new since then comes by itself', () =>
    inWorld(
      async (world) => {
        await world.state.subscriptions.put(subscription(LI));
        await publish(world, 1);
        await runOut(plannerOf(world), START);
        const first = await claim(world, START);
        await publish(world, 2);
        await runOut(plannerOf(world), daysOn(1));
        await world.state.ledger.record(first.id, later(1), daysOn(1).toISOString());
        await publish(world, 3);
        await runOut(plannerOf(world), daysOn(2));
        const sent = await world.deliver(daysOn(2));
        expect(sent.map(({ message }) => titlesIn(message.html))).toEqual([['第1号'], ['第2号', '第3号']]);
      },
      [LI],
    ));

  it('is none that goes on its way between the look and the writing', () =>
    inWorld(
      async (world) => {
        const { ledger, subscriptions } = world.state;
        await subscriptions.put(subscription(LI));
        await publish(world, 1);
        await runOut(plannerOf(world), START);
        await publish(world, 2);
        const before = await subscriptions.get(address);
        const key = before?.digest?.key ?? '';
        if (before === null) throw new Error('not subscribed');
        expect(await ledger.isUnsent(key)).toBe(true);
        const first = await claim(world, START);
        const after = { ...before, cursor: 2, nextAt: daysOn(2).toISOString() };
        expect(await subscriptions.replaceIfUnchanged(before, after, [], { supersededDigestKey: key })).toBe(false);
        expect(await subscriptions.get(address)).toEqual(before);
        await ledger.record(first.id, { kind: 'sent', messageId: 1 }, START.toISOString());
        await runOut(plannerOf(world), daysOn(1));
        expect((await world.deliver(daysOn(1))).map(({ message }) => titlesIn(message.html))).toEqual([['第2号']]);
      },
      [LI],
    ));

  it('is none that is counted in keys of notices that were rebuilt since: it goes out by itself', () =>
    inWorld(
      async (world) => {
        await world.state.subscriptions.put(subscription(LI));
        await publish(world, 1, 2, 3);
        await runOut(plannerOf(world), START);
        const rebuilt = { ...world, notices: createMemoryStore() };
        await publish(rebuilt, 3, 2);
        await runOut(plannerOf(rebuilt), new Date(START.getTime() + HOUR_MS));
        await publish(rebuilt, 4);
        await runOut(plannerOf(rebuilt), daysOn(1));
        const sent = await world.deliver(daysOn(1));
        expect(sent.map(({ message }) => titlesIn(message.html))).toEqual([['第1号', '第2号', '第3号'], ['第4号']]);
      },
      [LI],
    ));

  it(
    'whatever goes wrong on whichever day, is told once by another, and few wait at any time',
    { timeout: 60_000 },
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({
              news: fc.nat(2),
              /** What becomes of what is owed on that day; `held`: its outcome is known only after the next planning. */
              fate: fc.constantFrom('sent', 'later', 'refused', 'held'),
            }),
            { minLength: 3, maxLength: 9 },
          ),
          (days) =>
            inWorld(
              async (world) => {
                const { ledger, subscriptions } = world.state;
                await subscriptions.put(subscription(LI));
                const told: string[] = [];
                let published = 0;
                let held: ClaimedDelivery | null = null;
                for (const [day, { news, fate }] of days.entries()) {
                  const now = daysOn(day).toISOString();
                  for (let i = 0; i < news; i += 1) await publish(world, ++published);
                  await runOut(plannerOf(world), daysOn(day));
                  if (held !== null) await ledger.record(held.id, later(day), now);
                  held = null;
                  if (fate === 'sent') {
                    for (const { message } of await world.deliver(daysOn(day))) told.push(...titlesIn(message.html));
                    continue;
                  }
                  const [claimed] = await ledger.claim(now, 1);
                  if (claimed === undefined) continue;
                  if (fate === 'held') held = claimed;
                  else if (fate === 'later') await ledger.record(claimed.id, later(day), now);
                  else {
                    const refusal = {
                      kind: 'refused',
                      notBefore: now,
                      error: 'odd',
                      keepsQueuePosition: false,
                    } as const;
                    await ledger.record(claimed.id, refusal, now);
                  }
                  const troubled = days
                    .slice(0, day + 1)
                    .filter((one) => one.fate === 'refused' || one.fate === 'held');
                  const { owed, claimed: onTheirWay } = await ledger.countByState();
                  expect(owed + onTheirWay).toBeLessThanOrEqual(1 + troubled.length);
                }
                if (held !== null) await ledger.record(held.id, later(days.length), daysOn(days.length).toISOString());
                await runOut(plannerOf(world), daysOn(days.length));
                for (const { message } of await world.deliver(daysOn(days.length)))
                  told.push(...titlesIn(message.html));
                const all = Array.from({ length: published }, (_, i) => `第${i + 1}号`);
                expect(told.toSorted()).toEqual(all.toSorted());
              },
              [LI],
            ),
        ),
        { numRuns: 40 },
      ),
  );
});
