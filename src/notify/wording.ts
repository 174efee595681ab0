import { dayInShanghai, weekdayOf } from '../domain/day.js';
import type { Moment, PeriodFact } from '../domain/fact.js';
import { isFullDate } from '../domain/moment.js';
import type { PlainDate } from '../domain/notice.js';
import { notifyMessages as m } from '../messages/notify.js';

/** A label longer than this says more than what a period is for, and a shorter one less (时间, 日期). */
const LABEL_LENGTHS = { least: 3, most: 16 };
/** Longer titles than any office gives; what is longer is cut so that a list stays a list. */
const LONGEST_TITLE = 90;

/** What a period is for, in the notice's words where they are short. */
export function subjectOf({ type, label }: Pick<PeriodFact, 'type' | 'label'>): string {
  const words = label.replace(/\s+/g, ' ').trim();
  return words.length < LABEL_LENGTHS.least || words.length > LABEL_LENGTHS.most ? m.subjects[type] : words;
}

/** `3月15日（星期五）17:00`; with the year where it is not that of `now`. */
export function momentWords(moment: Moment, now: Date): string {
  return `${isFullDate(moment) ? dayWords(moment.date, now) : monthWords(moment.date)}${moment.time ?? ''}`;
}

/** Both ends; a single day once. */
export function periodWords({ start, end }: Pick<PeriodFact, 'start' | 'end'>, now: Date): string {
  if (start === null) return end === null ? '' : m.until(momentWords(end, now));
  if (end === null) return m.from(momentWords(start, now));
  if (start.date !== end.date) return m.between(momentWords(start, now), momentWords(end, now));
  if (end.time === null || end.time === start.time) return momentWords(start, now);
  return m.between(momentWords(start, now), end.time);
}

/** `3月15日 08:00`: when something was, to the minute. */
export function instantWords(instant: Date, now: Date): string {
  const day = dayInShanghai(instant);
  const time = new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  const year = day.slice(0, 4) === dayInShanghai(now).slice(0, 4) ? '' : `${day.slice(0, 4)}年`;
  return `${year}${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日 ${time}`;
}

/** `2024年3月` of `2024-03`, `2024年` of `2024`. */
function monthWords(date: string): string {
  const [year = '', month] = date.split('-');
  return month === undefined ? m.year(year) : m.month(year, Number(month));
}

function dayWords(date: PlainDate, now: Date): string {
  const year = date.slice(0, 4) === dayInShanghai(now).slice(0, 4) ? '' : date.slice(0, 4);
  const weekday = m.weekdays.charAt(weekdayOf(date));
  return m.day(year, Number(date.slice(5, 7)), Number(date.slice(8, 10)), weekday);
}

/** A title in one line, cut by whole characters where it is far too long. */
export function titleWords(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  // A link around nothing that is seen could not be pressed.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return m.untitled;
  const characters = Array.from(line.slice(0, LONGEST_TITLE * 2));
  return characters.length <= LONGEST_TITLE && line.length <= LONGEST_TITLE * 2
    ? line
    : `${characters.slice(0, LONGEST_TITLE - 1).join('')}…`;
}
