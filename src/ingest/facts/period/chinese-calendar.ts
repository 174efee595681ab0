import { addDays, dayNumber } from '../../../domain/dates.js';
import { hasHolidayData, isWorkday } from '../../../text/chinese-calendar.js';
import type { WorkingDayCalendar } from './working-days.js';

/** Upper bound, in calendar days, on a period whose working days are counted; a longer one is taken for an error. */
const MOST_DAYS = 400;

/** Calendar of mainland China, with public holidays and shifted weekends, for the years that its data covers. */
export const chineseCalendar: WorkingDayCalendar = {
  count(from, to) {
    if (![from, to].every(hasHolidayData)) return null;
    const days = dayNumber(to) - dayNumber(from) + 1;
    if (!(days >= 1 && days <= MOST_DAYS)) return null;
    return Array.from({ length: days }, (_, i) => addDays(from, i)).filter(isWorkday).length;
  },
};
