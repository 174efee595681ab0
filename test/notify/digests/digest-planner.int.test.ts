import { describe, expect, it } from 'vitest';
import { createChatLifecycle } from '../../../src/notify/chat-lifecycle.js';
import type { Subscription } from '../../../src/domain/subscription.js';
import { DEFAULT_SETTINGS } from '../../../src/domain/subscription.js';
import { createDigestPlanner } from '../../../src/notify/digests/digest-planner.js';
import { createMemoryStore } from '../../../src/store/notices/memory-notice-store.js';
import { notice, period, rules, shanghai, subscription } from '../cast.js';
import { inWorld, runOut, type World } from '../kit.js';

const EIGHT = shanghai('2024-03-11 08:00');
const textsOf = async (world: World, now: Date): Promise<string[]> =>
  (await world.deliver(now)).map(({ message }) => message.html.replace(/<[^>]*>/g, ''));
const titles = (text = ''): string[] => [...text.matchAll(/第\d+号/g)].map(([title]) => title);

async function subscribe({ state }: World, ...all: readonly Subscription[]): Promise<void> {
  for (const one of all) {
    await state.chats.activate(one.chatId, 'private', EIGHT.toISOString());
    await state.subscriptions.put(one);
  }
}
const plannerOf = ({ state, notices, log }: World, limit = 50) =>
  createDigestPlanner({ state, notices, rules, log, limit });
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => notice(`第${from + i}号`, [], { url: 'https://example.cn' }));

describe('planning digests', () => {
  it('does nothing before the time, and at the time owes one digest and moves on', () =>
    inWorld(async (world) => {
      await subscribe(world, subscription(1));
      await world.notices.save(numbered(1, 2));
      const plan = plannerOf(world);
      expect(await plan(shanghai('2024-03-11 07:59'))).toBe(false);
      expect(await world.deliver(EIGHT)).toEqual([]);
      await plan(EIGHT);
      const [owed, ...others] = await world.deliver(EIGHT);
      expect(others).toEqual([]);
      expect(owed).toMatchObject({ kind: 'digest', chatId: 1, threadId: null, notBefore: EIGHT.toISOString() });
      expect(owed?.key).toMatch(/^digest:1:0:2024-03-11T00:00:00\.000Z:/);
      expect(await world.state.subscriptions.get({ chatId: 1, threadId: null })).toMatchObject({
        cursor: 2,
        nextAt: shanghai('2024-03-12 08:00').toISOString(),
        lastAt: EIGHT.toISOString(),
      });
      await runOut(plan, EIGHT);
      expect(await world.deliver(EIGHT)).toEqual([]);
    }));

  it('tells what was missed over days as one digest, with the whole period', () =>
    inWorld(async (world) => {
      await subscribe(world, subscription(1));
      await world.notices.save(numbered(1, 3));
      await runOut(plannerOf(world), shanghai('2024-03-18 10:00'));
      const [text, ...others] = await textsOf(world, shanghai('2024-03-18 10:00'));
      expect(others).toEqual([]);
      expect(text).toContain('从 3月10日 08:00 到 3月18日 10:00');
      expect(titles(text)).toEqual(['第1号', '第2号', '第3号']);
      const after = await world.state.subscriptions.get({ chatId: 1, threadId: null });
      expect(after?.nextAt).toBe(shanghai('2024-03-19 08:00').toISOString());
    }));

  it('is silent about nothing only where that is wanted', () =>
    inWorld(async (world) => {
      const settings = { ...DEFAULT_SETTINGS, quietWhenEmpty: false };
      await subscribe(world, subscription(1), subscription(2, { settings }));
      await runOut(plannerOf(world), EIGHT);
      const sent = await world.deliver(EIGHT);
      expect(sent.map(({ chatId }) => chatId)).toEqual([2]);
      expect(sent[0]?.message.html).toContain('这段时间没有新的通知');
    }));

  it('tells deadlines of matching notices, and remembers what it told', () =>
    inWorld(async (world) => {
      const settings = { ...DEFAULT_SETTINGS, include: ['课程'], deadlineDays: 3 };
      await world.notices.save([
        notice('课程公示', [period('publicity', '2024-03-08', '2024-03-13', '公示时间')]),
        notice('课程申报', [period('application', null, '2024-03-20', '申报时间')]),
        notice('考试报名', [period('registration', null, '2024-03-12', '报名时间')]),
      ]);
      await subscribe(world, subscription(1, { settings, cursor: 3 }));
      await runOut(plannerOf(world), EIGHT);
      const [text] = await textsOf(world, EIGHT);
      expect(text).toContain('公示截止：3月13日');
      expect(text).not.toMatch(/申报|报名/);
      expect(await world.state.announcedFacts.listByNotices(['课程公示', '课程申报', '考试报名'])).toMatchObject([
        { chatId: 1, noticeId: '课程公示', label: '公示时间', version: 1, announcedAt: EIGHT.toISOString() },
      ]);
    }));

  it('goes through more than a batch, each once', () =>
    inWorld(async (world) => {
      await subscribe(world, ...Array.from({ length: 25 }, (_, i) => subscription(i + 1)));
      await world.notices.save(numbered(1, 1));
      const plan = plannerOf(world, 10);
      expect([await plan(EIGHT), await plan(EIGHT), await plan(EIGHT)]).toEqual([true, true, false]);
      const sent = await world.deliver(EIGHT);
      expect(sent.map(({ chatId }) => chatId).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 25 }, (_, i) => i + 1),
      );
    }));

  it('reads many notices page by page, and keeps the newest by date for the list', () =>
    inWorld(async (world) => {
      await subscribe(world, subscription(1), subscription(2, { cursor: 230 }));
      const dated = numbered(1, 250).map(({ notice: one, facts }, i) => ({
        notice: { ...one, publishedOn: `2024-03-${String((i % 9) + 1).padStart(2, '0')}` },
        facts,
      }));
      await world.notices.save(dated);
      await runOut(plannerOf(world), EIGHT);
      const [first, second] = await textsOf(world, EIGHT);
      expect(first).toContain('新通知 250 份');
      expect(titles(first)).toEqual(Array.from({ length: 20 }, (_, i) => `第${i * 9 + 9}号`));
      expect(second).toContain('新通知 20 份');
    }));
});

describe('alerts', () => {
  const immediate = { ...DEFAULT_SETTINGS, mode: 'immediate' as const, include: ['号'], exclude: ['第3号'] };

  it('are sent one a matching notice, once, also when the notice changes', () =>
    inWorld(async (world) => {
      await subscribe(world, subscription(1, { settings: immediate, threadId: 4 }));
      const plan = plannerOf(world);
      await world.notices.save([...numbered(1, 3), notice('其他')]);
      await runOut(plan, EIGHT);
      const sent = await world.deliver(EIGHT);
      expect(sent.map(({ kind, key }) => [kind, key])).toEqual([
        ['alert', 'alert:1:4:第1号:1'],
        ['alert', 'alert:1:4:第2号:1'],
      ]);
      await world.notices.save([notice('第1号', [], {}, '更正。')]);
      await runOut(plan, EIGHT);
      expect(await world.deliver(EIGHT)).toEqual([]);
    }));

  it('are merged into one message when there are many at once', () =>
    inWorld(async (world) => {
      await subscribe(world, subscription(1, { settings: immediate }));
      await world.notices.save(numbered(1, 12));
      await runOut(plannerOf(world), EIGHT);
      const [text, ...others] = await textsOf(world, EIGHT);
      expect(others).toEqual([]);
      expect(titles(text)).toHaveLength(11);
      expect(text).not.toContain('第3号');
    }));

  it('come again after the notices were rebuilt, but not of the same notice', () =>
    inWorld(async (world) => {
      await subscribe(world, subscription(1, { settings: immediate }));
      await world.notices.save(numbered(1, 2));
      await world.notices.save(numbered(4, 9));
      await runOut(plannerOf(world), EIGHT);
      await world.deliver(EIGHT);
      const rebuilt = { ...world, notices: createMemoryStore() };
      await rebuilt.notices.save(numbered(1, 2));
      const plan = plannerOf(rebuilt);
      await runOut(plan, EIGHT);
      expect(world.log.lines).toEqual(['通知库已重建，订阅改从最新一份通知算起']);
      expect(await world.deliver(EIGHT)).toEqual([]);
      await rebuilt.notices.save([...numbered(7, 7), ...numbered(20, 20)]);
      await runOut(plan, EIGHT);
      expect((await textsOf(world, EIGHT)).map((text) => titles(text))).toEqual([['第20号']]);
    }));
});

describe('a clock that is wrong', () => {
  it('set back over the time of a digest repeats nothing and loses nothing', () =>
    inWorld(async (world) => {
      await subscribe(world, subscription(1));
      const plan = plannerOf(world);
      await world.notices.save(numbered(1, 1));
      await runOut(plan, shanghai('2024-03-11 08:05'));
      expect(await world.deliver(shanghai('2024-03-11 08:05'))).toHaveLength(1);
      await world.notices.save(numbered(2, 2));
      for (const time of ['05:05', '08:00', '08:10', '23:00']) await runOut(plan, shanghai(`2024-03-11 ${time}`));
      expect(await world.deliver(shanghai('2024-03-11 23:00'))).toEqual([]);
      await runOut(plan, shanghai('2024-03-12 08:00'));
      expect((await textsOf(world, shanghai('2024-03-12 08:00'))).map((text) => titles(text))).toEqual([['第2号']]);
    }));

  it('that was a year ahead does not silence anyone, also when it is put right while the bot is down', () =>
    inWorld(async (world) => {
      const weekly = { ...DEFAULT_SETTINGS, days: 'weekly' as const };
      await subscribe(world, ...Array.from({ length: 120 }, (_, i) => subscription(i + 1)));
      await subscribe(world, subscription(999, { settings: weekly, threadId: 3 }));
      await world.notices.save(numbered(1, 1));
      await runOut(plannerOf(world), shanghai('2025-03-11 09:00'));
      expect(await world.deliver(shanghai('2025-03-11 09:00'))).toHaveLength(121);
      await world.notices.save(numbered(2, 2));
      const plan = plannerOf(world);
      await runOut(plan, shanghai('2024-03-11 07:00'));
      expect(world.log.lines).toEqual(['系统时钟被调回，重新核对各订阅的发送时间']);
      expect(await world.deliver(EIGHT)).toEqual([]);
      await runOut(plan, EIGHT);
      const texts = await textsOf(world, EIGHT);
      expect(texts).toHaveLength(121);
      for (const text of texts) {
        expect(titles(text)).toEqual(['第2号']);
        expect(text).toContain('从 3月11日 08:00 到 3月11日 08:00');
      }
    }));

  it('or a rebuilt store does not silence a chat that was away meanwhile', () =>
    inWorld(async (world) => {
      const immediate = { ...DEFAULT_SETTINGS, mode: 'immediate' as const };
      await subscribe(world, subscription(1, { cursor: 500 }), subscription(2, { cursor: 500, settings: immediate }));
      await world.notices.save(numbered(1, 9));
      await runOut(plannerOf(world), shanghai('2025-03-11 09:00'));
      await world.deliver(shanghai('2025-03-11 09:00'));
      for (const chat of [1, 2]) await world.state.chats.deactivate(chat, 'blocked', EIGHT.toISOString());
      const rebuilt = { ...world, notices: createMemoryStore() };
      await rebuilt.notices.save(numbered(1, 2));
      await runOut(plannerOf(rebuilt), shanghai('2024-03-11 07:00'));
      const readers = createChatLifecycle(
        world.state,
        () => EIGHT,
        () => rebuilt.notices.newestKey(),
      );
      for (const chat of [1, 2]) await readers.activate(chat, 'private');
      await rebuilt.notices.save(numbered(20, 20));
      const next = shanghai('2024-03-12 08:00');
      for (const now of [EIGHT, next]) await runOut(plannerOf(rebuilt), now);
      const sent = await world.deliver(next);
      expect(new Set(sent.map(({ chatId }) => chatId))).toEqual(new Set([1, 2]));
    }));

  it('or a rebuilt store with fewer notices does not stop a digest', () =>
    inWorld(async (world) => {
      await subscribe(world, subscription(1, { cursor: 500 }));
      await world.notices.save(numbered(1, 3));
      await runOut(plannerOf(world), EIGHT);
      expect(await world.deliver(EIGHT)).toEqual([]);
      await world.notices.save(numbered(4, 4));
      const next = shanghai('2024-03-12 08:00');
      await runOut(plannerOf(world), next);
      expect((await textsOf(world, next)).map((text) => titles(text))).toEqual([['第4号']]);
    }));
});
