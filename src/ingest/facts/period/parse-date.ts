import { parseNumeral, SMALL_NUMERAL } from '../../../text/numerals.js';
import { isPossibleDate, NO_COMPONENTS, type DateComponents } from './expression.js';
import {
  endOfMatch,
  HAN_BARE_DAY,
  HAN_DAY,
  HAN_DAYS,
  HAN_MONTH,
  HAN_MONTHS,
  HAN_YEAR,
  HAN_YEARS,
  matchAt,
  NUMERIC_DATE,
  NUMERIC_DAY,
  NUMERIC_MONTH_DAY,
  VAGUE_MONTH,
  VAGUE_YEAR,
  type Grammar,
} from './grammar.js';

/** Notation of a date: with 年月日, or the mark between its digits. */
type DateNotation = 'han' | '-' | '.' | '/';

export interface MomentReading {
  readonly part: DateComponents;
  /** Second end of a range with one shared unit (3月8-15日), or null. */
  readonly rangeEnd: DateComponents | null;
  readonly style: DateNotation;
  readonly end: number;
  /** End offset of the date without its time of day. */
  readonly dateEnd: number;
}

type DateReading = Omit<MomentReading, 'dateEnd'>;

/** Context in which a date is read. */
export interface ReadingContext {
  /** First end of the range, when the second is read; else null. */
  readonly rangeStart: MomentReading | null;
  /** Whether digits without a year may be a date (公示时间：3.11-3.15). */
  readonly allowsMonthDay: boolean;
}

/** Reads the date at an offset, with its weekday and time of day. Returns null when there is none. */
export function readMoment(text: string, at: number, grammar: Grammar, context: ReadingContext): MomentReading | null {
  const date = readNumeric(text, at, context) ?? readHan(text, at, grammar, context.rangeStart);
  if (date === null || !isPossibleDate(date.part) || (date.rangeEnd !== null && !isPossibleDate(date.rangeEnd)))
    return null;
  if (date.part.day === null && !date.part.isSameDay) return { ...date, dateEnd: date.end };
  const { dateEnd, end, ...time } = readWeekdayAndTime(text, date.end);
  return date.rangeEnd === null
    ? { ...date, part: { ...date.part, ...time }, end, dateEnd }
    : { ...date, rangeEnd: { ...date.rangeEnd, ...time }, end, dateEnd };
}

function readNumeric(text: string, at: number, { rangeStart, allowsMonthDay }: ReadingContext): DateReading | null {
  const full = matchAt(NUMERIC_DATE, text, at);
  if (full !== null) {
    const style = (full[2] ?? full[5]) as '-' | '.' | '/';
    const part = {
      ...NO_COMPONENTS,
      year: Number(full[1]),
      month: Number(full[3] ?? full[6]),
      day: Number(full[4] ?? full[7]),
    };
    return { part, rangeEnd: null, style, end: at + full[0].length };
  }
  if (!allowsMonthDay && (rangeStart === null || rangeStart.style === 'han')) return null;
  const brief = matchAt(NUMERIC_MONTH_DAY, text, at);
  const style = brief?.[2] as '-' | '.' | '/' | undefined;
  if (brief !== null && style !== undefined && (rangeStart === null || rangeStart.style === style)) {
    const part = { ...NO_COMPONENTS, month: Number(brief[1]), day: Number(brief[3]) };
    return { part, rangeEnd: null, style, end: at + brief[0].length };
  }
  const number = rangeStart === null ? null : matchAt(NUMERIC_DAY, text, at);
  if (number === null) return null;
  return { part: { ...NO_COMPONENTS, day: Number(number[1]) }, rangeEnd: null, style: '.', end: at + number[0].length };
}

function readHan(text: string, at: number, grammar: Grammar, rangeStart: MomentReading | null): DateReading | null {
  const years = matchAt(HAN_YEARS, text, at);
  if (years !== null && matchAt(HAN_MONTH, text, at + years[0].length) === null) {
    const read = (year = ''): DateComponents => ({ ...NO_COMPONENTS, year: parseNumeral(year, { isYear: true }) });
    return { part: read(years[1]), rangeEnd: read(years[2]), style: 'han', end: at + years[0].length };
  }
  const year = readYear(text, at, grammar);
  let end = year?.end ?? at;
  const base: DateComponents = { ...NO_COMPONENTS, year: year?.value ?? null };
  const months = matchAt(HAN_MONTHS, text, end);
  if (months !== null) {
    const read = (month = ''): DateComponents => ({ ...base, month: parseNumeral(month) });
    return { part: read(months[1]), rangeEnd: read(months[2]), style: 'han', end: end + months[0].length };
  }
  const month = readMonth(text, end, grammar);
  if (month !== null) return readDay(text, month.end, { ...base, month: month.value });
  if (year !== null) {
    const vague = endOfMatch(VAGUE_YEAR, text, end);
    if (vague === end) end = withoutTrailingBlanks(text, end);
    return { part: { ...base, isVague: vague > end }, rangeEnd: null, style: 'han', end: Math.max(vague, end) };
  }
  const same = matchAt(grammar.sameDay, text, at);
  const next = matchAt(grammar.nextDay, text, at);
  if (next !== null) {
    const part = { ...NO_COMPONENTS, isSameDay: true, isNextDay: true };
    return { part, rangeEnd: null, style: 'han', end: at + next[0].length };
  }
  if (same !== null)
    return { part: { ...NO_COMPONENTS, isSameDay: true }, rangeEnd: null, style: 'han', end: at + same[0].length };
  return readLoneDay(text, at, grammar, rangeStart);
}

function readYear(text: string, at: number, { relativeYear, relatives }: Grammar) {
  const stated = matchAt(HAN_YEAR, text, at);
  const value = stated === null ? null : parseNumeral(stated[1] ?? '', { isYear: true });
  if (stated !== null && value !== null) return { value, end: at + stated[0].length };
  const word = matchAt(relativeYear, text, at)?.[0];
  const relative = word === undefined ? undefined : relatives.get(word);
  if (word === undefined || relative === undefined) return null;
  return { value: relative, end: endOfMatch(/的? {0,2}/y, text, at + word.length) };
}

function readMonth(text: string, at: number, { relativeMonth, relatives }: Grammar) {
  const stated = matchAt(HAN_MONTH, text, at);
  const value = stated === null ? null : parseNumeral(stated[1] ?? '');
  if (stated !== null && value !== null) return { value, end: at + stated[0].length };
  const word = matchAt(relativeMonth, text, at)?.[0];
  const relative = word === undefined ? undefined : relatives.get(word);
  return word === undefined || relative === undefined ? null : { value: relative, end: at + word.length };
}

function readDay(text: string, at: number, base: DateComponents): DateReading | null {
  const days = matchAt(HAN_DAYS, text, at);
  const [from, to] = [parseNumeral(days?.[1] ?? 'x'), parseNumeral(days?.[3] ?? 'x')];
  // 6月7、8日 is one range of days; 6月7、9日 is not, and its 7 is no date of its own.
  if (days !== null && from !== null && to !== null && (days[2] === '、' ? to === from + 1 : to > from)) {
    return { part: { ...base, day: from }, rangeEnd: { ...base, day: to }, style: 'han', end: at + days[0].length };
  }
  const found = matchAt(HAN_DAY, text, at) ?? matchAt(HAN_BARE_DAY, text, at);
  const day = found === null ? null : parseNumeral(found[1] ?? '');
  if (found !== null && day !== null) {
    return { part: { ...base, day }, rangeEnd: null, style: 'han', end: at + found[0].length };
  }
  const vague = endOfMatch(VAGUE_MONTH, text, at);
  const end = vague > at ? vague : withoutTrailingBlanks(text, at);
  return { part: { ...base, isVague: vague > at }, rangeEnd: null, style: 'han', end };
}

/** Reads a day without a month (12日召开; 8日至15日); with 号 or Chinese numerals, only the second end of a range. */
function readLoneDay(text: string, at: number, grammar: Grammar, rangeStart: MomentReading | null): DateReading | null {
  const days = rangeStart === null ? matchAt(HAN_DAYS, text, at) : null;
  if (days !== null && days[2] !== '、' && days[0].endsWith('日') && /^[0-9]/.test(days[0])) {
    const [from, to] = [Number(days[1]), parseNumeral(days[3] ?? '')];
    if (to === null || to <= from || matchAt(grammar.excludedAfterDay, text, at + days[0].length) !== null) return null;
    const read = (day: number): DateComponents => ({ ...NO_COMPONENTS, day });
    return { part: read(from), rangeEnd: read(to), style: 'han', end: at + days[0].length };
  }
  const found = matchAt(HAN_DAY, text, at);
  const day = found === null ? null : parseNumeral(found[1] ?? '');
  if (found === null || day === null) return null;
  const end = at + found[0].length;
  if (matchAt(grammar.excludedAfterDay, text, end) !== null) return null;
  if (rangeStart === null && !/^[0-9].*日$/s.test(found[0])) return null;
  return { part: { ...NO_COMPONENTS, day }, rangeEnd: null, style: 'han', end };
}

const WEEKDAY = '(?:星期|周|礼拜)[一二三四五六日天](?![至到])';
const ASIDE = new RegExp(
  ` {0,2}(?:\\( {0,2}${WEEKDAY} {0,2}\\)|${WEEKDAY}|\\((?:北京时间|含(?:当日|当天|本数)?)\\)|北京时间|含(?=前))`,
  'y',
);
/** 上午 or 下午 without a clock time. */
const DAYPART_ONLY = / {0,2}(?:上午|下午|晚上|中午|凌晨|晚间|当晚|全天)/y;
const OPENED = new RegExp(` {0,2}\\( {0,2}(?:${WEEKDAY})?[ ,、]{0,2}`, 'y');

interface WeekdayAndTime {
  readonly time: string | null;
  readonly isAfternoon: boolean;
  readonly dateEnd: number;
  readonly end: number;
}

/** Reads the weekday and time of day behind a date, in brackets or not. */
function readWeekdayAndTime(text: string, at: number): WeekdayAndTime {
  const dateEnd = endOfMatch(ASIDE, text, at);
  let end = dateEnd;
  let time = readTime(text, end, false);
  const opened = time === null ? endOfMatch(OPENED, text, end) : end;
  if (opened > end) {
    time = readTime(text, opened, false);
    if (time?.isCertain === false) time = null;
  }
  if (time === null) {
    return { time: null, isAfternoon: false, dateEnd, end: endOfMatch(DAYPART_ONLY, text, end) };
  }
  end = endOfMatch(opened > end ? / {0,2}\)/y : / {0,2}[许整]/y, text, time.end);
  return { time: time.time, isAfternoon: time.isAfternoon, dateEnd, end: endOfMatch(ASIDE, text, end) };
}

/** Returns the offset before the blanks that a pattern consumed behind a unit. */
function withoutTrailingBlanks(text: string, at: number): number {
  let end = at;
  while (end > 0 && text.charAt(end - 1) === ' ') end--;
  return end;
}

export interface TimeReading {
  readonly time: string;
  readonly isAfternoon: boolean;
  /** Whether 上午 or minutes are stated, so that it is a time even without a date beside it. */
  readonly isCertain: boolean;
  readonly end: number;
}

const DAYPARTS = '凌晨|清晨|早上|早晨|上午|中午|午间|下午|午后|傍晚|晚上|晚间|夜间|当晚|早|晚';
const DAYPART = new RegExp(`(${DAYPARTS}) {0,2}`, 'y');
const CLOCK = / {0,2}([0-9]{1,2}) {0,2}: {0,2}([0-9]{2})(?::[0-9]{2})?(?!:?[0-9])(?: ?(?:时|点))?/y;
const SPOKEN = new RegExp(
  ` {0,2}(${SMALL_NUMERAL}) {0,2}[时点](?![候段期间限差])(?: {0,2}(?:(整|半)|(${SMALL_NUMERAL}) {0,2}分|([0-9]{2})(?![0-9:年月日.])))?整?`,
  'y',
);

/**
 * Reads the time of day at an offset as `HH:MM`: 9:00, 9时30分, 下午2点半, 24时. Returns null when there is none or it is
 * later than 24:00. `isAfternoon`: 下午 was stated before, so that a bare hour is p.m.
 */
export function readTime(text: string, at: number, isAfternoon: boolean): TimeReading | null {
  const from = endOfMatch(/ {0,2}/y, text, at);
  const daypart = matchAt(DAYPART, text, from)?.[1] ?? null;
  const digits = from + (daypart?.length ?? 0);
  const clock = matchAt(CLOCK, text, digits);
  const spoken = clock === null ? matchAt(SPOKEN, text, digits) : null;
  const found = clock ?? spoken;
  if (found === null) return null;
  const hour = parseNumeral(found[1] ?? '');
  const minute = clock === null ? spokenMinute(found) : Number(clock[2]);
  if (hour === null || minute === null || minute > 59) return null;
  const isPm = isPmHour(daypart, hour) || (daypart === null && isAfternoon && hour < 12);
  const shown = isPm ? hour + 12 : hour;
  if (shown > 24 || (shown === 24 && minute > 0)) return null;
  return {
    time: `${pad(shown)}:${pad(minute)}`,
    isAfternoon: isPm,
    isCertain: clock !== null || daypart !== null || found[2] !== undefined || found[3] !== undefined,
    end: digits + found[0].length,
  };
}

function spokenMinute(found: RegExpExecArray): number | null {
  if (found[2] === '半') return 30;
  return parseNumeral(found[3] ?? found[4] ?? '0');
}

/** Returns whether the hour is p.m. on a twelve-hour clock: 下午2点, 晚上8点, 中午1点. */
function isPmHour(daypart: string | null, hour: number): boolean {
  if (daypart === null || hour >= 12) return daypart !== null && /晚|夜/.test(daypart) && hour === 12;
  if (/下午|午后|傍晚/.test(daypart)) return true;
  if (/晚|夜/.test(daypart)) return hour >= 5;
  return /中午|午间/.test(daypart) && hour <= 3;
}

const pad = (n: number): string => String(n).padStart(2, '0');
