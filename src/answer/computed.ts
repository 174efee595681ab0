import { dayInShanghai, dayNumber } from '../domain/day.js';
import type { Fact, Moment } from '../domain/fact.js';
import { dayWithWeekday, dayWords, weekdayName } from '../messages/days.js';
import { readerMessages as m } from '../messages/reader.js';

const FULL_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/**
 * What can be worked out from a period at a given moment: the weekday of its
 * end and how far off it is, by the calendar of Shanghai. Empty for other facts
 * and for dates that are not full.
 */
export function computedFrom(fact: Fact, now: Date): string[] {
  if (fact.kind !== 'period') return [];
  const { start, end, workingDays } = fact;
  const notes: string[] = [];
  if (end !== null && FULL_DATE.test(end.date)) notes.push(untilEnd(start, end, now));
  else if (start !== null && FULL_DATE.test(start.date))
    notes.push(m.computed.on(dayWords(start.date, now), weekdayName(start.date)));
  if (workingDays !== null && workingDays.actual !== null && workingDays.actual !== workingDays.stated) {
    notes.push(m.computed.workingDays(workingDays.stated, workingDays.actual));
  }
  return notes;
}

function untilEnd(start: Moment | null, end: Moment, now: Date): string {
  const today = dayInShanghai(now);
  const days = dayNumber(end.date) - dayNumber(today);
  const begun = start === null || start.date <= today;
  const single = start !== null && start.date === end.date;
  const day = dayWithWeekday(end.date, now);
  if (days < 0) return single ? m.computed.past(day) : m.computed.ended(day);
  if (days === 0) return m.computed.today(day);
  return begun && !single ? m.computed.left(day, days) : m.computed.ahead(day, days);
}
