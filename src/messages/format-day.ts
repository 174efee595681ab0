import { dayInShanghai, weekdayOf } from '../domain/dates.js';
import type { PlainDate } from '../domain/notice.js';

/**
 * Day formats for readers, the same in every message: 3月15日; with the weekday in brackets where a reader may have to
 * act on that day; with the year where it differs from the clock's. Machine output has ISO dates instead.
 */

const WEEKDAYS = '日一二三四五六';

/** Formats a day as 3月15日, or as 2024年3月15日 when `now` is missing or of another year. */
export function formatDay(date: PlainDate, now?: Date): string {
  const year = now !== undefined && date.slice(0, 4) === dayInShanghai(now).slice(0, 4) ? '' : `${date.slice(0, 4)}年`;
  return `${year}${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

/** Formats a day with its weekday: 3月15日（周五）. */
export function formatDayWithWeekday(date: PlainDate, now?: Date): string {
  return `${formatDay(date, now)}（周${weekdayName(date)}）`;
}

/** Formats a range with both ends: 3月15日（周五）至3月18日（周一）; a single day once. */
export function formatDayRange({ from, to }: { readonly from: PlainDate; readonly to: PlainDate }, now: Date): string {
  return from === to
    ? formatDayWithWeekday(from, now)
    : `${formatDayWithWeekday(from, now)}至${formatDayWithWeekday(to, now)}`;
}

/** Returns the last character of the weekday's name: 五 of 星期五. */
export function weekdayName(date: PlainDate): string {
  return WEEKDAYS.charAt(weekdayOf(date));
}

/** Formats an instant in Asia/Shanghai to the minute: 3月15日 08:00. */
export function formatInstant(instant: Date, now: Date): string {
  const day = dayInShanghai(instant);
  return `${formatDay(day, now)} ${new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)}`;
}
