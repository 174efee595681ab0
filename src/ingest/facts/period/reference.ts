import { dayNumber } from '../../../domain/dates.js';
import { plainDate } from '../../source/plain-date.js';
import type { PlainDate } from '../../../domain/notice.js';

/** Reference date of a notice, against which dates without a year or month are resolved. */
export interface ReferenceDate {
  /** Day of publication, else of the signature. */
  readonly day: PlainDate | null;
  readonly year: number | null;
  readonly month: number | null;
  /** Year that 今年 means, by the day, the title or the hint; the body is not used. */
  readonly currentYear: number | null;
  /** Year in the title, when there is exactly one. */
  readonly titleYear: number | null;
}

/** Days before the notice at which the window of a date without a year begins: four months before to eight after. */
const YEAR_WINDOW_DAYS_BEFORE = 120;
const YEAR_DAYS = 365;
/** Distance from the notice, in days, beyond which the year of the title is preferred. */
const TITLE_YEAR_MIN_DISTANCE_DAYS = 100;
/** Days before the notice at which the month-long window of a day without a month begins (12日). */
const MONTH_WINDOW_DAYS_BEFORE = 20;

const STATED_YEAR = /(?<![0-9])((?:19|20)[0-9]{2})(?= {0,2}[年度-])/g;

/** Builds the reference of a notice; `yearHint` is used where day, title and body give no year. */
export function createReferenceDate(
  title: string,
  day: PlainDate | null,
  yearInBody: number | null,
  yearHint: number | null,
): ReferenceDate {
  const years = new Set([...title.matchAll(STATED_YEAR)].map(([year]) => Number(year)));
  const titleYear = years.size === 1 ? ([...years][0] ?? null) : null;
  const published = day === null ? null : Number(day.slice(0, 4));
  const year = published ?? titleYear ?? yearInBody ?? yearHint;
  const presentYear = published ?? titleYear ?? yearHint;
  return { day, year, currentYear: presentYear, month: day === null ? null : Number(day.slice(5, 7)), titleYear };
}

/**
 * Returns the year that places a month and day nearest to the notice; null when the reference has no year. A date that
 * is due and would precede the notice moves to the next year: `surely` always, `maybe` if the title names that year.
 */
export function inferYear(
  month: number,
  day: number | null,
  reference: ReferenceDate,
  due: 'surely' | 'maybe' | null = null,
): number | null {
  const { day: published, year, titleYear } = reference;
  if (published === null || year === null) return year;
  const off = (candidate: number): number =>
    dayNumber(plainDate(candidate, month, Math.min(day ?? 15, 28)) ?? published) - dayNumber(published);
  const nearest = [year - 1, year, year + 1].find(
    (y) => off(y) >= -YEAR_WINDOW_DAYS_BEFORE && off(y) < YEAR_DAYS - YEAR_WINDOW_DAYS_BEFORE,
  );
  const best = nearest ?? year;
  // 最迟12月20日 in January; 12月20日前 in January where the title names the year.
  if (off(best) < 0 && (due === 'surely' || (due === 'maybe' && titleYear === best + 1))) return best + 1;
  if (due !== null && titleYear !== null && off(titleYear) < 0) return best;
  if (titleYear === null || Math.abs(off(best)) <= TITLE_YEAR_MIN_DISTANCE_DAYS || Math.abs(off(titleYear)) > YEAR_DAYS)
    return best;
  return titleYear;
}

/** Returns the month that places a day nearest to the notice; null when none fits or the reference has no day. */
export function inferMonth(day: number, { day: published }: ReferenceDate): { year: number; month: number } | null {
  if (published === null) return null;
  const [year, month] = [Number(published.slice(0, 4)), Number(published.slice(5, 7))];
  for (const add of [0, -1, 1]) {
    const shifted = new Date(Date.UTC(year, month - 1 + add, 1));
    const at = { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1 };
    const date = plainDate(at.year, at.month, day);
    const off = date === null ? null : dayNumber(date) - dayNumber(published);
    if (off !== null && off >= -MONTH_WINDOW_DAYS_BEFORE && off < 31 - MONTH_WINDOW_DAYS_BEFORE) return at;
  }
  return null;
}
