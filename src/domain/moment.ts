import { dayInShanghai, dayNumber } from './day.js';
import type { TimePoint } from './fact.js';
import type { PlainDate } from './notice.js';

const FULL_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const MINUTE_MS = 60_000;

/** Returns whether a moment is a valid date precise to the day, as reminders require. */
export function isPreciseToDay({ date }: TimePoint): boolean {
  return FULL_DATE.test(date) && !Number.isNaN(dayNumber(date));
}

/** Converts a date and a time of day (`HH:MM`, `24:00` allowed) in Asia/Shanghai to an instant. */
export function instantAt(date: PlainDate, time: string): Date {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return new Date(Date.parse(`${date}T00:00:00+08:00`) + minutes * MINUTE_MS);
}

/** Returns the instant from which a moment is past: the end of its day when it has no time. Full dates only. */
export function computeExpiry({ date, time }: TimePoint): Date {
  return instantAt(date, time ?? '24:00');
}

/** Returns the days from `now` to a moment, in Asia/Shanghai; negative for a past day. Full dates only. */
export function daysUntil({ date }: TimePoint, now: Date): number {
  return dayNumber(date) - dayNumber(dayInShanghai(now));
}

export function isSameTimePoint(a: TimePoint | null, b: TimePoint | null): boolean {
  return a === b || (a !== null && b !== null && a.date === b.date && a.time === b.time);
}
