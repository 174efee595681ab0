import { endOfMatch } from './cursor.js';
import type { DateExpression, ParsedExpression } from './expression.js';
import type { Grammar } from './grammar.js';
import { NO_COMPONENTS, type DateComponents } from './part.js';
import { RANGE_CONNECTOR } from './range.js';
import { readTime } from './time.js';

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
