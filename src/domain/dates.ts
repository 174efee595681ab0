import type { TimePoint } from './fact.js';
import type { PlainDate } from './notice.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Fixed UTC offset; exact, because China has one time zone and no daylight saving time. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const FULL_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** Returns the calendar day in Asia/Shanghai at an instant. */
export function dayInShanghai(instant: Date): PlainDate {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** Returns the number of days since 1970-01-01; meant for differences between days. */
export function dayNumber(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** Returns the date `days` days later, or earlier when `days` is negative. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** Returns the day of the week: 0 (Sunday) … 6 (Saturday). */
export function weekdayOf(date: PlainDate): number {
  return new Date(dayNumber(date) * DAY_MS).getUTCDay();
}

/** Converts a date and a time of day (`HH:MM`, `24:00` allowed) in Asia/Shanghai to an instant. */
export function instantAt(date: PlainDate, time: string): Date {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return new Date(Date.parse(`${date}T00:00:00Z`) - SHANGHAI_OFFSET_MS + minutes * MINUTE_MS);
}

export function isSameTimePoint(a: TimePoint | null, b: TimePoint | null): boolean {
  return a === b || (a !== null && b !== null && a.date === b.date && a.time === b.time);
}

/** Returns whether a time point is a valid date precise to the day, as reminders require. */
export function isPreciseToDay({ date }: TimePoint): boolean {
  return FULL_DATE.test(date) && !Number.isNaN(dayNumber(date));
}

/** Returns the instant from which a time point is past: the end of its day when it has no time. Full dates only. */
export function computeExpiry({ date, time }: TimePoint): Date {
  return instantAt(date, time ?? '24:00');
}

/** Returns the days from `now` to a time point, in Asia/Shanghai; negative for a past day. Full dates only. */
export function daysUntil({ date }: TimePoint, now: Date): number {
  return dayNumber(date) - dayNumber(dayInShanghai(now));
}
