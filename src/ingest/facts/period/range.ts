import { matchAt, endOfMatch } from './cursor.js';
import type { ParsedExpression } from './expression.js';
import { RANGE_SEPARATOR, type Grammar } from './grammar.js';
import { readMoment, type MomentReading } from './moment.js';
import { parseNumeral, SMALL_NUMERAL } from '../../../text/numerals.js';
import { NO_COMPONENTS, type DateComponents } from './part.js';
import { readTime, type TimeReading } from './time.js';

/** Size, in UTF-16 units, of the window searched before a date; longer than any word searched for. */
export const LOOK_BEHIND = 12;
/** Pattern between the ends of a range, including a 起 or 开始 behind the first. */
export const RANGE_CONNECTOR = new RegExp(`(?: {0,2}(?:起|开始)[, ]?)?${RANGE_SEPARATOR}`, 'y');

const COUNT = `(${SMALL_NUMERAL}|[0-9]{3}) {0,2}个? {0,2}工作日`;
const WORKING_DAYS_AFTER = new RegExp(
  ` {0,2}[(,、]? {0,2}(?:共计|共|为期|合计|总计|计|即)? {0,2}${COUNT}(?!内|以内|之内)(?: {0,2}\\))?`,
  'y',
);
const WORKING_DAYS_BEFORE = new RegExp(`${COUNT} {0,2}[(,、:]? {0,2}(?:即|从|自|时间|为|:){0,3} {0,2}$`);

export interface RangeContext {
  /** Offset of 即日起至, when that is the start; else null. */
  readonly openingStart: number | null;
  /** End offset of the previous expression, before which no words are taken. */
  readonly previousEnd: number;
}

/** Reads the expression around the first date at `at`: a second end, 前 or 起, working days. */
export function completeExpression(
  text: string,
  at: number,
  first: MomentReading,
  grammar: Grammar,
  place: RangeContext,
): ParsedExpression {
  const common = { hasStarted: false, workingDays: null };
  const behind = text.slice(Math.max(place.previousEnd, at - LOOK_BEHIND), at);
  const from = grammar.fromBefore.exec(behind)?.index;
  const other = place.openingStart === null ? readRangeEnd(text, first, grammar) : null;
  if (other !== null) {
    const end = endOfMatch(grammar.untilAfter, text, other.end);
    const start = from === undefined ? at : at - behind.length + from;
    const range = { ...common, at: { start, end }, start: first.part, end: other.last, form: 'range' } as const;
    return withWorkingDays(text, range, place.previousEnd);
  }
  const until = place.openingStart === null ? grammar.untilBefore.exec(behind)?.index : undefined;
  const prefix = until ?? from;
  const start = place.openingStart ?? (prefix === undefined ? at : at - behind.length + prefix);
  const stop = endOfMatch(grammar.untilAfter, text, first.end);
  if (stop > first.end || until !== undefined || place.openingStart !== null) {
    return withWorkingDays(
      text,
      { ...common, at: { start, end: stop }, start: null, end: first.part, form: 'until' },
      place.previousEnd,
    );
  }
  const onset = endOfMatch(grammar.fromAfter, text, first.end);
  const since = text.slice(first.end, onset).includes('来');
  const isOpen = onset > first.end || from !== undefined;
  return withWorkingDays(
    text,
    {
      ...common,
      hasStarted: since,
      at: { start, end: onset },
      start: first.part,
      end: isOpen ? null : first.part,
      form: isOpen ? 'from' : 'single',
    },
    place.previousEnd,
  );
}

/** Reads the second end of a range, which may omit what it shares with the first. Returns null when there is none. */
function readRangeEnd(
  text: string,
  first: MomentReading,
  grammar: Grammar,
): { last: DateComponents; end: number } | null {
  if (first.rangeEnd !== null) return withoutDailyHours(first.rangeEnd, first, text);
  const to = endOfMatch(RANGE_CONNECTOR, text, first.end);
  if (to === first.end) return null;
  if (first.part.time !== null) {
    const time = readTime(text, to, first.part.isAfternoon);
    if (time !== null && isLater(time, first.part)) {
      const last = { ...NO_COMPONENTS, isSameDay: true, time: time.time, isAfternoon: time.isAfternoon };
      return { last, end: endOfMatch(/ {0,2}\)/y, text, time.end) };
    }
  }
  const second = readMoment(text, to, grammar, { rangeStart: first, allowsMonthDay: false });
  if (second?.rangeEnd !== null || !canFollow(first.part, second.part)) return null;
  return first.part.time === null
    ? withoutDailyHours(second.part, second, text)
    : { last: second.part, end: second.end };
}

function isLater({ time }: TimeReading, first: DateComponents): boolean {
  return first.time !== null && time > first.time;
}

/** Drops the time of a second end when it begins daily hours: 11日-15日 9:00-17:00. */
function withoutDailyHours(
  part: DateComponents,
  { end, dateEnd }: MomentReading,
  text: string,
): { last: DateComponents; end: number } {
  const to = part.time === null ? end : endOfMatch(RANGE_CONNECTOR, text, end);
  const isHours = to > end && readTime(text, to, false) !== null;
  return isHours ? { last: { ...part, time: null }, end: dateEnd } : { last: part, end };
}

/** Returns false when the second end precedes the first whatever the omitted components are. */
function canFollow(first: DateComponents, second: DateComponents): boolean {
  if (second.isSameDay) return first.day !== null || first.isSameDay;
  if (first.day === null && second.day !== null && second.month === null) return false;
  if (first.day !== null && second.day === null && !second.isVague) return false;
  if (typeof first.year === 'number' && typeof second.year === 'number') {
    if (second.year !== first.year) return second.year > first.year;
    if (typeof first.month === 'number' && typeof second.month === 'number' && second.month < first.month) return false;
  }
  const sameMonth = second.month === null || (second.month === first.month && second.year === first.year);
  return !(sameMonth && first.day !== null && second.day !== null && second.day < first.day);
}

function withWorkingDays(text: string, read: ParsedExpression, floor: number): ParsedExpression {
  const { at } = read;
  const after = matchAt(WORKING_DAYS_AFTER, text, at.end);
  if (after !== null) {
    return { ...read, at: { ...at, end: at.end + after[0].length }, workingDays: parseNumeral(after[1] ?? '') };
  }
  const from = Math.max(floor, at.start - 2 * LOOK_BEHIND);
  const before = read.form === 'single' ? null : WORKING_DAYS_BEFORE.exec(text.slice(from, at.start));
  if (before === null) return read;
  const end = before[0].includes('(') ? endOfMatch(/ {0,2}\)/y, text, at.end) : at.end;
  return { ...read, at: { start: from + before.index, end }, workingDays: parseNumeral(before[1] ?? '') };
}
