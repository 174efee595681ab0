import type { Moment, PeriodFact } from '../domain/fact.js';
import { isFullDate } from '../domain/moment.js';
import { dayWithWeekday } from '../messages/days.js';
import { notifyMessages as m } from '../messages/notify.js';

/** A label longer than this says more than what a period is for, and a shorter one less (时间, 日期). */
const LABEL_LENGTHS = { least: 3, most: 16 };
/** Longer titles than any office gives; what is longer is cut so that a list stays a list. */
const LONGEST_TITLE = 90;

/** A label that only says that it is one of a time (截止时间, 起止日期) says nothing of what for. */
const OF_ANY_TIME = /^(?:截止|截至|起止|开始|结束|具体)(?:时间|日期|期限|时限|日)$/u;

/** What a period is for, in the notice's words where they are short and say it. */
export function subjectOf({ type, label }: Pick<PeriodFact, 'type' | 'label'>): string {
  const words = label.replace(/\s+/g, ' ').trim();
  const isTelling = words.length >= LABEL_LENGTHS.least && words.length <= LABEL_LENGTHS.most;
  return isTelling && !OF_ANY_TIME.test(words) ? words : m.subjects[type];
}

/** What of a period is due: 公示截止, 考试开始; only what it is for where it cannot be told which. */
export function dueWords(fact: Pick<PeriodFact, 'type' | 'label'>, edge: 'start' | 'end' | null): string {
  return edge === null ? subjectOf(fact) : m.due[edge](subjectOf(fact));
}

/** `3月15日（周五）17:00`; with the year where it is not that of `now`. */
export function momentWords(moment: Moment, now: Date): string {
  return `${isFullDate(moment) ? dayWithWeekday(moment.date, now) : monthWords(moment.date)}${moment.time ?? ''}`;
}

/** Both ends; a single day once. */
export function periodWords({ start, end }: Pick<PeriodFact, 'start' | 'end'>, now: Date): string {
  if (start === null) return end === null ? '' : m.until(momentWords(end, now));
  if (end === null) return m.from(momentWords(start, now));
  if (start.date !== end.date) return m.between(momentWords(start, now), momentWords(end, now));
  if (end.time === null || end.time === start.time) return momentWords(start, now);
  return m.between(momentWords(start, now), end.time);
}

/** `2024年3月` of `2024-03`, `2024年` of `2024`. */
function monthWords(date: string): string {
  const [year = '', month] = date.split('-');
  return month === undefined ? m.year(year) : m.month(year, Number(month));
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
