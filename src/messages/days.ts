import { dayInShanghai, weekdayOf } from '../domain/day.js';
import type { PlainDate } from '../domain/notice.js';

/**
 * Days as readers are told them, in every message alike: 3月15日, with the
 * weekday in brackets where one may have to act on it, and with the year where
 * it is not that of the clock. Machines get ISO dates instead.
 */

const WEEKDAYS = '日一二三四五六';

/** 3月15日; without a clock always with the year. */
export function dayWords(date: PlainDate, now?: Date): string {
  const year = now !== undefined && date.slice(0, 4) === dayInShanghai(now).slice(0, 4) ? '' : `${date.slice(0, 4)}年`;
  return `${year}${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

/** 3月15日（周五）. */
export function dayWithWeekday(date: PlainDate, now?: Date): string {
  return `${dayWords(date, now)}（周${weekdayName(date)}）`;
}

/** Both ends; a single day once. */
export function dayRange({ from, to }: { readonly from: PlainDate; readonly to: PlainDate }, now: Date): string {
  return from === to ? dayWithWeekday(from, now) : `${dayWithWeekday(from, now)}至${dayWithWeekday(to, now)}`;
}

/** 五 of 星期五. */
export function weekdayName(date: PlainDate): string {
  return WEEKDAYS.charAt(weekdayOf(date));
}

/** 3月15日 08:00: when something was, to the minute. */
export function minuteWords(instant: Date, now: Date): string {
  const day = dayInShanghai(instant);
  return `${dayWords(day, now)} ${new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)}`;
}
