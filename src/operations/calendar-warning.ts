import { addDays, dayInShanghai } from '../domain/dates.js';
import { notifyOperatorMessages as m } from '../messages/notify.js';
import { hasHolidayData, LAST_CALENDAR_YEAR } from '../text/chinese-calendar.js';

/** Days of warning before the calendar ends; the holidays of a year are announced in the November before. */
const WARN_DAYS = 31;

/** Returns the warning that the calendar ends, or null while its years suffice. */
export function calendarWarning(now: Date): string | null {
  const soon = addDays(dayInShanghai(now), WARN_DAYS);
  return hasHolidayData(soon) ? null : m.calendarEnds(LAST_CALENDAR_YEAR);
}
