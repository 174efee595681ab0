import type { TimePoint, PeriodFact } from '../domain/fact.js';
import { isPreciseToDay } from '../domain/dates.js';
import { formatDayWithWeekday } from '../messages/format-day.js';
import { notifyMessages as m } from '../messages/notify.js';

/**
 * Lengths, in UTF-16 units, of labels that say what a period is for: longer ones say more, shorter ones (时间, 日期)
 * less.
 */
const LABEL_LENGTHS = { least: 3, most: 16 };
/** Upper bound, in code points, on a title in a list; longer than real titles. */
const MAX_TITLE_LENGTH = 90;

/** Labels that only denote a time (截止时间, 起止日期), not what it is for. */
const GENERIC_TIME_LABEL = /^(?:截止|截至|起止|开始|结束|具体)(?:时间|日期|期限|时限|日)$/u;

/** Returns what a period is for, in the notice's words where they are short and say it. */
export function describeSubject({ type, label }: Pick<PeriodFact, 'type' | 'label'>): string {
  const words = label.replace(/\s+/g, ' ').trim();
  const isTelling = words.length >= LABEL_LENGTHS.least && words.length <= LABEL_LENGTHS.most;
  return isTelling && !GENERIC_TIME_LABEL.test(words) ? words : m.subjects[type];
}

/** Names an edge of a period (公示截止, 考试开始); without an edge, only what the period is for. */
export function describeEdge(fact: Pick<PeriodFact, 'type' | 'label'>, edge: 'start' | 'end' | null): string {
  return edge === null ? describeSubject(fact) : m.due[edge](describeSubject(fact));
}

/** Formats a moment: `3月15日（周五）17:00`, with the year where it is not that of `now`. */
export function formatTimePoint(moment: TimePoint, now: Date): string {
  return `${isPreciseToDay(moment) ? formatDayWithWeekday(moment.date, now) : formatMonth(moment.date)}${moment.time ?? ''}`;
}

/** Formats both ends of a period; a single day once. */
export function formatPeriod({ start, end }: Pick<PeriodFact, 'start' | 'end'>, now: Date): string {
  if (start === null) return end === null ? '' : m.until(formatTimePoint(end, now));
  if (end === null) return m.from(formatTimePoint(start, now));
  if (start.date !== end.date) return m.between(formatTimePoint(start, now), formatTimePoint(end, now));
  if (end.time === null || end.time === start.time) return formatTimePoint(start, now);
  return m.between(formatTimePoint(start, now), end.time);
}

/** Formats a partial date: `2024-03` → `2024年3月`, `2024` → `2024年`. */
function formatMonth(date: string): string {
  const [year = '', month] = date.split('-');
  return month === undefined ? m.year(year) : m.month(year, Number(month));
}

/** Returns a title as one line, cut at whole characters where it is far too long. */
export function formatTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  // A link around invisible text could not be pressed.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return m.untitled;
  const characters = Array.from(line.slice(0, MAX_TITLE_LENGTH * 2));
  return characters.length <= MAX_TITLE_LENGTH && line.length <= MAX_TITLE_LENGTH * 2
    ? line
    : `${characters.slice(0, MAX_TITLE_LENGTH - 1).join('')}…`;
}
