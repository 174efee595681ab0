import { dayInShanghai, dayNumber } from '../../domain/dates.js';
import type { DateOrigin, PlainDate } from '../../domain/notice.js';
import { median, type PageItem } from './parse-page.js';
import { fullDatesIn, plainDate } from './plain-date.js';

/** UTF-16 units at a body's end in which its signature date is searched. */
const SIGNATURE_TAIL = 40;
/** Largest distance, in days, of a list date from the body's signature date or from another full date in it. */
const SIGNATURE_WINDOW_DAYS = 60;
const BODY_WINDOW_DAYS = 45;
/** Longest interval between two 02-29, in years. */
const MAX_LEAP_YEARS = 8;
const HALF_YEAR_DAYS = 182;
const DAY_MS = 86_400_000;

/** List date with its inferred year, and where the year came from. */
interface ResolvedDate {
  readonly date: PlainDate;
  readonly origin: DateOrigin;
}

export interface PublishedItem {
  readonly item: PageItem;
  readonly publishedOn: PlainDate | null;
  readonly origin: DateOrigin;
  /** 0-based number of the list that contains the item. */
  readonly column: number;
}

/**
 * Infers each item's year and list. Sources of the year, in order of precedence: the printed year, the signature date
 * at the body's end, other full dates in the body, neighbours in the same list (newest first, so a later month-day
 * below means the previous year), the file's most common year, and last the clock (`now`).
 */
export function inferPublishDates(items: readonly PageItem[], now: Date): PublishedItem[] {
  const ownDates = items.map(inferDateFromItem);
  const columns = splitColumns(items, ownDates);
  const commonYear = mostCommonYear(ownDates);
  const tomorrow = dayNumber(dayInShanghai(now)) + 1;
  const latest = ownDates.reduce(
    (day, found) => (found === null ? day : Math.max(day, dayNumber(found.date))),
    tomorrow,
  );
  const published: PublishedItem[] = [];
  for (let start = 0; start < items.length;) {
    let end = start;
    while (end < items.length && columns[end] === columns[start]) end++;
    const known = ownDates.slice(start, end);
    const resolved = inferListDates(
      items.slice(start, end),
      known,
      commonYear,
      commonYear === null ? tomorrow : latest,
    );
    resolved.forEach((found, offset) => {
      const item = items[start + offset];
      if (item === undefined) return;
      published.push({
        item,
        publishedOn: found?.date ?? null,
        origin: found?.origin ?? 'none',
        column: columns[start] ?? 0,
      });
    });
    start = end;
  }
  return published;
}

/** Derives the year from the item alone (printed year, signature or body); null when it has no evidence. */
function inferDateFromItem(item: PageItem): ResolvedDate | null {
  const { date } = item;
  if (date === null) return null;
  if (date.year !== null) {
    const stated = plainDate(date.year, date.month, date.day);
    return stated === null ? null : { date: stated, origin: 'stated' };
  }
  const lines = item.body;
  const signature = fullDatesIn((lines.at(-1) ?? '').replace(/[\s?？]+$/, '').slice(-SIGNATURE_TAIL)).at(-1);
  if (signature !== undefined) {
    const near = nearest(date.month, date.day, [signature], SIGNATURE_WINDOW_DAYS);
    if (near !== null) return { date: near, origin: 'signature' };
  }
  const near = nearest(date.month, date.day, lines.flatMap(fullDatesIn), BODY_WINDOW_DAYS);
  return near === null ? null : { date: near, origin: 'body' };
}

/** Returns the date with this month and day nearest to one of the anchors; null when none is within the window. */
function nearest(month: number, day: number, anchors: readonly PlainDate[], windowDays: number): PlainDate | null {
  let best: { date: PlainDate; days: number } | null = null;
  for (const anchor of anchors) {
    const year = Number(anchor.slice(0, 4));
    for (const candidate of [year - 1, year, year + 1]) {
      const date = plainDate(candidate, month, day);
      if (date === null) continue;
      const days = Math.abs(dayNumber(date) - dayNumber(anchor));
      if (days <= windowDays && (best === null || days < best.days)) best = { date, days };
    }
  }
  return best?.date ?? null;
}

function mostCommonYear(ownDates: readonly (ResolvedDate | null)[]): number | null {
  const counts = new Map<number, number>();
  for (const found of ownDates) {
    if (found === null) continue;
    const year = Number(found.date.slice(0, 4));
    counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return most?.[0] ?? null;
}

/**
 * Returns the 0-based list number of each item. Lists follow one another without headings, each newest first, so a
 * later date below an earlier one starts a new list; so does a gap clearly wider than the median gap.
 */
function splitColumns(items: readonly PageItem[], ownDates: readonly (ResolvedDate | null)[]): number[] {
  const medianGap = median(items.slice(1).map((item) => item.gap));
  const wideGap = Math.max(medianGap * 1.25, medianGap + 3);
  const columns: number[] = [];
  let column = 0;
  let above: number | null = null;
  items.forEach((item, i) => {
    const isLater = above !== null && isLaterThanAbove(items[above], ownDates[above], item, ownDates[i]);
    if (i > 0 && (item.gap >= wideGap || isLater)) {
      column++;
      above = null;
    }
    columns.push(column);
    if (item.date !== null) above = i;
  });
  return columns;
}

function isLaterThanAbove(
  above: PageItem | undefined,
  aboveDate: ResolvedDate | null | undefined,
  item: PageItem,
  ownDate: ResolvedDate | null | undefined,
): boolean {
  if (above?.date == null || item.date === null) return false;
  if (aboveDate != null && ownDate != null) return ownDate.date > aboveDate.date;
  const forward = dayOfYear(item.date.month, item.date.day) - dayOfYear(above.date.month, above.date.day);
  // Without both years: from 01-05 to 12-28 the shorter way is back into the year before.
  return forward > 0 && forward <= HALF_YEAR_DAYS;
}

function dayOfYear(month: number, day: number): number {
  return Date.UTC(2000, month - 1, day) / DAY_MS;
}

/** Fills in the missing dates of one list from its known dates, else from the most common year or the clock. */
function inferListDates(
  items: readonly PageItem[],
  known: readonly (ResolvedDate | null)[],
  commonYear: number | null,
  latestDay: number,
): (ResolvedDate | null)[] {
  const resolved = [...known];
  const firstKnown = known.findIndex((found) => found !== null);
  if (firstKnown === -1) {
    const top = items.findIndex((item) => item.date !== null && item.date.year === null);
    const date = items[top]?.date;
    if (date === undefined || date === null) return resolved;
    const year = commonYear ?? new Date(latestDay * DAY_MS).getUTCFullYear();
    const origin = commonYear === null ? 'clock' : 'neighbour';
    const first = notAfter(latestDay, year, date.month, date.day);
    resolved[top] = first === null ? null : { date: first, origin };
    fillDown(items, resolved, top, origin);
    return resolved;
  }
  fillUp(items, resolved, firstKnown);
  fillDown(items, resolved, firstKnown, 'neighbour');
  return resolved;
}

/** Dates the items below `from`: the year of the item above, or the previous one when the month-day is later. */
function fillDown(
  items: readonly PageItem[],
  resolved: (ResolvedDate | null)[],
  from: number,
  origin: DateOrigin,
): void {
  let above = resolved[from]?.date ?? null;
  for (let i = from + 1; i < items.length; i++) {
    const date = items[i]?.date ?? null;
    if (above !== null && resolved[i] === null && date !== null && date.year === null) {
      const found = notAfter(dayNumber(above), Number(above.slice(0, 4)), date.month, date.day);
      resolved[i] = found === null ? null : { date: found, origin };
    }
    above = resolved[i]?.date ?? above;
  }
}

/** Dates the items above `from`: the first year in which the month-day is not before that of the item below. */
function fillUp(items: readonly PageItem[], resolved: (ResolvedDate | null)[], from: number): void {
  let below = resolved[from]?.date ?? null;
  for (let i = from - 1; i >= 0; i--) {
    const date = items[i]?.date;
    if (below === null || date?.year !== null) continue;
    const year = Number(below.slice(0, 4));
    for (let candidate = year; candidate <= year + MAX_LEAP_YEARS; candidate++) {
      const found = plainDate(candidate, date.month, date.day);
      if (found === null || found < below) continue;
      resolved[i] = { date: found, origin: 'neighbour' };
      below = found;
      break;
    }
  }
}

/** Returns the latest date with this month and day, in `year` or earlier, not after `latestDay` (a day number). */
function notAfter(latestDay: number, year: number, month: number, day: number): PlainDate | null {
  for (let candidate = year; candidate >= year - MAX_LEAP_YEARS; candidate--) {
    const date = plainDate(candidate, month, day);
    if (date !== null && dayNumber(date) <= latestDay) return date;
  }
  return null;
}
