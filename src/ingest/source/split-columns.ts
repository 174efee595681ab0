import type { ResolvedDate, PageItem } from './page-item.js';
import { median } from './parse-page.js';

/** In days. */
const HALF_YEAR = 182;

/**
 * Returns the 0-based list number of each item. Lists follow one another without headings, each newest first, so a
 * later date below an earlier one starts a new list; so does a gap clearly wider than the median gap.
 */
export function splitColumns(items: readonly PageItem[], evidence: readonly (ResolvedDate | null)[]): number[] {
  const usual = median(items.slice(1).map((item) => item.gap));
  const wide = Math.max(usual * 1.25, usual + 3);
  const columns: number[] = [];
  let column = 0;
  let above: number | null = null;
  items.forEach((item, i) => {
    const rises = above !== null && isLaterThanAbove(items[above], evidence[above], item, evidence[i]);
    if (i > 0 && (item.gap >= wide || rises)) {
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
  aboveKnown: ResolvedDate | null | undefined,
  item: PageItem,
  known: ResolvedDate | null | undefined,
): boolean {
  if (above?.date == null || item.date === null) return false;
  if (aboveKnown != null && known != null) return known.date > aboveKnown.date;
  const forward = dayOfYear(item.date.month, item.date.day) - dayOfYear(above.date.month, above.date.day);
  // Without both years: from 01-05 to 12-28 the shorter way is back into the year before.
  return forward > 0 && forward <= HALF_YEAR;
}

function dayOfYear(month: number, day: number): number {
  return Date.UTC(2000, month - 1, day) / 86_400_000;
}
