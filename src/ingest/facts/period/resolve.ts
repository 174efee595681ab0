import { dayNumber } from '../../../domain/dates.js';
import type { TimePoint } from '../../../domain/fact.js';
import type { PlainDate } from '../../../domain/notice.js';
import { plainDate } from '../../source/plain-date.js';
import type { DateComponents, DateExpression, RelativeOffset } from './expression.js';

/** Reference date of a notice, against which dates without a year or month are resolved. */
export interface ReferenceDate {
  /** Day of publication, else of the signature. */
  readonly day: PlainDate | null;
  readonly year: number | null;
  readonly month: number | null;
  /** Year that 今年 means, by the day, the title or the hint; the body is not used. */
  readonly currentYear: number | null;
  /** Year in the title, when there is exactly one. */
  readonly titleYear: number | null;
}

/** Reference of one expression, with how surely its words place it after the notice. */
interface DueReference extends ReferenceDate {
  readonly due: 'surely' | 'maybe' | null;
}

/** Days before the notice at which the window of a date without a year begins: four months before to eight after. */
const YEAR_WINDOW_DAYS_BEFORE = 120;
const YEAR_DAYS = 365;
/** Distance from the notice, in days, beyond which the year of the title is preferred. */
const TITLE_YEAR_MIN_DISTANCE_DAYS = 100;
/** Days before the notice at which the month-long window of a day without a month begins (12日). */
const MONTH_WINDOW_DAYS_BEFORE = 20;

const STATED_YEAR = /(?<![0-9])((?:19|20)[0-9]{2})(?= {0,2}[年度-])/g;

/** Builds the reference of a notice; `yearHint` is used where day, title and body give no year. */
export function createReferenceDate(
  title: string,
  day: PlainDate | null,
  yearInBody: number | null,
  yearHint: number | null,
): ReferenceDate {
  const years = new Set([...title.matchAll(STATED_YEAR)].map(([year]) => Number(year)));
  const titleYear = years.size === 1 ? ([...years][0] ?? null) : null;
  const published = day === null ? null : Number(day.slice(0, 4));
  const year = published ?? titleYear ?? yearInBody ?? yearHint;
  const currentYear = published ?? titleYear ?? yearHint;
  return { day, year, currentYear, month: day === null ? null : Number(day.slice(5, 7)), titleYear };
}

/**
 * Returns the year that places a month and day nearest to the notice; null when the reference has no year. A date that
 * is due and would precede the notice moves to the next year: `surely` always, `maybe` if the title names that year.
 */
function inferYear(
  month: number,
  day: number | null,
  { day: published, year, titleYear, due }: DueReference,
): number | null {
  if (published === null || year === null) return year;
  const off = (candidate: number): number =>
    dayNumber(plainDate(candidate, month, Math.min(day ?? 15, 28)) ?? published) - dayNumber(published);
  const nearest = [year - 1, year, year + 1].find(
    (y) => off(y) >= -YEAR_WINDOW_DAYS_BEFORE && off(y) < YEAR_DAYS - YEAR_WINDOW_DAYS_BEFORE,
  );
  const best = nearest ?? year;
  // 最迟12月20日 in January; 12月20日前 in January where the title names the year.
  if (off(best) < 0 && (due === 'surely' || (due === 'maybe' && titleYear === best + 1))) return best + 1;
  if (due !== null && titleYear !== null && off(titleYear) < 0) return best;
  if (titleYear === null || Math.abs(off(best)) <= TITLE_YEAR_MIN_DISTANCE_DAYS || Math.abs(off(titleYear)) > YEAR_DAYS)
    return best;
  return titleYear;
}

/** Returns the month that places a day nearest to the notice; null when none fits or the reference has no day. */
function inferMonth(day: number, { day: published }: ReferenceDate): { year: number; month: number } | null {
  if (published === null) return null;
  const [year, month] = [Number(published.slice(0, 4)), Number(published.slice(5, 7))];
  for (const add of [0, -1, 1]) {
    const shifted = new Date(Date.UTC(year, month - 1 + add, 1));
    const at = { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1 };
    const date = plainDate(at.year, at.month, day);
    const off = date === null ? null : dayNumber(date) - dayNumber(published);
    if (off !== null && off >= -MONTH_WINDOW_DAYS_BEFORE && off < 31 - MONTH_WINDOW_DAYS_BEFORE) return at;
  }
  return null;
}

export interface ResolvedPeriod {
  readonly start: TimePoint | null;
  readonly end: TimePoint | null;
  readonly yearInferred: boolean;
}

/** Date with its resolved year and month. */
interface ResolvedDay {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
  readonly time: string | null;
  readonly isInferred: boolean;
}

/**
 * Resolves the expressions of a text in order. Takes omitted components from the previous date of the sentence, else
 * from the reference. An entry is null when it is no calendar date, ends before it starts, or cannot be resolved.
 */
export function resolvePeriods(
  found: readonly DateExpression[],
  text: string,
  reference: ReferenceDate,
  isDue: RegExp | null = null,
): (ResolvedPeriod | null)[] {
  let before: ResolvedDay | null = null;
  let anchor: ResolvedDay | null = null;
  let from = 0;
  return found.map((expression) => {
    const gap = text.slice(from, expression.at.start);
    from = expression.at.end;
    // A date in one sentence does not complete those of the next.
    if (/[。\n]/.test(gap)) before = null;
    if (expression.form === 'undated') return { start: null, end: null, yearInferred: false };
    const isTime =
      expression.start?.isSameDay === true || (expression.start === null && expression.end?.isSameDay === true);
    const days = resolveBoth(expression, isTime ? anchor : before, {
      ...reference,
      due: detectDue(expression, gap, text, isDue),
    });
    if (days === null) return null;
    if (!expression.isInTitle && !expression.hasStarted) anchor = before = days.end ?? days.start;
    const [start, end] = [momentOf(days.start), momentOf(days.end)];
    const isBroken = (days.start !== null && start === null) || (days.end !== null && end === null);
    if (isBroken || (start !== null && end !== null && isAfter(start, end))) return null;
    return { start, end, yearInferred: (days.start ?? days.end)?.isInferred === true || days.end?.isInferred === true };
  });
}

/** Returns how surely the words beside a date place it after the notice; null when they do not. */
function detectDue(
  { form, at, hasStarted }: DateExpression,
  gap: string,
  text: string,
  isDue: RegExp | null,
): DueReference['due'] {
  const places = [gap.slice(-12), text.slice(at.start, at.start + 3)];
  if (isDue !== null && places.some((words) => isDue.test(words))) return 'surely';
  return (form === 'until' && !text.startsWith('截', at.start)) || (form === 'from' && !hasStarted) ? 'maybe' : null;
}

function resolveBoth(
  { start, end, form }: DateExpression,
  before: ResolvedDay | null,
  reference: DueReference,
): { start: ResolvedDay | null; end: ResolvedDay | null } | null {
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

function resolveFirst(part: DateComponents, before: ResolvedDay | null, reference: DueReference): ResolvedDay | null {
  if (part.isSameDay) return before?.day == null ? null : onSameDay(part, before);
  const { day, time } = part;
  const month = monthOf(part.month, before, reference);
  if (typeof part.year === 'number') return { year: part.year, month, day, time, isInferred: false };
  if (part.year !== null) {
    const year = applyOffset(part.year, before?.year ?? null, reference.currentYear);
    return year === null ? null : { year, month, day, time, isInferred: true };
  }
  if (typeof part.month === 'object' && part.month !== null) {
    const year = part.month.from === 'text' ? (before?.year ?? reference.year) : reference.year;
    return year === null || month === null ? null : { ...carryMonth(year, month), day, time, isInferred: true };
  }
  if (month === null) {
    const near = before?.month == null ? inferMonth(day ?? 1, reference) : { year: before.year, month: before.month };
    return near === null ? null : { ...near, day, time, isInferred: true };
  }
  if (before !== null) {
    const isNext = before.month !== null && month < before.month - 6;
    return { year: isNext ? before.year + 1 : before.year, month, day, time, isInferred: true };
  }
  const year = inferYear(month, day, reference);
  return year === null ? null : { year, month, day, time, isInferred: true };
}

/** Resolves the second end of a range, which may omit what it shares with the first. */
function resolveSecond(part: DateComponents, first: ResolvedDay, reference: DueReference): ResolvedDay | null {
  const { time } = part;
  if (part.isSameDay) return onSameDay(part, first);
  if (part.year !== null) return resolveFirst(part, first, reference);
  const month = part.month === null ? first.month : monthOf(part.month, first, reference);
  const isNext = month !== null && first.month !== null && month < first.month;
  const year = isNext ? first.year + 1 : first.year;
  return { year, month, day: part.day, time, isInferred: first.isInferred || isNext };
}

function onSameDay({ time, isNextDay }: DateComponents, before: ResolvedDay): ResolvedDay {
  if (!isNextDay) return { ...before, time };
  const next = new Date(Date.UTC(before.year, (before.month ?? 1) - 1, (before.day ?? 1) + 1));
  return { ...before, year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate(), time };
}

/** Resolves the first end of a range whose year only the second end states. */
function resolveBackwards(part: DateComponents, last: ResolvedDay): ResolvedDay | null {
  if (typeof part.month === 'object' && part.month !== null) return null;
  const earlier = part.day !== null && last.day !== null && part.day > last.day ? -1 : 0;
  if (part.month === null && last.month === null) return null;
  const month = part.month ?? (last.month ?? 1) + earlier;
  const isBefore = last.month !== null && (month > last.month || month < 1);
  const year = isBefore ? last.year - 1 : last.year;
  return { year, month: month < 1 ? 12 : month, day: part.day, time: part.time, isInferred: false };
}

function monthOf(month: DateComponents['month'], before: ResolvedDay | null, reference: DueReference): number | null {
  if (month === null || typeof month === 'number') return month;
  return applyOffset(month, before?.month ?? null, reference.month);
}

function applyOffset({ from, add }: RelativeOffset, text: number | null, published: number | null): number | null {
  const base = from === 'text' ? (text ?? published) : published;
  return base === null ? null : base + add;
}

function carryMonth(year: number, month: number): { year: number; month: number } {
  if (month < 1) return { year: year - 1, month: month + 12 };
  return month > 12 ? { year: year + 1, month: month - 12 } : { year, month };
}

function momentOf(day: ResolvedDay | null): TimePoint | null {
  const date = day === null ? null : dateOf(day);
  return day === null || date === null ? null : { date, time: day.time };
}

function dateOf({ year, month, day }: ResolvedDay): string | null {
  if (day !== null && month !== null) return plainDate(year, month, day);
  const first = plainDate(year, month ?? 1, 1);
  if (first === null || day !== null) return null;
  return month === null ? first.slice(0, 4) : first.slice(0, 7);
}

/** Compares two moments; dates of unequal precision up to the length of the shorter. */
function isAfter(a: TimePoint, b: TimePoint): boolean {
  const length = Math.min(a.date.length, b.date.length);
  const [from, to] = [a.date.slice(0, length), b.date.slice(0, length)];
  return from > to || (a.date === b.date && a.time !== null && b.time !== null && a.time > b.time);
}
