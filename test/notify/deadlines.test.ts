import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/domain/subscription.js';
import {
  formatDeadline,
  listDeadlines,
  prepareDeadlines,
  selectUpcoming,
  UpcomingDeadlineCache,
} from '../../src/notify/deadlines.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import type { StoredNotice } from '../../src/store/notice-store.js';
import { notice, period, rules, shanghai, storedAs } from './cast.js';

const NOW = shanghai('2024-03-11 09:00');
const near = (notices: readonly StoredNotice[], days = 7, from = NOW): string[] =>
  selectUpcoming(prepareDeadlines(notices, from, rules), from, days).map(({ stored, due }) =>
    `${stored.notice.title} ${due.date} ${due.time ?? ''}`.trim(),
  );

describe('deadlines near', () => {
  it('are the ends of what people act on, soonest first', () => {
    const notices = [
      storedAs(1, notice('公示甲', [period('publicity', '2024-03-08', '2024-03-15')])),
      storedAs(2, notice('报名乙', [period('registration', null, '2024-03-12 17:00')])),
      storedAs(3, notice('报名丙', [period('registration', null, '2024-03-12 09:00')])),
    ];
    expect(near(notices)).toEqual(['报名丙 2024-03-12 09:00', '报名乙 2024-03-12 17:00', '公示甲 2024-03-15']);
  });

  it('are the beginning of an exam or an activity', () => {
    const exam = storedAs(1, notice('考试', [period('exam', '2024-03-16 09:00', '2024-03-30 11:00')]));
    expect(near([exam])).toEqual(['考试 2024-03-16 09:00']);
    expect(near([exam], 30, shanghai('2024-03-16 09:00'))).toEqual([]);
  });

  it('are no days on which the news say that something took place, but those under a heading', () => {
    const of = (label: string): StoredNotice =>
      storedAs(1, notice('活动', [period('activity', '2024-03-14', '2024-03-14', label)]));
    expect(near([of('召开的国务院常务会议强调')])).toEqual([]);
    expect(near([of('')])).toEqual([]);
    expect(near([of('培训时间')])).toEqual(['活动 2024-03-14']);
  });

  it('leave out what is no deadline or has no day', () => {
    const facts = [
      period('signature', '2024-03-12', '2024-03-12'),
      period('cited', '2024-03-12', '2024-03-12'),
      period('other', null, '2024-03-12'),
      period('effective', '2024-03-12', '2024-03-12'),
      period('opening', '2024-03-12', '2024-03-12'),
      period('registration', '2024-03-12', null),
      period('registration', null, '2024-03'),
    ];
    expect(near([storedAs(1, notice('无', facts))])).toEqual([]);
  });

  it('are over at their time of day, or with the day where none is stated', () => {
    const timed = [storedAs(1, notice('甲', [period('application', null, '2024-03-11 17:00')]))];
    const whole = [storedAs(2, notice('乙', [period('application', null, '2024-03-11')]))];
    const last = [storedAs(3, notice('丙', [period('application', null, '2024-03-11 24:00')]))];
    expect(near(timed, 1, shanghai('2024-03-11 16:59'))).toHaveLength(1);
    expect(near(timed, 1, shanghai('2024-03-11 17:00'))).toEqual([]);
    for (const day of [whole, last]) {
      expect(near(day, 1, shanghai('2024-03-11 23:59'))).toHaveLength(1);
      expect(near(day, 1, shanghai('2024-03-12 00:00'))).toEqual([]);
    }
  });

  it('reach so many days ahead, by the calendar of Shanghai, and for none nowhere', () => {
    const notices = [storedAs(1, notice('甲', [period('payment', null, '2024-03-14')]))];
    expect(near(notices, 3)).toHaveLength(1);
    expect(near(notices, 2)).toEqual([]);
    expect(near(notices, 2, shanghai('2024-03-12 00:00'))).toHaveLength(1);
    expect(near(notices, 0, shanghai('2024-03-14 08:00'))).toEqual([]);
  });

  it('name a notice that was posted again once, by its title or by its text', () => {
    const fact = period('registration', null, '2024-03-15');
    const first = storedAs(1, notice('教师招聘公告', [fact], { id: 'a' }));
    const sameTitle = storedAs(2, notice('教师 招聘公告', [fact], { id: 'b' }, '别的正文。'));
    const sameText = storedAs(3, notice('转发：教师招聘公告', [fact], { id: 'c' }, first.notice.body));
    const other = storedAs(4, notice('医生招聘公告', [fact], { id: 'd' }, '又是别的。'));
    expect(near([first, sameTitle, sameText, other])).toEqual(['教师招聘公告 2024-03-15', '医生招聘公告 2024-03-15']);
    const moved = storedAs(5, notice('教师招聘公告', [period('registration', null, '2024-03-16')], { id: 'e' }));
    expect(near([first, moved])).toHaveLength(2);
  });

  it('name what a notice states twice once, with the words it has for it', () => {
    const facts = [
      period('publicity', null, '2024-03-15'),
      period('publicity', '2024-03-11', '2024-03-15', '公示时间'),
    ];
    const found = listDeadlines(storedAs(1, notice('甲', facts)), NOW, rules);
    expect(found.map(({ fact }) => fact.label)).toEqual(['公示时间']);
  });

  it('are said with the day of the week, the time and the days that are left', () => {
    const words = (end: string, label: string, now = NOW): string[] =>
      listDeadlines(storedAs(1, notice('甲', [period('submission', null, end, label)])), now, rules).map((deadline) =>
        formatDeadline(deadline, now),
      );
    expect(words('2024-03-15 17:00', '申报书上传时间')).toEqual(['申报书上传截止：3月15日（周五）17:00，还有 4 天']);
    expect(words('2024-03-12', '')).toEqual(['提交材料截止：3月12日（周二），明天']);
    expect(words('2024-03-11', '时间')).toEqual(['提交材料截止：3月11日（周一），今天']);
    expect(words('2025-01-02', '将《申报书》上传至职业院校教师素质提高平台')).toEqual([
      '提交材料截止：2025年1月2日（周四），还有 297 天',
    ]);
  });
});

const due = (title: string, end: string) => notice(title, [period('registration', null, end)]);

async function counting() {
  const store = createMemoryStore();
  await store.save([due('甲课程', '2024-03-12'), due('乙考试', '2024-03-20'), due('丙课程', '2024-03-13')]);
  const counted = { reads: 0, fail: false };
  const upcoming = new UpcomingDeadlineCache(
    {
      revision: () => store.revision(),
      withPeriods: (...args) => {
        counted.reads += 1;
        return counted.fail ? Promise.reject(new Error('disk')) : store.withPeriods(...args);
      },
    },
    rules,
  );
  const titles = async (rest: Partial<typeof DEFAULT_SETTINGS>, from = NOW, days = 7): Promise<string[]> =>
    (await upcoming.list({ ...DEFAULT_SETTINGS, ...rest }, from, days)).map(({ stored }) => stored.notice.title);
  return { store, counted, titles };
}

describe('the deadlines near, for many chats', () => {
  it('are filtered for each, and read once for all that ask', async () => {
    const { counted, titles } = await counting();
    const all = await Promise.all([
      titles({}),
      titles({ include: ['课程'] }),
      titles({ exclude: ['甲'] }),
      titles({}, NOW, 1),
    ]);
    expect(all).toEqual([['甲课程', '丙课程'], ['甲课程', '丙课程'], ['丙课程'], ['甲课程']]);
    expect(counted.reads).toBe(1);
    expect(await titles({}, NOW, 14)).toEqual(['甲课程', '丙课程', '乙考试']);
    expect(await titles({}, NOW, 7)).toEqual(['甲课程', '丙课程']);
    expect(counted.reads).toBe(2);
    expect(await titles({}, NOW, 0)).toEqual([]);
  });

  it('are read again when the notices change, and on another day', async () => {
    const { store, counted, titles } = await counting();
    await titles({});
    await store.save([due('丁', '2024-03-11')]);
    expect(await titles({})).toEqual(['丁', '甲课程', '丙课程']);
    expect(await titles({}, shanghai('2024-03-13 09:00'))).toEqual(['丙课程', '乙考试']);
    expect(counted.reads).toBe(3);
  });

  it('are read again after a reading that failed', async () => {
    const { counted, titles } = await counting();
    counted.fail = true;
    await expect(titles({})).rejects.toThrow('disk');
    counted.fail = false;
    expect(await titles({})).toHaveLength(2);
  });
});
