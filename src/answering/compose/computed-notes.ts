import { dayInShanghai, dayNumber } from '../../domain/dates.js';
import type { Fact, TimePoint } from '../../domain/fact.js';
import { formatDayWithWeekday, formatDay, weekdayName } from '../../messages/format-day.js';
import { readerMessages as m } from '../../messages/reader.js';

const FULL_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/**
 * Computes notes on a period at the moment `now`, by the calendar of Shanghai: the weekday of its end and the days
 * left, and the actual number of working days where it is not the stated one. Empty for other facts and incomplete
 * dates.
 */
export function computeNotes(fact: Fact, now: Date): string[] {
  if (fact.kind !== 'period') return [];
  const { start, end, workingDays } = fact;
  const notes: string[] = [];
  if (end !== null && FULL_DATE.test(end.date)) notes.push(untilEnd(start, end, now));
  else if (start !== null && FULL_DATE.test(start.date))
    notes.push(m.computed.on(formatDay(start.date, now), weekdayName(start.date)));
  if (workingDays !== null && workingDays.actual !== null && workingDays.actual !== workingDays.stated) {
    notes.push(m.computed.workingDays(workingDays.stated, workingDays.actual));
  }
  return notes;
}

function untilEnd(start: TimePoint | null, end: TimePoint, now: Date): string {
  const today = dayInShanghai(now);
  const days = dayNumber(end.date) - dayNumber(today);
  const begun = start === null || start.date <= today;
  const single = start !== null && start.date === end.date;
  const day = formatDayWithWeekday(end.date, now);
  if (days < 0) return single ? m.computed.past(day) : m.computed.ended(day);
  if (days === 0) return m.computed.today(day);
  return begun && !single ? m.computed.left(day, days) : m.computed.ahead(day, days);
}
