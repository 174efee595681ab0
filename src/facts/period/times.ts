import { skip } from './cursor.js';
import type { Expression, Read } from './expression.js';
import type { Grammar } from './grammar.js';
import { NOTHING, type Part } from './part.js';
import { TO } from './range.js';
import { readTime } from './time.js';

/** Upper bounds, in UTF-16 units, on the gap between a date and a later time that belongs to it. */
const NEAR = 80;
const NEAR_ACROSS_LINES = 40;
const DAILY =
  /(?:每天|每日|每周[^,。]{0,6}|工作日|周[一二三四五六日](?:至周[一二三四五六日])?|逢[^,。]{0,4})[:,( ]{0,3}$/;

/** Reads a time without a date (14:00-17:00, 17:00前) as one of the single day before it; null when there is none. */
export function readTimes(text: string, at: number, last: Expression | undefined, grammar: Grammar): Read | null {
  if (last === undefined || at - last.at.end > NEAR || !isOneDay(last)) return null;
  const between = text.slice(last.at.end, at);
  if (between.includes('。') || DAILY.test(between) || grammar.officeHours.test(between)) return null;
  if (between.includes('\n') && between.length > NEAR_ACROSS_LINES) return null;
  const time = readTime(text, at, false);
  if (time?.certain !== true) return null;
  const part: Part = { ...NOTHING, sameDay: true, time: time.time, afternoon: time.afternoon };
  const common = { since: false, workingDays: null };
  const to = skip(TO, text, time.end);
  const second = to === time.end ? null : readTime(text, to, time.afternoon);
  if (second === null || second.time <= time.time) {
    const stop = skip(grammar.untilAfter, text, time.end);
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
    end: { ...part, time: second.time, afternoon: second.afternoon },
    form: 'range',
  };
}

function isOneDay({ form, start, end }: Expression): boolean {
  if (form === 'undated' || start === null || (form === 'range' && end?.sameDay !== true)) return false;
  return start.day !== null || start.sameDay;
}
