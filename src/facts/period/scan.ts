import { matchAt, skip } from './cursor.js';
import type { Expression, Read } from './expression.js';
import { RANGE_MARK, type Grammar } from './grammar.js';
import { readMoment, type Reading } from './moment.js';
import { BEHIND, readRange } from './range.js';
import { readTimes } from './times.js';
import { readUndated } from './undated.js';

const LONGEST_TITLE = 120;
/** A text with more is a table of dates; what lies beyond is not read. */
const MOST_PERIODS = 5_000;
/** Hours that are of no date (每天9:00至17:00) are left whole: 17:00 alone would be of the date before. */
const NUMERAL_RUN =
  /[0-9]{1,2}:[0-9]{2}(?: {0,2}(?:至|到|[-—~]{1,2}) {0,2}[0-9]{1,2}:[0-9]{2})?|[0-9]+|[一二三四五六七八九十]+/y;
const WEB = /(?:https?:\/\/|www\.)[!-~]{0,300}/y;
const YEAR_FOLLOWS = new RegExp(`${RANGE_MARK}(?:19|20)[0-9]{2} {0,2}年(?!度)`, 'y');
/** 3.11 is a date only behind a label and as the end of a range. */
const SHORT_AFTER = /(?:时间|日期|期限|期)(?:为|是|:| ){0,3}$/;
const SHORT_RANGE = /[0-9]{1,2}([./])[0-9]{1,2} {0,2}(?:至|到|——?|-|~) {0,2}[0-9]{1,2}(?:\1[0-9]{1,2})?(?![0-9%./])/y;

/**
 * All dates and periods of a text folded by `sameLengthFold`, left to right,
 * none overlapping; of an endless text the first 5,000. Every place is looked at by patterns of bounded length.
 */
export function scanPeriods(text: string, grammar: Grammar): Expression[] {
  const found: Expression[] = [];
  let titleEnd = -1;
  let close = -1;
  for (let i = 0; i < text.length && found.length < MOST_PERIODS; i++) {
    const c = text.charAt(i);
    if (c === '《') {
      if (close < i) close = endOfTitle(text, i);
      if (close - i < LONGEST_TITLE) titleEnd = close;
    } else if (c === 'h' || c === 'w') {
      i = Math.max(i, skip(WEB, text, i) - 1);
    } else if (grammar.dateStarters.has(c) || grammar.undatedStarters.has(c)) {
      const read = readExpression(text, i, grammar, found.at(-1));
      const inTitle = i < titleEnd;
      if (read !== null && !(inTitle && isCoarse(read))) found.push({ ...read, inTitle });
      i = Math.max(i, (read?.at.end ?? Math.max(spoiledEnd(text, i, grammar), skip(NUMERAL_RUN, text, i))) - 1);
    }
  }
  return found;
}

/** Where 每月1日至25日 ends, so that 至25日 is no period of its own; `at` when nothing spoils the date there. */
function spoiledEnd(text: string, at: number, grammar: Grammar): number {
  if (!isNumeral(text.charAt(at)) || !grammar.spoiledBefore.test(text.slice(Math.max(0, at - BEHIND), at))) return at;
  const first = readMoment(text, at, grammar, { first: null, short: false });
  if (first?.part.day == null) return at;
  return readRange(text, at, first, grammar, { opening: null, floor: at }).at.end;
}

function isNumeral(c: string): boolean {
  return (c >= '0' && c <= '9') || '一二三四五六七八九十'.includes(c);
}

function endOfTitle(text: string, at: number): number {
  const close = text.indexOf('》', at);
  return close < 0 ? Infinity : close;
}

/** A year or month in a title is what the document is about. */
function isCoarse({ start, end }: Read): boolean {
  return (start ?? end)?.day == null;
}

function readExpression(text: string, at: number, grammar: Grammar, last: Expression | undefined): Read | null {
  const floor = last?.at.end ?? 0;
  const c = text.charAt(at);
  const undated = grammar.undatedStarters.has(c) ? readUndated(text, at, grammar, floor) : null;
  if (undated !== null || !grammar.dateStarters.has(c)) return undated;
  if (!isNumeral(c) && matchAt(grammar.dateWord, text, at) === null) return readTimes(text, at, last, grammar);
  const behind = text.slice(Math.max(0, at - BEHIND), at);
  if (isInsideNumber(behind, text, at) || grammar.spoiledBefore.test(behind)) return null;
  const short = SHORT_AFTER.test(behind) && matchAt(SHORT_RANGE, text, at) !== null;
  const first = readMoment(text, at, grammar, { first: null, short });
  return first !== null && isDate(first, text, at, behind, grammar)
    ? readRange(text, at, first, grammar, { opening: null, floor })
    : readTimes(text, at, last, grammar);
}

/** 5.2024年3月1日 and 2.3月8日: the number of a point, then a date. */
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

/** Whether what was read stands for a point in time and not for part of a name or an amount. */
function isDate(reading: Reading, text: string, at: number, behind: string, grammar: Grammar): boolean {
  const { part, second, end, style } = reading;
  // 当日 alone is no date; with a time of day it continues one.
  if (part.sameDay) return part.time !== null;
  // 2月30日 is none, and its 30日 is no day of another month.
  if (part.month === null && part.day !== null && /月 {0,2}$/.test(behind)) return false;
  if (style !== 'han' || part.day !== null || part.vague) return true;
  if (part.month === null) {
    if (typeof part.year !== 'number' || matchAt(grammar.spoiledYear, text, end) !== null) return false;
    if (grammar.yearAloneBefore.test(behind) || matchAt(grammar.yearAloneAfter, text, end) !== null) return true;
    return second === null ? matchAt(YEAR_FOLLOWS, text, end) !== null : text.charAt(end) === ')';
  }
  if (matchAt(grammar.spoiledMonth, text, end) !== null) return false;
  return part.year !== null || /[0-9]/.test(text.charAt(at));
}
