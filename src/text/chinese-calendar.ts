import chineseDays from 'chinese-days';
import { weekdayOf } from '../domain/dates.js';
import type { PlainDate } from '../domain/notice.js';

/** First and last year with holiday data in chinese-days 1.5.7; for others it silently assumes plain weekdays. */
const FIRST_YEAR = 2004;
export const LAST_CALENDAR_YEAR = 2026;

/** Returns whether the holidays and shifted weekends of a day's year are known. */
export function hasHolidayData(date: PlainDate): boolean {
  const year = Number(date.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_CALENDAR_YEAR;
}

/**
 * Returns whether a day is a working day in mainland China: by holidays and shifted weekends where they are known, else
 * Monday to Friday.
 */
export function isWorkday(date: PlainDate): boolean {
  // A date string would be read as midnight UTC, which is the previous day in time zones west of it.
  if (hasHolidayData(date)) return chineseDays.isWorkday(new Date(`${date}T12:00:00`));
  const weekday = weekdayOf(date);
  return weekday >= 1 && weekday <= 5;
}
