import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewReminder } from '../../../src/domain/reminder.js';
import { createDigestPlanner } from '../../../src/notify/digests/digest-planner.js';
import { findNextReminderAt, listReminderTimes } from '../../../src/notify/reminders/reminder-times.js';
import { createReminderPlanner } from '../../../src/notify/reminders/reminder-planner.js';
import { notice, period, rules, shanghai } from '../cast.js';
import { inWorld, runOut, type World } from '../kit.js';

const wall = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const times = (date: string, time: string | null, days: number[]): string[] =>
  listReminderTimes({ date, time }, days).map(wall);

describe('the times of a reminder', () => {
  it('are the mornings of the days before and of the day itself', () => {
    expect(times('2024-03-15', null, [0, 3, 1])).toEqual(['2024-03-12 08:30', '2024-03-14 08:30', '2024-03-15 08:30']);
    expect(times('2024-03-01', '17:00', [1, 0])).toEqual(['2024-02-29 08:30', '2024-03-01 08:30']);
    expect(times('2024-03-15', '24:00', [0])).toEqual(['2024-03-15 08:30']);
  });

  it('are the evening before for what is due early on the day', () => {
    expect(times('2024-03-15', '09:00', [1, 0])).toEqual(['2024-03-14 08:30', '2024-03-14 20:00']);
    expect(times('2024-03-15', '10:29', [0])).toEqual(['2024-03-14 20:00']);
    expect(times('2024-03-15', '10:30', [0])).toEqual(['2024-03-15 08:30']);
    expect(times('2024-03-15', '00:00', [0])).toEqual(['2024-03-14 20:00']);
  });

  it('are none for what is not known to the day', () => {
    expect(times('2024-03', null, [3, 1, 0])).toEqual([]);
    expect(times('2024', null, [0])).toEqual([]);
  });

  it('lie before what they remind of, ascend, and the next is the first after now', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    const time = fc.option(
      fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`),
    );
    fc.assert(
      fc.property(day, time, fc.uniqueArray(fc.nat(10), { minLength: 1 }), day, (on, at, days, now) => {
        const due = { date: on.toISOString().slice(0, 10), time: at };
        const found = listReminderTimes(due, days);
        const end = shanghai(`${due.date} ${at ?? '23:59'}`);
        expect(found.length).toBe(days.length);
        found.forEach((one, i) => {
          expect(one < end).toBe(true);
          if (i > 0) expect(one > (found[i - 1] ?? one)).toBe(true);
        });
        const next = found.find((one) => one > now);
        expect(findNextReminderAt(due, days, now)).toBe(next?.toISOString() ?? null);
      }),
    );
  });
});

const course = notice('课程申报', [period('application', null, '2024-03-15 17:00', '申报时间')], {
  publishedOn: '2024-03-01',
});

function reminder(rest: Partial<NewReminder> = {}): NewReminder {
  return {
    chatId: 1,
    threadId: null,
    userId: 1,
    noticeId: '课程申报',
    noticeTitle: '课程申报',
    type: 'application',
    label: '申报时间',
    due: { date: '2024-03-15', time: '17:00' },
    daysBefore: [3, 1, 0],
    nextAt: shanghai('2024-03-12 08:30').toISOString(),
    version: 1,
    ...rest,
  };
}

const plannerOf = ({ state, notices, log }: World) => createReminderPlanner({ state, notices, rules, log });
async function set({ state, notices }: World, ...all: readonly NewReminder[]): Promise<number[]> {
  await notices.save([course]);
  await state.chats.activate(1, 'private', shanghai('2024-03-10 08:00').toISOString());
  const ids: number[] = [];
  for (const one of all) ids.push(await state.reminders.put(one));
  return ids;
}

describe('planning reminders', () => {
  it('sends each at its time, with the days that are left, and no more after the last', () =>
    inWorld(async (world) => {
      const [id = 0] = await set(world, reminder());
      const plan = plannerOf(world);
      const leads: string[] = [];
      for (const now of ['03-12 08:29', '03-12 08:30', '03-12 09:00', '03-14 08:30', '03-15 08:31', '03-15 18:00']) {
        await runOut(plan, shanghai(`2024-${now}`));
        for (const { message } of await world.deliver(shanghai(`2024-${now}`))) {
          leads.push(`${now} ${message.html.replace(/<[^>]*>/g, '').split('\n')[0] ?? ''}`);
        }
      }
      expect(leads).toEqual([
        '03-12 08:30 提醒：申报还有 3 天截止',
        '03-14 08:30 提醒：申报明天截止',
        '03-15 08:31 提醒：申报今天截止',
      ]);
      expect((await world.state.reminders.get(id))?.nextAt).toBeNull();
    }));

  it('says when, which notice, and how to get rid of it', () =>
    inWorld(async (world) => {
      await set(world, reminder());
      await runOut(plannerOf(world), shanghai('2024-03-12 08:30'));
      const [sent] = await world.deliver(shanghai('2024-03-12 08:30'));
      expect(sent?.message.html.replace(/<[^>]*>/g, '')).toBe(
        [
          '提醒：申报还有 3 天截止',
          '',
          '时间：3月15日（周五）17:00',
          '《课程申报》 3月1日',
          '查看或取消提醒：/reminders',
        ].join('\n'),
      );
      expect(sent?.message.buttons).toEqual([[{ text: '查看通知', data: 'n:1' }]]);
      expect(sent?.notAfter).toBe(shanghai('2024-03-15 17:00').toISOString());
    }));

  it('sends of those that were missed one, with the days that are left now', () =>
    inWorld(async (world) => {
      await set(world, reminder());
      await runOut(plannerOf(world), shanghai('2024-03-14 22:00'));
      const sent = await world.deliver(shanghai('2024-03-14 22:00'));
      expect(sent.map(({ message }) => message.html)).toEqual([expect.stringContaining('明天截止')]);
      expect((await world.state.reminders.listByNotices(['课程申报']))[0]?.nextAt).toBe(
        shanghai('2024-03-15 08:30').toISOString(),
      );
    }));

  it('sends those that are left after a clock that was far ahead is put right, and none twice', () =>
    inWorld(async (world) => {
      const [id = 0] = await set(world, reminder());
      await set(world, reminder({ noticeId: '不存', nextAt: null, due: { date: '2024-03-08', time: null } }));
      const leads: string[] = [];
      const at = async (wall: string): Promise<void> => {
        // Each as after a start: the clock may be put right while the bot is down.
        const [reminders, digests] = [plannerOf(world), createDigestPlanner({ ...world, rules })];
        for (const plan of [reminders, digests, reminders]) await runOut(plan, shanghai(wall));
        for (const { message } of await world.deliver(shanghai(wall))) {
          leads.push(`${wall.slice(5)} ${message.html.replace(/<[^>]*>/g, '').split('\n')[0] ?? ''}`);
        }
      };
      await at('2024-03-12 08:30');
      await at('2025-03-12 09:00');
      expect((await world.state.reminders.get(id))?.nextAt).toBeNull();
      for (const wall of ['2024-03-12 09:00', '2024-03-14 08:30', '2024-03-15 08:31']) await at(wall);
      expect(leads).toEqual([
        '03-12 08:30 提醒：申报还有 3 天截止',
        '03-14 08:30 提醒：申报明天截止',
        '03-15 08:31 提醒：申报今天截止',
      ]);
    }));

  it('sends none once the deadline is past, and says so in the log', () =>
    inWorld(async (world) => {
      const [id = 0] = await set(world, reminder());
      await runOut(plannerOf(world), shanghai('2024-03-15 17:00'));
      expect(await world.deliver(shanghai('2024-03-15 17:00'))).toEqual([]);
      expect((await world.state.reminders.get(id))?.nextAt).toBeNull();
      expect(world.log.lines).toEqual(['提醒的期限已过，不再发送']);
    }));

  it('knows a beginning from an end, and claims neither where the notice does not tell', () =>
    inWorld(async (world) => {
      const exam = notice('考试', [period('exam', '2024-03-15 09:00', '2024-03-16 17:00', '考试时间')]);
      const due = { date: '2024-03-15', time: '09:00' };
      await set(
        world,
        reminder({ noticeId: '考试', type: 'exam', label: '考试时间', due }),
        reminder({ noticeId: '没有了', noticeTitle: '旧<通知>', label: '' }),
      );
      await world.notices.save([exam]);
      const now = shanghai('2024-03-12 08:30');
      await runOut(plannerOf(world), now);
      const sent = await world.deliver(now);
      expect(sent.map(({ message }) => message.html.replace(/<[^>]*>/g, '').split('\n')[0])).toEqual([
        '提醒：考试还有 3 天开始',
        '提醒：申报，还有 3 天',
      ]);
      expect(sent[1]?.message).toMatchObject({
        html: expect.stringContaining('《旧&lt;通知&gt;》') as string,
        buttons: [],
      });
    }));
});
