import { addDays, dayInShanghai } from '../domain/dates.js';
import type { PlainDate } from '../domain/notice.js';
import { parseNewsQuery, type DayRange, type RecencyRules } from '../answering/query/news-query.js';
import { fullDatesIn, plainDate } from '../ingest/source/plain-date.js';
import { fold } from '../text/fold.js';

/** No columns: here only days are parsed. */
const NO_COLUMNS: ReadonlySet<string> = new Set();

/** Days that a reader typed as the argument of a command. */
export type ParsedDays =
  | ({ readonly kind: 'days' } & DayRange)
  /** 3月11日, 3-11, or 3月 with `day` null; `resolveMonthDay` finds the year. */
  | { readonly kind: 'month-day'; readonly month: number; readonly day: number | null };

/** Upper bound, in UTF-16 units, on the text: longer than any way of writing a day or two. */
const MAX_DAYS_LENGTH = 40;
const FULL_DATE = /^([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?[日号]?$/;
const COMPACT_DATE = /^([0-9]{4})([0-9]{2})([0-9]{2})$/;
const MONTH_DAY = /^([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?[日号]?$/;
const MONTH = /^(?:([0-9]{4}) ?[-/.年] ?)?([0-9]{1,2}) ?月份?$|^([0-9]{4}) ?[-/.] ?([0-9]{1,2})$/;

/**
 * Parses 今天, 昨天, 前天, 本周, 上周, 本月, 上个月, 2024-03-11, 2024年3月11日, 20240311, 3月11日 and 3-11, and months
 * likewise: 3月, 2024年3月, 2024-03. Returns null for anything else and for dates that do not exist.
 */
export function parseDays(text: string, recency: RecencyRules, now: Date): ParsedDays | null {
  const typed = fold(text.slice(0, MAX_DAYS_LENGTH + 1)).trim();
  if (typed === '' || typed.length > MAX_DAYS_LENGTH) return null;
  if (typed === '前天' || typed === '前日') return singleDay(addDays(dayInShanghai(now), -2));
  const stated = FULL_DATE.exec(typed) ?? COMPACT_DATE.exec(typed);
  if (stated !== null) {
    const date = plainDate(Number(stated[1]), Number(stated[2]), Number(stated[3]));
    return date === null ? null : singleDay(date);
  }
  const yearless = MONTH_DAY.exec(typed);
  if (yearless !== null) {
    const [month, day] = [Number(yearless[1]), Number(yearless[2])];
    // 2024 is a leap year, so that 2月29日 is valid.
    return plainDate(2024, month, day) === null ? null : { kind: 'month-day', month, day };
  }
  const ofMonth = MONTH.exec(typed);
  if (ofMonth !== null) return parseMonth(ofMonth[1] ?? ofMonth[3], Number(ofMonth[2] ?? ofMonth[4]));
  if (fullDatesIn(typed).length > 0) return null;
  const range = parseNewsQuery(typed, recency, NO_COLUMNS, now);
  return range === null ? null : { kind: 'days', from: range.from, to: range.to };
}

function parseMonth(year: string | undefined, month: number): ParsedDays | null {
  if (year === undefined) return month >= 1 && month <= 12 ? { kind: 'month-day', month, day: null } : null;
  const first = plainDate(Number(year), month, 1);
  return first === null ? null : { kind: 'days', ...findMonthBounds(first) };
}

/** Returns the first and the last day of the month of `date`. */
function findMonthBounds(date: PlainDate): { from: PlainDate; to: PlainDate } {
  const from = `${date.slice(0, 7)}-01`;
  // 31 days after the first is always in the next month.
  return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
}

function singleDay(date: PlainDate): ParsedDays {
  return { kind: 'days', from: date, to: date };
}

/**
 * Resolves the year of 3月11日 or 3月: the latest with a notice on such a day, else the latest that is not in the
 * future.
 */
export function resolveMonthDay(
  { month, day }: { readonly month: number; readonly day: number | null },
  dates: Iterable<PlainDate | null>,
  now: Date,
): { readonly from: PlainDate; readonly to: PlainDate } {
  const two = (n: number): string => String(n).padStart(2, '0');
  const isSameMonthDay = (date: PlainDate): boolean =>
    date.slice(5, 7) === two(month) && (day === null || date.slice(8) === two(day));
  const toRange = (date: PlainDate) => (day === null ? findMonthBounds(date) : { from: date, to: date });
  let latest: PlainDate | null = null;
  for (const date of dates) {
    if (date !== null && isSameMonthDay(date) && (latest === null || date > latest)) latest = date;
  }
  if (latest !== null) return toRange(latest);
  const today = dayInShanghai(now);
  const year = Number(today.slice(0, 4));
  // 2月29日 recurs after four years, and across most turns of a century after eight.
  for (let back = 0; back <= 8; back += 1) {
    const date = plainDate(year - back, month, day ?? 1);
    if (date !== null && date <= today) return toRange(date);
  }
  return toRange(today);
}
