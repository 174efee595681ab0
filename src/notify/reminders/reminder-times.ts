import { addDays, instantAt, isPreciseToDay } from '../../domain/dates.js';
import type { TimePoint } from '../../domain/fact.js';

/** Time of reminders (Asia/Shanghai): offices have opened, and readers are awake. */
const MORNING = '08:30';
const EVENING = '20:00';
/** Least time from the morning to the deadline; below it the reminder comes the evening before, while one can act. */
const MIN_NOTICE_MS = 2 * 3_600_000;

/**
 * Returns the times of reminders: the mornings (08:30 in Asia/Shanghai) of the days before, and of the day itself for
 * 0; for what is due early on the day (before 10:30) the evening before (20:00) instead. Distinct, ascending; empty
 * when `due` is not known to the day.
 */
export function listReminderTimes(due: TimePoint, daysBefore: readonly number[]): Date[] {
  if (!isPreciseToDay(due)) return [];
  const times = daysBefore.map((days) =>
    days === 0 ? reminderTimeOnDay(due) : instantAt(addDays(due.date, -days), MORNING),
  );
  const distinct = new Set(times.map((time) => time.getTime()));
  return [...distinct].sort((a, b) => a - b).map((time) => new Date(time));
}

/** Returns the first reminder time after `now` (ISO 8601, UTC); null when none is left. */
export function findNextReminderAt(due: TimePoint, daysBefore: readonly number[], now: Date): string | null {
  const next = listReminderTimes(due, daysBefore).find((time) => time > now);
  return next?.toISOString() ?? null;
}

function reminderTimeOnDay({ date, time }: TimePoint): Date {
  const morning = instantAt(date, MORNING);
  const isEarly = time !== null && instantAt(date, time).getTime() - morning.getTime() < MIN_NOTICE_MS;
  return isEarly ? instantAt(addDays(date, -1), EVENING) : morning;
}
