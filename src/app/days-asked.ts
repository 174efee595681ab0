import { addDays, dayInShanghai } from '../domain/day.js';
import type { PlainDate } from '../domain/notice.js';
import { recentDays, type DayRange, type Recency } from '../question/recency.js';
import { fullDatesIn, plainDate } from '../source/plain-date.js';
import { fold } from '../text/fold.js';

/** What a reader typed behind a command that takes a day. */
export type DaysAsked =
  | ({ readonly kind: 'days' } & DayRange)
  /** 3月11日, 3-11: which year is left to what there is. */
  | { readonly kind: 'month-day'; readonly month: number; readonly day: number };

/** Longer than any way of writing a day or two. */
const LONGEST = 40;
const FULL = /^([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?[日号]?$/;
const COMPACT = /^([0-9]{4})([0-9]{2})([0-9]{2})$/;
const MONTH_DAY = /^([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?[日号]?$/;

/**
 * Reads 今天, 昨天, 前天, 本周, 上周, 本月, 上个月, 2024-03-11, 2024年3月11日, 20240311,
 * 3月11日 and 3-11. Null for anything else and for days that no calendar has.
 */
export function daysAsked(text: string, recency: Recency, now: Date): DaysAsked | null {
  const asked = fold(text.slice(0, LONGEST + 1)).trim();
  if (asked === '' || asked.length > LONGEST) return null;
  if (asked === '前天' || asked === '前日') return one(addDays(dayInShanghai(now), -2));
  const stated = FULL.exec(asked) ?? COMPACT.exec(asked);
  if (stated !== null) {
    const date = plainDate(Number(stated[1]), Number(stated[2]), Number(stated[3]));
    return date === null ? null : one(date);
  }
  const yearless = MONTH_DAY.exec(asked);
  if (yearless !== null) {
    const [month, day] = [Number(yearless[1]), Number(yearless[2])];
    // A leap year, so that 2月29日 is a day.
    return plainDate(2024, month, day) === null ? null : { kind: 'month-day', month, day };
  }
  if (fullDatesIn(asked).length > 0) return null;
  const range = recentDays(asked, recency, now);
  return range === null ? null : { kind: 'days', ...range };
}

function one(date: PlainDate): DaysAsked {
  return { kind: 'days', from: date, to: date };
}

/**
 * The day that 3月11日 means: the latest such day for which there is something,
 * else the latest that is not to come.
 */
export function resolveMonthDay(
  { month, day }: { readonly month: number; readonly day: number },
  dates: Iterable<PlainDate | null>,
  now: Date,
): PlainDate {
  const tail = `-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  let latest: PlainDate | null = null;
  for (const date of dates) {
    if (date?.endsWith(tail) === true && (latest === null || date > latest)) latest = date;
  }
  if (latest !== null) return latest;
  const today = dayInShanghai(now);
  const year = Number(today.slice(0, 4));
  // 2月29日 comes every four years, and after a century's end after eight.
  for (let back = 0; back <= 8; back += 1) {
    const date = plainDate(year - back, month, day);
    if (date !== null && date <= today) return date;
  }
  return today;
}
