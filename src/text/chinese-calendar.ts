import chineseDays from 'chinese-days';
import { weekdayOf } from '../domain/day.js';
import type { PlainDate } from '../domain/notice.js';

/** The years whose holidays the library holds (chinese-days 1.5.7); of others it silently takes plain weekdays. */
const FIRST_YEAR = 2004;
export const LAST_CALENDAR_YEAR = 2026;

/** True for days whose holidays and shifted weekends are known. */
export function calendarCovers(date: PlainDate): boolean {
  const year = Number(date.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_CALENDAR_YEAR;
}

/**
 * Whether offices of mainland China work on a day: with its holidays and
 * shifted weekends where they are known, else from Monday to Friday.
 */
export function isWorkday(date: PlainDate): boolean {
  // As a text it would be midnight in London, and so the day before wherever the process runs west of it.
  if (calendarCovers(date)) return chineseDays.isWorkday(new Date(`${date}T12:00:00`));
  const weekday = weekdayOf(date);
  return weekday >= 1 && weekday <= 5;
}
