import type { PlainDate } from '../../../domain/notice.js';

/** Calendar of working days, with public holidays and shifted weekends. */
export interface WorkingDayCalendar {
  /** Returns the number of working days, both ends included; null where the calendar does not cover the years. */
  count(from: PlainDate, to: PlainDate): number | null;
}

/** Calendar without data, which always returns null: a count of plain weekdays would contradict correct notices. */
export const NO_CALENDAR: WorkingDayCalendar = { count: () => null };
