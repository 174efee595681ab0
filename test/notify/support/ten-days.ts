import { DEFAULT_SETTINGS, type SubscriptionSettings } from '../../../src/domain/subscription.js';
import type { NoticeRecord } from '../../../src/store/notice-store.js';
import { notice, period, shanghai } from '../cast.js';

/** Friday; Sunday the 4th is worked, and from Saturday the 10th it is Spring Festival. */
export const START = shanghai('2024-02-02 00:00');
/** The bot looks this often; not a divisor of an hour, so that it is mostly late. */
export const BOT_MINUTES = 23;

const HOUR = 60;
const DAY = 24 * HOUR;
/** The first time at which the bot looks, from a minute on. */
const lookFrom = (minute: number): number => Math.ceil(minute / BOT_MINUTES) * BOT_MINUTES;
/** Both when something has just become due. */
const FIRST_STOP = lookFrom(DAY + 7 * HOUR + 30);
const SECOND_STOP = lookFrom(7 * DAY);
const DOWN: readonly [number, number][] = [
  [FIRST_STOP, FIRST_STOP + 161],
  // Over a whole day.
  [SECOND_STOP, 8 * DAY + 9 * HOUR + 20],
];
/** On the 5th at 14:30 by the sun the clock is set back by three hours, on the 7th at 03:00 forwards again. */
export const SET_BACK = 3 * DAY + 14 * HOUR + 30;
const SET_RIGHT = 5 * DAY + 3 * HOUR;

/** What the clock shows in a minute of the ten days, and whether the bot runs (`stops`: for the last time). */
export function clockAt(minute: number): { wall: Date; bot: 'up' | 'stops' | 'down' } {
  const offset = minute >= SET_BACK && minute < SET_RIGHT ? -3 * HOUR : 0;
  const down = DOWN.find(([from, to]) => minute >= from && minute < to);
  return {
    wall: new Date(START.getTime() + (minute + offset) * 60_000),
    bot: down === undefined ? 'up' : minute === down[0] ? 'stops' : 'down',
  };
}

const COLUMNS = ['公示公告', '教育动态', '通知', null] as const;
const SUBJECTS = ['线上课程', '教师招聘', '高职考试', '体育器材'] as const;

export interface Published {
  readonly minute: number;
  readonly title: string;
  readonly column: string | null;
  /** `2024-02-09` or `2024-02-09 17:00`. */
  readonly deadline: string | null;
  readonly record: NoticeRecord;
}

/** Twenty-six notices at odd times, some while the bot is down; every other one with a deadline some days ahead. */
export const PUBLISHED: readonly Published[] = Array.from({ length: 26 }, (_, i) => {
  const minute = 11 + i * 541 + ((i * i * 37) % 200);
  const column = COLUMNS[(i * 7) % 4] ?? null;
  const title = `第${String(i).padStart(2, '0')}号${SUBJECTS[(i * 5 + (i >> 2)) % 4] ?? ''}`;
  const day = new Date(START.getTime() + (minute + 8 * HOUR) * 60_000 + ((i % 9) + 1) * DAY * 60_000);
  const date = day.toISOString().slice(0, 10);
  const deadline = i % 2 === 0 ? null : i % 4 === 1 ? date : `${date} ${['09:00', '17:00', '24:00'][i % 3] ?? ''}`;
  const facts = [period('signature', date, date), period('other', null, date)];
  if (deadline !== null) facts.push(period('application', '2024-02-01', deadline, '申报时间'));
  const record = notice(title, facts, { column, url: `https://example.cn/${i}`, publishedOn: date });
  return { minute, title, column, deadline, record };
});

export interface Subscriber {
  readonly chatId: number;
  readonly threadId: number | null;
  readonly settings: SubscriptionSettings;
}

const some = (rest: Partial<SubscriptionSettings>): SubscriptionSettings => ({ ...DEFAULT_SETTINGS, ...rest });
const TIMES = ['00:00', '07:00', '07:30', '08:00', '09:12', '11:45', '12:00', '14:20', '18:30', '23:59'] as const;

/** Ten that want a digest a day at different times, and ten that differ in everything else. */
export const SUBSCRIBERS: readonly Subscriber[] = [
  ...TIMES.map((time, i) => ({
    chatId: 101 + i,
    threadId: null,
    settings: some({ time, quietWhenEmpty: i % 2 === 0, deadlineDays: [7, 3, 0, 1, 2][i % 5] ?? 7 }),
  })),
  { chatId: 201, threadId: null, settings: some({ days: 'workdays', time: '07:30', deadlineDays: 2 }) },
  { chatId: 202, threadId: null, settings: some({ days: 'workdays', time: '13:00', quietWhenEmpty: false }) },
  { chatId: 203, threadId: null, settings: some({ days: 'weekly', weekday: 1, time: '12:30', deadlineDays: 0 }) },
  { chatId: 204, threadId: null, settings: some({ days: 'weekly', weekday: 7, time: '08:00', deadlineDays: 3 }) },
  { chatId: 205, threadId: null, settings: some({ columns: ['公示公告', '通知'], exclude: ['体育'] }) },
  // Traditional and full-width: the oracle has its own table of what is meant.
  { chatId: 206, threadId: null, settings: some({ include: ['線上', '０５'], time: '14:00' }) },
  { chatId: -1001, threadId: 5, settings: some({ include: ['考试'], deadlineDays: 3 }) },
  { chatId: -1001, threadId: 9, settings: some({ include: ['招聘'], exclude: ['体育'], time: '12:10' }) },
  { chatId: 207, threadId: null, settings: some({ mode: 'immediate' }) },
  { chatId: 208, threadId: null, settings: some({ mode: 'immediate', include: ['考试', '课程'], columns: ['通知'] }) },
];
