import { parseNumeral, SMALL_NUMERAL } from '../../../text/numerals.js';
import { NO_COMPONENTS, type DateComponents, type DateExpression, type ParsedExpression } from './expression.js';
import { endOfMatch, matchAt, RANGE_SEPARATOR, type Grammar } from './grammar.js';
import { readMoment, readTime, type MomentReading, type TimeReading } from './parse-date.js';

/** Size, in UTF-16 units, of the window searched before a date; longer than any word searched for. */
export const LOOK_BEHIND = 12;
/** Pattern between the ends of a range, including a 起 or 开始 behind the first. */
const RANGE_CONNECTOR = new RegExp(`(?: {0,2}(?:起|开始)[, ]?)?${RANGE_SEPARATOR}`, 'y');

const COUNT = `(${SMALL_NUMERAL}|[0-9]{3}) {0,2}个? {0,2}工作日`;
const WORKING_DAYS_AFTER = new RegExp(
  ` {0,2}[(,、]? {0,2}(?:共计|共|为期|合计|总计|计|即)? {0,2}${COUNT}(?!内|以内|之内)(?: {0,2}\\))?`,
  'y',
);
const WORKING_DAYS_BEFORE = new RegExp(`${COUNT} {0,2}[(,、:]? {0,2}(?:即|从|自|时间|为|:){0,3} {0,2}$`);

interface RangeContext {
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
  { openingStart, previousEnd }: RangeContext,
): ParsedExpression {
  const common = { hasStarted: false, workingDays: null };
  const behind = text.slice(Math.max(previousEnd, at - LOOK_BEHIND), at);
  const from = grammar.fromBefore.exec(behind)?.index;
  const other = openingStart === null ? readRangeEnd(text, first, grammar) : null;
  if (other !== null) {
    const end = endOfMatch(grammar.untilAfter, text, other.end);
    const start = from === undefined ? at : at - behind.length + from;
    const range = { ...common, at: { start, end }, start: first.part, end: other.last, form: 'range' } as const;
    return withWorkingDays(text, range, previousEnd);
  }
  const until = openingStart === null ? grammar.untilBefore.exec(behind)?.index : undefined;
  const prefix = until ?? from;
  const start = openingStart ?? (prefix === undefined ? at : at - behind.length + prefix);
  const stop = endOfMatch(grammar.untilAfter, text, first.end);
  if (stop > first.end || until !== undefined || openingStart !== null) {
    return withWorkingDays(
      text,
      { ...common, at: { start, end: stop }, start: null, end: first.part, form: 'until' },
      previousEnd,
    );
  }
  const onset = endOfMatch(grammar.fromAfter, text, first.end);
  const isOpen = onset > first.end || from !== undefined;
  return withWorkingDays(
    text,
    {
      ...common,
      hasStarted: text.slice(first.end, onset).includes('来'),
      at: { start, end: onset },
      start: first.part,
      end: isOpen ? null : first.part,
      form: isOpen ? 'from' : 'single',
    },
    previousEnd,
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

function withWorkingDays(text: string, read: ParsedExpression, previousEnd: number): ParsedExpression {
  const { at } = read;
  const after = matchAt(WORKING_DAYS_AFTER, text, at.end);
  if (after !== null) {
    return { ...read, at: { ...at, end: at.end + after[0].length }, workingDays: parseNumeral(after[1] ?? '') };
  }
  const from = Math.max(previousEnd, at.start - 2 * LOOK_BEHIND);
  const before = read.form === 'single' ? null : WORKING_DAYS_BEFORE.exec(text.slice(from, at.start));
  if (before === null) return read;
  const end = before[0].includes('(') ? endOfMatch(/ {0,2}\)/y, text, at.end) : at.end;
  return { ...read, at: { start: from + before.index, end }, workingDays: parseNumeral(before[1] ?? '') };
}

/** Upper bounds, in UTF-16 units, on the gap between a date and a later time that belongs to it. */
const NEAR = 80;
const NEAR_ACROSS_LINES = 40;
const DAILY =
  /(?:每天|每日|每周[^,。]{0,6}|工作日|周[一二三四五六日](?:至周[一二三四五六日])?|逢[^,。]{0,4})[:,( ]{0,3}$/;

/** Reads a time without a date (14:00-17:00, 17:00前) as one of the single day before it; null when there is none. */
export function readTimeOfPreviousDate(
  text: string,
  at: number,
  last: DateExpression | undefined,
  grammar: Grammar,
): ParsedExpression | null {
  if (last === undefined || at - last.at.end > NEAR || !isOneDay(last)) return null;
  const between = text.slice(last.at.end, at);
  if (between.includes('。') || DAILY.test(between) || grammar.officeHours.test(between)) return null;
  if (between.includes('\n') && between.length > NEAR_ACROSS_LINES) return null;
  const time = readTime(text, at, false);
  if (time?.isCertain !== true) return null;
  const part: DateComponents = { ...NO_COMPONENTS, isSameDay: true, time: time.time, isAfternoon: time.isAfternoon };
  const common = { hasStarted: false, workingDays: null };
  const to = endOfMatch(RANGE_CONNECTOR, text, time.end);
  const second = to === time.end ? null : readTime(text, to, time.isAfternoon);
  if (second === null || second.time <= time.time) {
    const stop = endOfMatch(grammar.untilAfter, text, time.end);
    const isUntil = stop > time.end;
    return {
      ...common,
      at: { start: at, end: stop },
      start: isUntil ? null : part,
      end: part,
      form: isUntil ? 'until' : 'single',
    };
  }
  return {
    ...common,
    at: { start: at, end: second.end },
    start: part,
    end: { ...part, time: second.time, isAfternoon: second.isAfternoon },
    form: 'range',
  };
}

function isOneDay({ form, start, end }: DateExpression): boolean {
  if (form === 'undated' || start === null || (form === 'range' && end?.isSameDay !== true)) return false;
  return start.day !== null || start.isSameDay;
}

const UNTIL = new RegExp(`(?:[, ]|暂?(?:执行|实施|施行))?${RANGE_SEPARATOR}`, 'y');
/** Dates right behind a duration, which then belongs to them: 公示期5个工作日（3月11日至…. */
const DATES_FOLLOW = / {0,2}[(,、:]? {0,2}(?:即|从|自|时间|为|:){0,3}(?:[0-9]{1,4} {0,2}[年月日./-]|二[〇零○O0])/y;

/** Reads a period without a dated start: 即日起至3月15日, 自公示之日起5个工作日, 公示期7天, 时间另行通知. */
export function readUndated(text: string, at: number, grammar: Grammar, previousEnd: number): ParsedExpression | null {
  return (
    readPublicationStart(text, at, grammar, previousEnd) ??
    readDuration(text, at, grammar) ??
    readToBeAnnounced(text, at, grammar)
  );
}

function readPublicationStart(
  text: string,
  at: number,
  grammar: Grammar,
  previousEnd: number,
): ParsedExpression | null {
  const own = matchAt(grammar.publicationStart, text, at);
  if (own === null) return null;
  const end = at + own[0].length;
  const to = endOfMatch(UNTIL, text, end);
  const moment = to === end ? null : readMoment(text, to, grammar, { rangeStart: null, allowsMonthDay: false });
  if (moment?.rangeEnd === null)
    return completeExpression(text, to, moment, grammar, { openingStart: at, previousEnd });
  const isWorking = own[2] === '工作日' || own[3] === '工作日';
  return undated(at, end, isWorking ? parseNumeral(own[1] ?? '') : null);
}

function readDuration(text: string, at: number, grammar: Grammar): ParsedExpression | null {
  const duration = matchAt(grammar.duration, text, at);
  if (duration === null) return null;
  const [whole, , words = '', count = '', unit, bare] = duration;
  const end = at + whole.length;
  if (matchAt(DATES_FOLLOW, text, end) !== null) return null;
  return undated(end - words.length, end, unit === '工作日' || bare === '工作日' ? parseNumeral(count) : null);
}

function readToBeAnnounced(text: string, at: number, grammar: Grammar): ParsedExpression | null {
  const match = matchAt(grammar.toBeAnnounced, text, at);
  if (match === null) return null;
  const end = at + match[0].length;
  return undated(end - (match[1] ?? '').length, end, null);
}

function undated(start: number, end: number, workingDays: number | null): ParsedExpression {
  return { at: { start, end }, start: null, end: null, form: 'undated', hasStarted: false, workingDays };
}
