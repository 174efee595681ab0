import { matchAt, skip } from './cursor.js';
import type { Read } from './expression.js';
import { RANGE_MARK, type Grammar } from './grammar.js';
import { readMoment, type Reading } from './moment.js';
import { numberOf, SMALL } from './numerals.js';
import { NOTHING, type Part } from './part.js';
import { readTime, type TimeReading } from './time.js';

/** Size, in UTF-16 units, of the window searched before a date; longer than any word searched for. */
export const BEHIND = 12;
/** Pattern between the ends of a range, including a 起 or 开始 behind the first. */
export const TO = new RegExp(`(?: {0,2}(?:起|开始)[, ]?)?${RANGE_MARK}`, 'y');

const COUNT = `(${SMALL}|[0-9]{3}) {0,2}个? {0,2}工作日`;
const WORKING_DAYS_AFTER = new RegExp(
  ` {0,2}[(,、]? {0,2}(?:共计|共|为期|合计|总计|计|即)? {0,2}${COUNT}(?!内|以内|之内)(?: {0,2}\\))?`,
  'y',
);
const WORKING_DAYS_BEFORE = new RegExp(`${COUNT} {0,2}[(,、:]? {0,2}(?:即|从|自|时间|为|:){0,3} {0,2}$`);

export interface Place {
  /** Offset of 即日起至, when that is the start; else null. */
  readonly opening: number | null;
  /** End offset of the previous expression, before which no words are taken. */
  readonly floor: number;
}

/** Reads the expression around the first date at `at`: a second end, 前 or 起, working days. */
export function readRange(text: string, at: number, first: Reading, grammar: Grammar, place: Place): Read {
  const common = { since: false, workingDays: null };
  const behind = text.slice(Math.max(place.floor, at - BEHIND), at);
  const from = grammar.fromBefore.exec(behind)?.index;
  const other = place.opening === null ? readOtherEnd(text, first, grammar) : null;
  if (other !== null) {
    const end = skip(grammar.untilAfter, text, other.end);
    const start = from === undefined ? at : at - behind.length + from;
    const range = { ...common, at: { start, end }, start: first.part, end: other.last, form: 'range' } as const;
    return withWorkingDays(text, range, place.floor);
  }
  const until = place.opening === null ? grammar.untilBefore.exec(behind)?.index : undefined;
  const prefix = until ?? from;
  const start = place.opening ?? (prefix === undefined ? at : at - behind.length + prefix);
  const stop = skip(grammar.untilAfter, text, first.end);
  if (stop > first.end || until !== undefined || place.opening !== null) {
    return withWorkingDays(
      text,
      { ...common, at: { start, end: stop }, start: null, end: first.part, form: 'until' },
      place.floor,
    );
  }
  const onset = skip(grammar.fromAfter, text, first.end);
  const since = text.slice(first.end, onset).includes('来');
  const isOpen = onset > first.end || from !== undefined;
  return withWorkingDays(
    text,
    {
      ...common,
      since,
      at: { start, end: onset },
      start: first.part,
      end: isOpen ? null : first.part,
      form: isOpen ? 'from' : 'single',
    },
    place.floor,
  );
}

/** Reads the second end of a range, which may omit what it shares with the first. Returns null when there is none. */
function readOtherEnd(text: string, first: Reading, grammar: Grammar): { last: Part; end: number } | null {
  if (first.second !== null) return endOf(first.second, first, text);
  const to = skip(TO, text, first.end);
  if (to === first.end) return null;
  if (first.part.time !== null) {
    const time = readTime(text, to, first.part.afternoon);
    if (time !== null && isLater(time, first.part)) {
      const last = { ...NOTHING, sameDay: true, time: time.time, afternoon: time.afternoon };
      return { last, end: skip(/ {0,2}\)/y, text, time.end) };
    }
  }
  const second = readMoment(text, to, grammar, { first, short: false });
  if (second?.second !== null || !isOrdered(first.part, second.part)) return null;
  return first.part.time === null ? endOf(second.part, second, text) : { last: second.part, end: second.end };
}

function isLater({ time }: TimeReading, first: Part): boolean {
  return first.time !== null && time > first.time;
}

/** Drops the time of a second end when it begins daily hours: 11日-15日 9:00-17:00. */
function endOf(part: Part, { end, dateEnd }: Reading, text: string): { last: Part; end: number } {
  const to = part.time === null ? end : skip(TO, text, end);
  const isHours = to > end && readTime(text, to, false) !== null;
  return isHours ? { last: { ...part, time: null }, end: dateEnd } : { last: part, end };
}

/** Returns false when the second end precedes the first whatever the omitted components are. */
function isOrdered(first: Part, second: Part): boolean {
  if (second.sameDay) return first.day !== null || first.sameDay;
  if (first.day === null && second.day !== null && second.month === null) return false;
  if (first.day !== null && second.day === null && !second.vague) return false;
  if (typeof first.year === 'number' && typeof second.year === 'number') {
    if (second.year !== first.year) return second.year > first.year;
    if (typeof first.month === 'number' && typeof second.month === 'number' && second.month < first.month) return false;
  }
  const sameMonth = second.month === null || (second.month === first.month && second.year === first.year);
  return !(sameMonth && first.day !== null && second.day !== null && second.day < first.day);
}

function withWorkingDays(text: string, read: Read, floor: number): Read {
  const { at } = read;
  const after = matchAt(WORKING_DAYS_AFTER, text, at.end);
  if (after !== null) {
    return { ...read, at: { ...at, end: at.end + after[0].length }, workingDays: numberOf(after[1] ?? '') };
  }
  const from = Math.max(floor, at.start - 2 * BEHIND);
  const before = read.form === 'single' ? null : WORKING_DAYS_BEFORE.exec(text.slice(from, at.start));
  if (before === null) return read;
  const end = before[0].includes('(') ? skip(/ {0,2}\)/y, text, at.end) : at.end;
  return { ...read, at: { start: from + before.index, end }, workingDays: numberOf(before[1] ?? '') };
}
