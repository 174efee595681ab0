import type { Span } from '../../../domain/fact.js';

/** Year or month stated as an offset from another: 去年, 次年, 本月. */
export interface RelativeOffset {
  readonly from: 'publication' | 'text';
  readonly add: number;
}

/** Components of a moment as the text states them; omitted ones are null and resolved later. */
export interface DateComponents {
  readonly year: number | RelativeOffset | null;
  readonly month: number | RelativeOffset | null;
  readonly day: number | null;
  /** 同日, or a time of day that belongs to the previous date. */
  readonly isSameDay: boolean;
  /** 次日: the day after the previous date. */
  readonly isNextDay: boolean;
  /** 月底, 上旬: part of a month or year, its exact day unknown. */
  readonly isVague: boolean;
  readonly time: string | null;
  /** Whether 下午 was stated, so that a bare hour at the second end of a range is p.m. too. */
  readonly isAfternoon: boolean;
}

export const NO_COMPONENTS: DateComponents = {
  year: null,
  month: null,
  day: null,
  isSameDay: false,
  isNextDay: false,
  isVague: false,
  time: null,
  isAfternoon: false,
};

const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns false when the stated month and day are no date in any year (2月30日). */
export function isPossibleDate({ month, day }: DateComponents): boolean {
  if (typeof month === 'number' && (month < 1 || month > 12)) return false;
  if (day === null) return true;
  const longest = typeof month === 'number' ? (LONGEST_MONTH[month - 1] ?? 31) : 31;
  return day >= 1 && day <= longest;
}

/** Date or period as written, with its omitted years and months not yet resolved. */
export interface DateExpression {
  /** Span of all its words, including 自, 前 and （5个工作日）. */
  readonly at: Span;
  readonly start: DateComponents | null;
  readonly end: DateComponents | null;
  /** Which ends are stated: one day, both, the end only, the start only, or no date at all (公示期7天). */
  readonly form: 'single' | 'range' | 'until' | 'from' | 'undated';
  /** 以来: the period began in the past, so it is no deadline. */
  readonly hasStarted: boolean;
  readonly workingDays: number | null;
  /** Whether it lies within 《》, as part of a title. */
  readonly isInTitle: boolean;
}

/** Expression without `isInTitle`, which only the scanner can tell. */
export type ParsedExpression = Omit<DateExpression, 'isInTitle'>;
