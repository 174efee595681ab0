import { matchAt, endOfMatch } from './cursor.js';
import { parseNumeral, SMALL_NUMERAL } from '../../../text/numerals.js';

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
const DAYPART_ONLY = / {0,2}(?:上午|下午|晚上|中午|凌晨|晚间|当晚|全天)/y;

/**
 * Reads the time of day at an offset as `HH:MM`: 9:00, 9时30分, 下午2点半, 24时. Returns null when there is none or it is
 * later than 24:00. `afternoon`: 下午 was stated before, so that a bare hour is p.m.
 */
export function readTime(text: string, at: number, afternoon: boolean): TimeReading | null {
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
  const later = isLater(daypart, hour) || (daypart === null && afternoon && hour < 12);
  const shown = later ? hour + 12 : hour;
  if (shown > 24 || (shown === 24 && minute > 0)) return null;
  return {
    time: `${pad(shown)}:${pad(minute)}`,
    isAfternoon: later,
    isCertain: clock !== null || daypart !== null || found[2] !== undefined || found[3] !== undefined,
    end: digits + found[0].length,
  };
}

/** Returns the end of a 上午 or 下午 without a clock time; `at` when there is none. */
export function skipDaypart(text: string, at: number): number {
  return endOfMatch(DAYPART_ONLY, text, at);
}

function spokenMinute(found: RegExpExecArray): number | null {
  if (found[2] === '半') return 30;
  return parseNumeral(found[3] ?? found[4] ?? '0');
}

/** Returns whether the hour is p.m. on a twelve-hour clock: 下午2点, 晚上8点, 中午1点. */
function isLater(daypart: string | null, hour: number): boolean {
  if (daypart === null || hour >= 12) return daypart !== null && /晚|夜/.test(daypart) && hour === 12;
  if (/下午|午后|傍晚/.test(daypart)) return true;
  if (/晚|夜/.test(daypart)) return hour >= 5;
  return /中午|午间/.test(daypart) && hour <= 3;
}

const pad = (n: number): string => String(n).padStart(2, '0');
