import type { PlainDate } from './notice.js';

const DAY_MS = 86_400_000;
/** Fixed UTC offset; exact, because China has one time zone and no daylight saving time. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

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
