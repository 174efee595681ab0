import type { PlainDate } from '../../domain/notice.js';

/** Counts working days with the holidays and the shifted weekends of the year. */
export interface WorkingDayCalendar {
  /** Both ends included; null where the calendar does not cover the years. */
  count(from: PlainDate, to: PlainDate): number | null;
}

/**
 * Knows no holidays, so it never tells: a count of plain weekdays would
 * contradict notices that are right.
 */
export const NO_CALENDAR: WorkingDayCalendar = { count: () => null };
