import { addDays, dayNumber } from '../../domain/day.js';
import { calendarCovers, isWorkday } from '../../text/chinese-calendar.js';
import type { WorkingDayCalendar } from './working-days.js';

/** A stated period of working days is short; a longer one is a mistake somewhere. */
const MOST_DAYS = 400;

/** Working days of mainland China, with holidays and shifted weekends, for the years that are known. */
export const chineseCalendar: WorkingDayCalendar = {
  count(from, to) {
    if (![from, to].every(calendarCovers)) return null;
    const days = dayNumber(to) - dayNumber(from) + 1;
    if (!(days >= 1 && days <= MOST_DAYS)) return null;
    return Array.from({ length: days }, (_, i) => addDays(from, i)).filter(isWorkday).length;
  },
};
