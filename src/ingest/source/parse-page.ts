import { isFileName } from './file-name.js';
import { isUnclosedDate, looksLikeBody, looksLikeTitle, matchDate, type DateMatch } from './page-lines.js';
import { MIN_BODY_LINE_LENGTH, type ListDate, type PageItem, type PageLine } from './page-item.js';

export interface ParsedPage {
  readonly items: readonly PageItem[];
  /** Lines above the first item that belong to no item. */
  readonly strays: readonly PageLine[];
}

type OpenItem = { -readonly [K in keyof PageItem]: PageItem[K] } & { body: string[]; attachments: string[] };

/**
 * Groups the non-blank lines of a page export into items. Every line is assigned to an item (title, date, body or
 * attachment) or to `strays`; no line is lost. Linear in the input.
 */
export function parsePage(lines: readonly PageLine[]): ParsedPage {
  const dated = findDatedTitles(lines);
  const isolating = minTitleGap(lines, dated);
  const items: OpenItem[] = [];
  const strays: PageLine[] = [];
  let current: OpenItem | null = null;

  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined) break;
    const start = dated.get(i);
    if (start !== undefined) {
      current = newItem(start.title, line, start.date);
      items.push(current);
      i += start.used - 1;
    } else if (isUndatedTitle(lines, i, current, isolating)) {
      current = newItem(line.text, line, null);
      items.push(current);
    } else if (isTruncatedTitle(lines, i, current, isolating)) {
      items.push({ ...newItem(line.text, line, null), truncatedText: joinFrom(lines, i + 1) });
      break;
    } else if (current === null) {
      strays.push(line);
    } else {
      (isFileName(line.text) ? current.attachments : current.body).push(line.text);
    }
  }
  return { items, strays };
}

/** Counts the bodies of an item: its first line, and each further line of at least `MIN_BODY_LINE_LENGTH` units. */
export function countBodies(body: readonly string[]): number {
  return body.filter((text, index) => index === 0 || text.length >= MIN_BODY_LINE_LENGTH).length;
}

function newItem(title: string, line: PageLine, date: ListDate | null): OpenItem {
  return { title, line: line.number, gap: line.gap, date, body: [], attachments: [], truncatedText: null };
}

/** Finds the items that have a date; keys are indices of their first lines. */
function findDatedTitles(lines: readonly PageLine[]): Map<number, DateMatch> {
  const found = new Map<number, DateMatch>();
  for (let i = 0; i < lines.length; i++) {
    const below = matchDate(lines, i + 1);
    const here = below?.title === '' ? null : matchDate(lines, i);
    const line = lines[i];
    if (below?.title === '' && line !== undefined && line.text.length <= 200) {
      found.set(i, { title: line.text, date: below.date, used: 1 + below.used });
      i += below.used;
    } else if (here !== null) {
      found.set(i, here);
      i += here.used - 1;
    }
  }
  return found;
}

/** Returns half the median gap above a dated title, at least 2 blank lines: the smallest gap above an undated title. */
function minTitleGap(lines: readonly PageLine[], dated: ReadonlyMap<number, DateMatch>): number {
  const gaps = [...dated.keys()].filter((i) => i > 0).map((i) => lines[i]?.gap ?? 0);
  return Math.max(2, Math.ceil(median(gaps) / 2));
}

/** Returns whether line `i` is a title without a date: a short line with a gap above and body text right below. */
function isUndatedTitle(lines: readonly PageLine[], i: number, current: OpenItem | null, isolating: number): boolean {
  const line = lines[i];
  const below = lines[i + 1];
  if (line === undefined || below === undefined || !looksLikeTitle(line.text)) return false;
  if (current !== null && (current.body.length === 0 || line.gap < isolating)) return false;
  const fitsBelow = looksLikeBody(below.text) && below.text.length > line.text.length && !isFileName(below.text);
  return fitsBelow && below.gap <= 1;
}

/** Returns whether line `i` is the last title of a file that ends right after it or within its date. */
function isTruncatedTitle(lines: readonly PageLine[], i: number, current: OpenItem | null, isolating: number): boolean {
  const line = lines[i];
  if (line === undefined || i + 3 < lines.length || !looksLikeTitle(line.text)) return false;
  if (i + 1 < lines.length) return isUnclosedDate(joinFrom(lines, i + 1));
  return current !== null && current.body.length > 0 && line.gap >= isolating;
}

function joinFrom(lines: readonly PageLine[], start: number): string {
  return lines
    .slice(start)
    .map((line) => line.text)
    .join('');
}

/** Returns the (upper) median; 0 for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
