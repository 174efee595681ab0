import type { DateExpression, ParsedExpression } from './expression.js';
import { endOfMatch, matchAt, RANGE_SEPARATOR, type Grammar } from './grammar.js';
import { readMoment, type MomentReading } from './parse-date.js';
import { completeExpression, LOOK_BEHIND, readTimeOfPreviousDate, readUndated } from './parse-period.js';

const LONGEST_TITLE = 120;
/** Upper bound on the expressions of a text; a text with more is a table of dates, and the rest is not read. */
const MOST_PERIODS = 5_000;
/** Run skipped where no date is read; daily hours (每天9:00至17:00) as a whole, or 17:00 would join the last date. */
const NUMERAL_RUN =
  /[0-9]{1,2}:[0-9]{2}(?: {0,2}(?:至|到|[-—~]{1,2}) {0,2}[0-9]{1,2}:[0-9]{2})?|[0-9]+|[一二三四五六七八九十]+/y;
const WEB = /(?:https?:\/\/|www\.)[!-~]{0,300}/y;
const YEAR_FOLLOWS = new RegExp(`${RANGE_SEPARATOR}(?:19|20)[0-9]{2} {0,2}年(?!度)`, 'y');
/** Label behind which 3.11 is a date, if it also begins a range (公示时间：3.11-3.15). */
const SHORT_AFTER = /(?:时间|日期|期限|期)(?:为|是|:| ){0,3}$/;
const SHORT_RANGE = /[0-9]{1,2}([./])[0-9]{1,2} {0,2}(?:至|到|——?|-|~) {0,2}[0-9]{1,2}(?:\1[0-9]{1,2})?(?![0-9%./])/y;

/**
 * Scans a text folded by `foldPreservingOffsets` for dates and periods. Returns the first 5,000, left to right, without
 * overlap. Tests each offset with patterns of bounded length.
 */
export function scanPeriods(text: string, grammar: Grammar): DateExpression[] {
  const found: DateExpression[] = [];
  let titleEnd = -1;
  let close = -1;
  for (let i = 0; i < text.length && found.length < MOST_PERIODS; i++) {
    const c = text.charAt(i);
    if (c === '《') {
      if (close < i) close = endOfTitle(text, i);
      if (close - i < LONGEST_TITLE) titleEnd = close;
    } else if (c === 'h' || c === 'w') {
      i = Math.max(i, endOfMatch(WEB, text, i) - 1);
    } else if (grammar.dateStarters.has(c) || grammar.undatedStarters.has(c)) {
      const read = readExpression(text, i, grammar, found.at(-1));
      const isInTitle = i < titleEnd;
      if (read !== null && !(isInTitle && isCoarse(read))) found.push({ ...read, isInTitle });
      i = Math.max(
        i,
        (read?.at.end ?? Math.max(excludedDateEnd(text, i, grammar), endOfMatch(NUMERAL_RUN, text, i))) - 1,
      );
    }
  }
  return found;
}

/** Returns the end of an excluded date (每月1日至25日), so that 至25日 is not read alone; `at` when there is none. */
function excludedDateEnd(text: string, at: number, grammar: Grammar): number {
  if (!isNumeral(text.charAt(at)) || !grammar.excludedBefore.test(text.slice(Math.max(0, at - LOOK_BEHIND), at)))
    return at;
  const first = readMoment(text, at, grammar, { rangeStart: null, allowsMonthDay: false });
  if (first?.part.day == null) return at;
  return completeExpression(text, at, first, grammar, { openingStart: null, previousEnd: at }).at.end;
}

function isNumeral(c: string): boolean {
  return (c >= '0' && c <= '9') || '一二三四五六七八九十'.includes(c);
}

function endOfTitle(text: string, at: number): number {
  const close = text.indexOf('》', at);
  return close < 0 ? Infinity : close;
}

/** Returns whether no day is stated; a year or month in a title is the subject of the document. */
function isCoarse({ start, end }: ParsedExpression): boolean {
  return (start ?? end)?.day == null;
}

function readExpression(
  text: string,
  at: number,
  grammar: Grammar,
  last: DateExpression | undefined,
): ParsedExpression | null {
  const previousEnd = last?.at.end ?? 0;
  const c = text.charAt(at);
  const undated = grammar.undatedStarters.has(c) ? readUndated(text, at, grammar, previousEnd) : null;
  if (undated !== null || !grammar.dateStarters.has(c)) return undated;
  if (!isNumeral(c) && matchAt(grammar.dateWord, text, at) === null)
    return readTimeOfPreviousDate(text, at, last, grammar);
  const behind = text.slice(Math.max(0, at - LOOK_BEHIND), at);
  if (isInsideNumber(behind, text, at) || grammar.excludedBefore.test(behind)) return null;
  const allowsMonthDay = SHORT_AFTER.test(behind) && matchAt(SHORT_RANGE, text, at) !== null;
  const first = readMoment(text, at, grammar, { rangeStart: null, allowsMonthDay });
  return first !== null && isDate(first, text, at, behind, grammar)
    ? completeExpression(text, at, first, grammar, { openingStart: null, previousEnd })
    : readTimeOfPreviousDate(text, at, last, grammar);
}

/** List number right before a date: 5.2024年3月1日, 2.3月8日. */
const POINT = /(?:^|[^0-9.])[0-9]{1,2}\.$/;
const AFTER_POINT = /(?:19|20)[0-9]{2} {0,2}年|[0-9]{1,2} {0,2}月 {0,2}[0-9]{1,2} {0,2}日/y;

function isInsideNumber(behind: string, text: string, at: number): boolean {
  const c = text.charAt(at);
  if (/[0-9]/.test(c)) {
    if (POINT.test(behind) && matchAt(AFTER_POINT, text, at) !== null) return false;
    return /[0-9A-Za-z_/.]$|[0-9A-Za-z]-$/.test(behind);
  }
  return /[一二三四五六七八九十]/.test(c) && /[〇零○一二三四五六七八九十百千万]$/.test(behind);
}

/** Returns whether a reading is a point in time and not part of a name or an amount. */
function isDate(reading: MomentReading, text: string, at: number, behind: string, grammar: Grammar): boolean {
  const { part, rangeEnd, end, style } = reading;
  // 当日 alone is no date; with a time of day it continues the previous one.
  if (part.isSameDay) return part.time !== null;
  // 2月30日 is no date, and its 30日 is no day of another month.
  if (part.month === null && part.day !== null && /月 {0,2}$/.test(behind)) return false;
  if (style !== 'han' || part.day !== null || part.isVague) return true;
  if (part.month === null) {
    if (typeof part.year !== 'number' || matchAt(grammar.excludedAfterYear, text, end) !== null) return false;
    if (grammar.yearAloneBefore.test(behind) || matchAt(grammar.yearAloneAfter, text, end) !== null) return true;
    return rangeEnd === null ? matchAt(YEAR_FOLLOWS, text, end) !== null : text.charAt(end) === ')';
  }
  if (matchAt(grammar.excludedAfterMonth, text, end) !== null) return false;
  return part.year !== null || /[0-9]/.test(text.charAt(at));
}
