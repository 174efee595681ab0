/** A year or month that is counted from another: 去年, 次年, 本月. */
export interface Relative {
  readonly from: 'publication' | 'text';
  readonly add: number;
}

/** What a text states of a moment; what it leaves out is null and concluded later. */
export interface Part {
  readonly year: number | Relative | null;
  readonly month: number | Relative | null;
  readonly day: number | null;
  /** 同日, or a time of day that belongs to the date before it. */
  readonly sameDay: boolean;
  /** 次日: the day after that. */
  readonly nextDay: boolean;
  /** 月底, 上旬: part of what is stated, the rest of which stays open. */
  readonly vague: boolean;
  readonly time: string | null;
  /** 下午 was said, so that a bare hour behind it in a range is one of the afternoon too. */
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

/** False when no year makes the stated month and day a date. */
export function canExist({ month, day }: Part): boolean {
  if (typeof month === 'number' && (month < 1 || month > 12)) return false;
  if (day === null) return true;
  const longest = typeof month === 'number' ? (LONGEST_MONTH[month - 1] ?? 31) : 31;
  return day >= 1 && day <= longest;
}
