import { dayInShanghai, dayNumber } from './day.js';
import type { Moment } from './fact.js';
import type { PlainDate } from './notice.js';

const FULL_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const MINUTE_MS = 60_000;

/** True when it is known to the day, so that one can be reminded of it. */
export function isFullDate({ date }: Moment): boolean {
  return FULL_DATE.test(date) && !Number.isNaN(dayNumber(date));
}

/** The instant of a time of day (`HH:MM`, `24:00` allowed) in Asia/Shanghai. */
export function instantAt(date: PlainDate, time: string): Date {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return new Date(Date.parse(`${date}T00:00:00+08:00`) + minutes * MINUTE_MS);
}

/** From when on it is past: the end of the day where no time of day is stated. Only for full dates. */
export function pastFrom({ date, time }: Moment): Date {
  return instantAt(date, time ?? '24:00');
}

/** Days from the day of an instant to that of a moment, in Asia/Shanghai; negative once it is past. Only for full dates. */
export function daysUntil({ date }: Moment, now: Date): number {
  return dayNumber(date) - dayNumber(dayInShanghai(now));
}

export function sameMoment(a: Moment | null, b: Moment | null): boolean {
  return a === b || (a !== null && b !== null && a.date === b.date && a.time === b.time);
}
