import { describe, expect, it } from 'vitest';
import type { PeriodFact } from '../../../src/domain/fact.js';
import type { NewReminder, AnnouncedFact } from '../../../src/domain/reminder.js';
import { createCorrectionPlanner } from '../../../src/notify/corrections/correction-planner.js';
import { createReminderPlanner } from '../../../src/notify/reminders/reminder-planner.js';
import { createMemoryStore } from '../../../src/store/notices/memory-notice-store.js';
import type { NoticeRecord } from '../../../src/store/notice-store.js';
import { notice, period, rules, shanghai } from '../cast.js';
import { inWorld as inWorldOf, logged, runOut, type World } from '../kit.js';

const NOW = shanghai('2024-03-10 12:00');
const FACT = period('publicity', '2024-03-11', '2024-03-15', '公示时间');

/** The chats of these tests. */
const CHATS = [1, 2, ...Array.from({ length: 120 }, (_, i) => [1_000 + i, 2_000 + i]).flat()];
const inWorld = (use: (world: World) => Promise<void>): Promise<void> => inWorldOf(use, CHATS);

/** One body a version, so that each is a change. */
let versions = 0;
const version = (...facts: PeriodFact[]): NoticeRecord => {
  versions += 1;
  return notice('课程公示', facts, { id: 'course', publishedOn: '2024-03-08' }, `第${versions}版。`);
};

function told(fact: PeriodFact, rest: Partial<AnnouncedFact> = {}): AnnouncedFact {
  const { type, label, start, end } = fact;
  const at = { chatId: 1, threadId: null, noticeId: 'course', version: 1, announcedAt: NOW.toISOString() };
  return { ...at, type, label, start, end, ...rest };
}

function reminder(rest: Partial<NewReminder> = {}): NewReminder {
  return {
    chatId: 1,
    threadId: null,
    userId: 1,
    noticeId: 'course',
    noticeTitle: '课程公示',
    type: 'publicity',
    label: '公示时间',
    due: { date: '2024-03-15', time: null },
    daysBefore: [3, 1, 0],
    nextAt: shanghai('2024-03-12 08:30').toISOString(),
    version: 1,
    ...rest,
  };
}

const plannerOf = ({ state, notices, log }: World) => createCorrectionPlanner({ state, notices, rules, log });
async function correct(world: World, now = NOW): Promise<string[]> {
  await runOut(plannerOf(world), now);
  return (await world.deliver(now)).map(({ message }) => message.html.replace(/<[^>]*>/g, ''));
}
const linesOf = (text = ''): string[] => text.split('\n').slice(3);

describe('corrections', () => {
  it('tell a chat once what was said before and what is said now', () =>
    inWorld(async (world) => {
      await world.notices.save([version(FACT)]);
      await world.state.announcedFacts.put([told(FACT), told(FACT, { chatId: 2 })]);
      expect(await correct(world)).toEqual([]);
      const moved = period('publicity', '2024-03-11', '2024-03-20 17:00', '公示时间');
      await world.notices.save([version(moved)]);
      const [text, other, ...more] = await correct(world);
      expect(more).toEqual([]);
      expect(other).toBe(text);
      expect(text).toBe(
        [
          '通知有更正',
          '',
          '《课程公示》 3月8日',
          '公示时间改为3月11日（周一）至3月20日（周三）17:00，原来是3月11日（周一）至3月15日（周五）。',
        ].join('\n'),
      );
      expect(await world.state.announcedFacts.listByNotices(['course'])).toMatchObject([
        { chatId: 1, end: moved.end, version: 2 },
        { chatId: 2, end: moved.end, version: 2 },
      ]);
      expect(await correct(world)).toEqual([]);
      await world.notices.save([version(moved)]);
      expect(await correct(world)).toEqual([]);
    }));

  it('move reminders, and the moved one is sent at its new time', () =>
    inWorld(async (world) => {
      await world.notices.save([version(FACT)]);
      await world.state.announcedFacts.put([told(FACT)]);
      const id = await world.state.reminders.put(reminder());
      await world.notices.save([version(period('publicity', '2024-03-11', '2024-03-20', '公示时间'))]);
      const [text, ...others] = await correct(world);
      expect(others).toEqual([]);
      expect(linesOf(text)).toEqual([
        '公示时间改为3月11日（周一）至3月20日（周三），原来是3月11日（周一）至3月15日（周五）。',
        '您的提醒已改为按3月20日（周三）发送。',
      ]);
      expect(await world.state.reminders.get(id)).toMatchObject({
        due: { date: '2024-03-20', time: null },
        nextAt: shanghai('2024-03-17 08:30').toISOString(),
        version: 2,
      });
      const remind = createReminderPlanner({ ...world, rules });
      await runOut(remind, shanghai('2024-03-15 09:00'));
      expect(await world.deliver(shanghai('2024-03-15 09:00'))).toEqual([]);
      await runOut(remind, shanghai('2024-03-17 08:30'));
      expect(await world.deliver(shanghai('2024-03-17 08:30'))).toHaveLength(1);
    }));

  it('bring a reminder back that had been sent, and say when nothing can be reminded of any more', () =>
    inWorld(async (world) => {
      await world.notices.save([version(FACT)]);
      const id = await world.state.reminders.put(reminder({ nextAt: null, daysBefore: [3] }));
      await world.notices.save([version(period('publicity', null, '2024-03-30', '公示时间'))]);
      const now = shanghai('2024-03-14 12:00');
      expect(linesOf((await correct(world, now))[0])).toEqual([
        '公示时间改为3月30日（周六），原来是3月15日（周五）。',
        '您的提醒已改为按3月30日（周六）发送。',
      ]);
      expect((await world.state.reminders.get(id))?.nextAt).toBe(shanghai('2024-03-27 08:30').toISOString());
      await world.notices.save([version(period('publicity', null, '2024-03-16', '公示时间'))]);
      expect(linesOf((await correct(world, now))[0])[1]).toBe(
        '离3月16日（周六）太近，来不及再提醒，这条提醒不再发送。',
      );
      expect((await world.state.reminders.get(id))?.nextAt).toBeNull();
    }));

  it('say once that the notice no longer states it, keep the reminder, and tell when it is stated again', () =>
    inWorld(async (world) => {
      await world.notices.save([version(FACT)]);
      await world.state.announcedFacts.put([told(FACT)]);
      const id = await world.state.reminders.put(reminder());
      await world.notices.save([version(period('signature', '2024-03-08', '2024-03-08'))]);
      expect(linesOf((await correct(world))[0])).toEqual([
        '公示时间：现在的通知里没有写这一项，原来是3月11日（周一）至3月15日（周五）。',
        '您的提醒仍按3月15日（周五）发送，不需要时可用 /reminders 取消。',
      ]);
      expect(await world.state.reminders.get(id)).toMatchObject({ due: { date: '2024-03-15' }, version: 2 });
      await world.notices.save([version()]);
      expect(await correct(world)).toEqual([]);
      await world.notices.save([version(period('publicity', null, '2024-03-18', '公示时间'))]);
      expect(linesOf((await correct(world))[0])).toEqual([
        '公示时间：现在写明是3月18日（周一）止。',
        '您的提醒已改为按3月18日（周一）发送。',
      ]);
    }));

  it('find the same fact among others, by its words, by what it still says, or as the only one of its kind', () =>
    inWorld(async (world) => {
      const [first, second] = [
        period('registration', '2024-03-11', '2024-03-15', '报名时间'),
        period('registration', '2024-03-18', '2024-03-22', '报名时间'),
      ];
      const pay = period('payment', null, '2024-03-25', '缴费截止');
      await world.notices.save([version(first, second, pay)]);
      await world.state.announcedFacts.put([
        told(second),
        told(pay, { chatId: 2 }),
        told(period('exam', '2024-04-01', '2024-04-01', '笔试时间'), { chatId: 3 }),
      ]);
      const later = period('registration', '2024-03-18', '2024-03-24', '报名时间');
      await world.notices.save([
        version(
          period('registration', '2024-03-11', '2024-03-16', '报名时间'),
          later,
          period('payment', null, '2024-03-27', '缴费时间延长至'),
          period('exam', '2024-04-01', '2024-04-01', '考试日期'),
        ),
      ]);
      const texts = await correct(world);
      expect(texts.map((text) => linesOf(text)).sort()).toEqual(
        [
          ['报名时间改为3月18日（周一）至3月24日（周日），原来是3月18日（周一）至3月22日（周五）。'],
          ['缴费截止改为3月27日（周三）止，原来是3月25日（周一）止。'],
        ].sort(),
      );
    }));

  it('are silent about what is past in both versions, but remember it', () =>
    inWorld(async (world) => {
      await world.notices.save([version(FACT)]);
      await world.state.announcedFacts.put([told(FACT)]);
      await world.notices.save([version(period('publicity', '2024-03-11', '2024-03-16', '公示时间'))]);
      expect(await correct(world, shanghai('2024-04-01 08:00'))).toEqual([]);
      expect(await world.state.announcedFacts.listByNotices(['course'])).toMatchObject([
        { end: { date: '2024-03-16' }, version: 2 },
      ]);
    }));

  it('are one message for all that changed in a notice, and go to the topic that was told', () =>
    inWorld(async (world) => {
      const registration = period('registration', null, '2024-03-14', '报名时间');
      await world.notices.save([version(FACT, registration)]);
      await world.state.announcedFacts.put([told(FACT, { threadId: 7 }), told(registration, { threadId: 7 })]);
      await world.notices.save([
        version(
          period('publicity', '2024-03-12', '2024-03-16', '公示时间'),
          period('registration', null, '2024-03-18', '报名时间'),
        ),
      ]);
      await runOut(plannerOf(world), NOW);
      const [sent, ...others] = await world.deliver(NOW);
      expect(others).toEqual([]);
      expect(sent).toMatchObject({ chatId: 1, threadId: 7, kind: 'correction' });
      expect(sent?.key).toMatch(/^correction:1:7:course:v2:[0-9a-f]+:1$/);
      expect(linesOf(sent?.message.html)).toHaveLength(2);
    }));

  it('go through many notices and chats in bounded steps, and rest until the notices change', () =>
    inWorld(async (world) => {
      const of = (i: number, end: string, body: string): NoticeRecord =>
        notice(`第${i}号`, [period('publicity', null, end, '公示时间')], {}, body);
      const ids = Array.from({ length: 120 }, (_, i) => i);
      await world.notices.save(ids.map((i) => of(i, '2024-03-15', '旧')));
      const fact = period('publicity', null, '2024-03-15', '公示时间');
      await world.state.announcedFacts.put(ids.map((i) => told(fact, { noticeId: `第${i}号` })));
      await world.state.announcedFacts.put(ids.map((i) => told(fact, { noticeId: '第5号', chatId: 1_000 + i })));
      await world.state.announcedFacts.put(ids.map((i) => told(fact, { noticeId: '第5号', chatId: 2_000 + i })));
      await runOut(plannerOf(world), NOW);
      await world.notices.save(ids.map((i) => of(i, '2024-03-18', '新')));
      const plan = plannerOf(world);
      let steps = 1;
      while (await plan(NOW)) steps += 1;
      expect(steps).toBeGreaterThanOrEqual(3);
      expect(await world.deliver(NOW)).toHaveLength(360);
      // Resting is one look at the revision: the tables are not read.
      const told2 = { ...world.state.announcedFacts, noticeIds: () => Promise.reject(new Error('read')) };
      const resting = createCorrectionPlanner({ ...world, state: { ...world.state, announcedFacts: told2 }, rules });
      expect(await resting(NOW)).toBe(false);
      await world.notices.save([of(1, '2024-03-19', '更新')]);
      await expect(resting(NOW)).rejects.toThrow('read');
    }));

  it('go on after a crash between two rows of one chat without a second message', () =>
    inWorld(async (world) => {
      await world.notices.save([version(FACT)]);
      await world.state.announcedFacts.put([told(FACT)]);
      const id = await world.state.reminders.put(reminder());
      await world.notices.save([version(period('publicity', '2024-03-11', '2024-03-20', '公示时间'))]);
      const broken = {
        ...world.state,
        reminders: { ...world.state.reminders, replaceIfUnchanged: () => Promise.reject(new Error('power cut')) },
      };
      await expect(createCorrectionPlanner({ ...world, state: broken, rules, log: logged() })(NOW)).rejects.toThrow(
        'power cut',
      );
      expect(await correct(world)).toHaveLength(1);
      expect(await world.state.reminders.get(id)).toMatchObject({ due: { date: '2024-03-20' } });
    }));

  it('compare with notices that were rebuilt, whatever their version is now', () =>
    inWorld(async (world) => {
      await world.notices.save([version(FACT)]);
      await world.state.announcedFacts.put([told(FACT, { version: 4 })]);
      expect(await correct(world)).toEqual([]);
      const notices = createMemoryStore();
      await notices.save([version(period('publicity', '2024-03-11', '2024-03-19', '公示时间')), notice('别的')]);
      await notices.save([notice('另外的')]);
      expect(await correct({ ...world, notices })).toHaveLength(1);
    }));
});
