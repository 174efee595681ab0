import { matchAt, endOfMatch } from './cursor.js';
import type { ParsedExpression } from './expression.js';
import { RANGE_SEPARATOR, type Grammar } from './grammar.js';
import { readMoment } from './moment.js';
import { parseNumeral } from '../../../text/numerals.js';
import { completeExpression } from './range.js';

const UNTIL = new RegExp(`(?:[, ]|暂?(?:执行|实施|施行))?${RANGE_SEPARATOR}`, 'y');
/** Dates right behind a duration, which then belongs to them: 公示期5个工作日（3月11日至…. */
const DATES_FOLLOW = / {0,2}[(,、:]? {0,2}(?:即|从|自|时间|为|:){0,3}(?:[0-9]{1,4} {0,2}[年月日./-]|二[〇零○O0])/y;

/** Reads a period without a dated start: 即日起至3月15日, 自公示之日起5个工作日, 公示期7天, 时间另行通知. */
export function readUndated(text: string, at: number, grammar: Grammar, floor: number): ParsedExpression | null {
  return (
    readPublicationStart(text, at, grammar, floor) ??
    readDuration(text, at, grammar) ??
    readToBeAnnounced(text, at, grammar)
  );
}

function readPublicationStart(text: string, at: number, grammar: Grammar, floor: number): ParsedExpression | null {
  const own = matchAt(grammar.publicationStart, text, at);
  if (own === null) return null;
  const end = at + own[0].length;
  const to = endOfMatch(UNTIL, text, end);
  const moment = to === end ? null : readMoment(text, to, grammar, { rangeStart: null, allowsMonthDay: false });
  if (moment?.rangeEnd === null)
    return completeExpression(text, to, moment, grammar, { openingStart: at, previousEnd: floor });
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
  const unsettled = matchAt(grammar.toBeAnnounced, text, at);
  if (unsettled === null) return null;
  const end = at + unsettled[0].length;
  return undated(end - (unsettled[1] ?? '').length, end, null);
}

function undated(start: number, end: number, workingDays: number | null): ParsedExpression {
  return { at: { start, end }, start: null, end: null, form: 'undated', hasStarted: false, workingDays };
}
