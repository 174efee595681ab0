/** Year or month stated as an offset from another: 去年, 次年, 本月. */
export interface Relative {
  readonly from: 'publication' | 'text';
  readonly add: number;
}

/** Components of a moment as the text states them; omitted ones are null and resolved later. */
export interface Part {
  readonly year: number | Relative | null;
  readonly month: number | Relative | null;
  readonly day: number | null;
  /** 同日, or a time of day that belongs to the previous date. */
  readonly sameDay: boolean;
  /** 次日: the day after the previous date. */
  readonly nextDay: boolean;
  /** 月底, 上旬: part of a month or year, its exact day unknown. */
  readonly vague: boolean;
  readonly time: string | null;
  /** Whether 下午 was stated, so that a bare hour at the second end of a range is p.m. too. */
  readonly afternoon: boolean;
}

export const NOTHING: Part = {
  year: null,
  month: null,
  day: null,
  sameDay: false,
  nextDay: false,
  vague: false,
  time: null,
  afternoon: false,
};

const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns false when the stated month and day are no date in any year (2月30日). */
export function canExist({ month, day }: Part): boolean {
  if (typeof month === 'number' && (month < 1 || month > 12)) return false;
  if (day === null) return true;
  const longest = typeof month === 'number' ? (LONGEST_MONTH[month - 1] ?? 31) : 31;
  return day >= 1 && day <= longest;
}
