import { dayNumber } from '../../domain/day.js';
import { plainDate } from '../../source/plain-date.js';
import type { PlainDate } from '../../domain/notice.js';

/** What is known of a notice's own time, for dates without a year. */
export interface Reference {
  /** The day of publication or of the signature. */
  readonly day: PlainDate | null;
  readonly year: number | null;
  readonly month: number | null;
  /** The year of 今年, as far as anything but the body tells. */
  readonly presentYear: number | null;
  /** The year in the title, when there is exactly one. */
  readonly titleYear: number | null;
}

/** A date without a year lies from four months before the notice to eight months after it. */
const MOST_BEFORE = 120;
const YEAR_DAYS = 365;
/** Farther off than this, a year that the title names is the better guess. */
const DOUBTFUL = 100;
/** 12日 in a report is one of the last days; in an announcement one of the next. */
const DAYS_BEFORE = 20;

const STATED_YEAR = /(?<![0-9])((?:19|20)[0-9]{2})(?= {0,2}[年度-])/g;

/** @param yearHint the year to assume where nothing states one */
export function referenceOf(
  title: string,
  day: PlainDate | null,
  yearInBody: number | null,
  yearHint: number | null,
): Reference {
  const years = new Set([...title.matchAll(STATED_YEAR)].map(([year]) => Number(year)));
  const titleYear = years.size === 1 ? ([...years][0] ?? null) : null;
  const published = day === null ? null : Number(day.slice(0, 4));
  const year = published ?? titleYear ?? yearInBody ?? yearHint;
  const presentYear = published ?? titleYear ?? yearHint;
  return { day, year, presentYear, month: day === null ? null : Number(day.slice(5, 7)), titleYear };
}

/**
 * The year that brings a month and day nearest to the notice; null when nothing
 * tells. What is `due` does not lie before the notice.
 */
export function nearestYear(
  month: number,
  day: number | null,
  reference: Reference,
  due: 'surely' | 'maybe' | null = null,
): number | null {
  const { day: published, year, titleYear } = reference;
  if (published === null || year === null) return year;
  const off = (candidate: number): number =>
    dayNumber(plainDate(candidate, month, Math.min(day ?? 15, 28)) ?? published) - dayNumber(published);
  const nearest = [year - 1, year, year + 1].find((y) => off(y) >= -MOST_BEFORE && off(y) < YEAR_DAYS - MOST_BEFORE);
  const best = nearest ?? year;
  // 最迟12月20日 in January; 12月20日前 in January where the title names the year.
  if (off(best) < 0 && (due === 'surely' || (due === 'maybe' && titleYear === best + 1))) return best + 1;
  if (due !== null && titleYear !== null && off(titleYear) < 0) return best;
  if (titleYear === null || Math.abs(off(best)) <= DOUBTFUL || Math.abs(off(titleYear)) > YEAR_DAYS) return best;
  return titleYear;
}

/** The month that brings a day nearest to the notice; null when nothing tells. */
export function nearestMonth(day: number, { day: published }: Reference): { year: number; month: number } | null {
  if (published === null) return null;
  const [year, month] = [Number(published.slice(0, 4)), Number(published.slice(5, 7))];
  for (const add of [0, -1, 1]) {
    const shifted = new Date(Date.UTC(year, month - 1 + add, 1));
    const at = { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1 };
    const date = plainDate(at.year, at.month, day);
    const off = date === null ? null : dayNumber(date) - dayNumber(published);
    if (off !== null && off >= -DAYS_BEFORE && off < 31 - DAYS_BEFORE) return at;
  }
  return null;
}
