import type { Moment } from '../../domain/fact.js';
import { plainDate } from '../../source/plain-date.js';
import type { Expression } from './expression.js';
import type { Part, Relative } from './part.js';
import { nearestMonth, nearestYear, type Reference } from './reference.js';

export interface Resolved {
  readonly start: Moment | null;
  readonly end: Moment | null;
  readonly yearInferred: boolean;
}

/** Date with its resolved year and month. */
interface Day {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
  readonly time: string | null;
  readonly inferred: boolean;
}

/**
 * Resolves the expressions of a text in order. Takes omitted components from the previous date of the sentence, else
 * from the reference. An entry is null when it is no calendar date, ends before it starts, or cannot be resolved.
 */
export function resolvePeriods(
  found: readonly Expression[],
  text: string,
  reference: Reference,
  isDue: RegExp | null = null,
): (Resolved | null)[] {
  let before: Day | null = null;
  let anchor: Day | null = null;
  let from = 0;
  return found.map((expression) => {
    const gap = text.slice(from, expression.at.start);
    from = expression.at.end;
    // A date in one sentence does not complete those of the next.
    if (/[。\n]/.test(gap)) before = null;
    if (expression.form === 'undated') return { start: null, end: null, yearInferred: false };
    const isTime =
      expression.start?.sameDay === true || (expression.start === null && expression.end?.sameDay === true);
    const days = resolveBoth(expression, isTime ? anchor : before, {
      ...reference,
      due: dueOf(expression, gap, text, isDue),
    });
    if (days === null) return null;
    if (!expression.inTitle && !expression.since) anchor = before = days.end ?? days.start;
    const [start, end] = [momentOf(days.start), momentOf(days.end)];
    const isBroken = (days.start !== null && start === null) || (days.end !== null && end === null);
    if (isBroken || (start !== null && end !== null && isAfter(start, end))) return null;
    return { start, end, yearInferred: (days.start ?? days.end)?.inferred === true || days.end?.inferred === true };
  });
}

/** Returns how surely the words beside a date place it after the notice; null when they do not. */
function dueOf({ form, at, since }: Expression, gap: string, text: string, isDue: RegExp | null): Due['due'] {
  const places = [gap.slice(-12), text.slice(at.start, at.start + 3)];
  if (isDue !== null && places.some((words) => isDue.test(words))) return 'surely';
  return (form === 'until' && !text.startsWith('截', at.start)) || (form === 'from' && !since) ? 'maybe' : null;
}

interface Due extends Reference {
  readonly due: 'surely' | 'maybe' | null;
}

function resolveBoth(
  { start, end, form }: Expression,
  before: Day | null,
  reference: Due,
): { start: Day | null; end: Day | null } | null {
  if (form !== 'range' || start === null || end === null) {
    const part = start ?? end;
    const day = part === null ? null : resolveFirst(part, before, reference);
    return day === null ? null : { start: start === null ? null : day, end: end === null ? null : day };
  }
  if (start.year === null && typeof end.year === 'number') {
    const last = resolveFirst(end, before, reference);
    const first = last === null ? null : resolveBackwards(start, last);
    return first === null ? null : { start: first, end: last };
  }
  const first = resolveFirst(start, before, reference);
  const last = first === null ? null : resolveSecond(end, first, reference);
  return last === null ? null : { start: first, end: last };
}

function resolveFirst(part: Part, before: Day | null, reference: Due): Day | null {
  if (part.sameDay) return before?.day == null ? null : onSameDay(part, before);
  const { day, time } = part;
  const month = monthOf(part.month, before, reference);
  if (typeof part.year === 'number') return { year: part.year, month, day, time, inferred: false };
  if (part.year !== null) {
    const year = count(part.year, before?.year ?? null, reference.presentYear);
    return year === null ? null : { year, month, day, time, inferred: true };
  }
  if (typeof part.month === 'object' && part.month !== null) {
    const year = part.month.from === 'text' ? (before?.year ?? reference.year) : reference.year;
    return year === null || month === null ? null : { ...rolled(year, month), day, time, inferred: true };
  }
  if (month === null) {
    const near = before?.month == null ? nearestMonth(day ?? 1, reference) : { year: before.year, month: before.month };
    return near === null ? null : { ...near, day, time, inferred: true };
  }
  if (before !== null) {
    const isNext = before.month !== null && month < before.month - 6;
    return { year: isNext ? before.year + 1 : before.year, month, day, time, inferred: true };
  }
  const year = nearestYear(month, day, reference, reference.due);
  return year === null ? null : { year, month, day, time, inferred: true };
}

/** Resolves the second end of a range, which may omit what it shares with the first. */
function resolveSecond(part: Part, first: Day, reference: Due): Day | null {
  const { time } = part;
  if (part.sameDay) return onSameDay(part, first);
  if (part.year !== null) return resolveFirst(part, first, reference);
  const month = part.month === null ? first.month : monthOf(part.month, first, reference);
  const isNext = month !== null && first.month !== null && month < first.month;
  const year = isNext ? first.year + 1 : first.year;
  return { year, month, day: part.day, time, inferred: first.inferred || isNext };
}

function onSameDay({ time, nextDay }: Part, before: Day): Day {
  if (!nextDay) return { ...before, time };
  const next = new Date(Date.UTC(before.year, (before.month ?? 1) - 1, (before.day ?? 1) + 1));
  return { ...before, year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate(), time };
}

/** Resolves the first end of a range whose year only the second end states. */
function resolveBackwards(part: Part, last: Day): Day | null {
  if (typeof part.month === 'object' && part.month !== null) return null;
  const earlier = part.day !== null && last.day !== null && part.day > last.day ? -1 : 0;
  if (part.month === null && last.month === null) return null;
  const month = part.month ?? (last.month ?? 1) + earlier;
  const isBefore = last.month !== null && (month > last.month || month < 1);
  const year = isBefore ? last.year - 1 : last.year;
  return { year, month: month < 1 ? 12 : month, day: part.day, time: part.time, inferred: false };
}

function monthOf(month: Part['month'], before: Day | null, reference: Due): number | null {
  if (month === null || typeof month === 'number') return month;
  return count(month, before?.month ?? null, reference.month);
}

function count({ from, add }: Relative, text: number | null, published: number | null): number | null {
  const base = from === 'text' ? (text ?? published) : published;
  return base === null ? null : base + add;
}

function rolled(year: number, month: number): { year: number; month: number } {
  if (month < 1) return { year: year - 1, month: month + 12 };
  return month > 12 ? { year: year + 1, month: month - 12 } : { year, month };
}

function momentOf(day: Day | null): Moment | null {
  const date = day === null ? null : dateOf(day);
  return day === null || date === null ? null : { date, time: day.time };
}

function dateOf({ year, month, day }: Day): string | null {
  if (day !== null && month !== null) return plainDate(year, month, day);
  const first = plainDate(year, month ?? 1, 1);
  if (first === null || day !== null) return null;
  return month === null ? first.slice(0, 4) : first.slice(0, 7);
}

/** Compares two moments; dates of unequal precision up to the length of the shorter. */
function isAfter(a: Moment, b: Moment): boolean {
  const length = Math.min(a.date.length, b.date.length);
  const [from, to] = [a.date.slice(0, length), b.date.slice(0, length)];
  return from > to || (a.date === b.date && a.time !== null && b.time !== null && a.time > b.time);
}
