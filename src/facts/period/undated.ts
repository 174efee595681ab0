import { matchAt, skip } from './cursor.js';
import type { Read } from './expression.js';
import { RANGE_MARK, type Grammar } from './grammar.js';
import { readMoment } from './moment.js';
import { numberOf } from './numerals.js';
import { readRange } from './range.js';

const UNTIL = new RegExp(`(?:[, ]|暂?(?:执行|实施|施行))?${RANGE_MARK}`, 'y');
/** Dates right behind a duration, which then belongs to them: 公示期5个工作日（3月11日至…. */
const DATES_FOLLOW = / {0,2}[(,、:]? {0,2}(?:即|从|自|时间|为|:){0,3}(?:[0-9]{1,4} {0,2}[年月日./-]|二[〇零○O0])/y;

/** Reads a period without a dated start: 即日起至3月15日, 自公示之日起5个工作日, 公示期7天, 时间另行通知. */
export function readUndated(text: string, at: number, grammar: Grammar, floor: number): Read | null {
  return readOwnStart(text, at, grammar, floor) ?? readDuration(text, at, grammar) ?? readUnsettled(text, at, grammar);
}

function readOwnStart(text: string, at: number, grammar: Grammar, floor: number): Read | null {
  const own = matchAt(grammar.ownStart, text, at);
  if (own === null) return null;
  const end = at + own[0].length;
  const to = skip(UNTIL, text, end);
  const moment = to === end ? null : readMoment(text, to, grammar, { first: null, short: false });
  if (moment?.second === null) return readRange(text, to, moment, grammar, { opening: at, floor });
  const isWorking = own[2] === '工作日' || own[3] === '工作日';
  return undated(at, end, isWorking ? numberOf(own[1] ?? '') : null);
}

function readDuration(text: string, at: number, grammar: Grammar): Read | null {
  const duration = matchAt(grammar.duration, text, at);
  if (duration === null) return null;
  const [whole, , words = '', count = '', unit, bare] = duration;
  const end = at + whole.length;
  if (matchAt(DATES_FOLLOW, text, end) !== null) return null;
  return undated(end - words.length, end, unit === '工作日' || bare === '工作日' ? numberOf(count) : null);
}

function readUnsettled(text: string, at: number, grammar: Grammar): Read | null {
  const unsettled = matchAt(grammar.unsettled, text, at);
  if (unsettled === null) return null;
  const end = at + unsettled[0].length;
  return undated(end - (unsettled[1] ?? '').length, end, null);
}

function undated(start: number, end: number, workingDays: number | null): Read {
  return { at: { start, end }, start: null, end: null, form: 'undated', since: false, workingDays };
}
