import { dayInShanghai, dayNumber, weekdayOf } from '../domain/day.js';
import type { Fact, Moment } from '../domain/fact.js';
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
  else if (start !== null && FULL_DATE.test(start.date)) notes.push(m.computed.on(monthDay(start), weekday(start)));
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
  const day = monthDay(end);
  if (days < 0) return single ? m.computed.past(day, weekday(end)) : m.computed.ended(day, weekday(end));
  if (days === 0) return m.computed.today(day, weekday(end));
  return begun && !single ? m.computed.left(day, weekday(end), days) : m.computed.ahead(day, weekday(end), days);
}

function monthDay({ date }: Moment): string {
  return `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

function weekday({ date }: Moment): string {
  return '日一二三四五六'.charAt(weekdayOf(date));
}
