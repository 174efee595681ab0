import { isFileName } from './file-name.js';

/** A non-blank line of a page export. */
export interface PageLine {
  /** 1-based. */
  readonly number: number;
  /** Trimmed. */
  readonly text: string;
  /** Number of blank lines directly above. */
  readonly gap: number;
}

/** Date of a list entry as printed: `[03-11]`, `[2024-03-11]`; `year` is null when it is not printed. */
interface ListDate {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** Literal text of the date, without brackets: `03-11`. */
  readonly printed: string;
}

/** One list entry of a page export, before its year and column are inferred. */
export interface PageItem {
  /** Empty when the date has no title above it. */
  readonly title: string;
  /** 1-based. */
  readonly line: number;
  /** Number of blank lines above the item. */
  readonly gap: number;
  readonly date: ListDate | null;
  readonly body: readonly string[];
  readonly attachments: readonly string[];
  /** Text below the title when the file ends within the item's title or date; null for a complete item. */
  readonly truncatedText: string | null;
}

export interface ParsedPage {
  readonly items: readonly PageItem[];
  /** Lines above the first item that belong to no item. */
  readonly strays: readonly PageLine[];
}

/** Length, in UTF-16 units, from which a line counts as a body of its own; undated titles are shorter. */
const MIN_BODY_LINE_LENGTH = 120;
/** Upper bounds, in UTF-16 units, on a title with a date, and on a line that holds a part of a date. */
const MAX_DATED_TITLE = 200;
const MAX_DATE_LINE = 24;
const BRACKETED = /^[[［]\s*((?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?)\s*[\]］]$/;
/** Full date at the end of a line, after a tab, two blanks or a full-width blank: `title  2024-03-11`. */
const TRAILING = /(?:\t| {2}|\u3000)((\d{4})[-./](\d{1,2})[-./](\d{1,2}))$/;

const LIST_MARK = /^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章条]|附件)/;

const SIGNATURE_DATE = /^\d{4}年\d{1,2}月\d{1,2}日$/;

interface DateMatch {
  /** Text before the date on its first line; empty when the line holds only the date. */
  readonly title: string;
  readonly date: ListDate;
  /** Number of lines that title and date occupy. */
  readonly used: number;
}

type OpenItem = { -readonly [K in keyof PageItem]: PageItem[K] } & { body: string[]; attachments: string[] };

/**
 * Groups the non-blank lines of a page export into items. Every line is assigned to an item (title, date, body or
 * attachment) or to `strays`; no line is lost. Linear in the input.
 */
export function parsePage(lines: readonly PageLine[]): ParsedPage {
  const dated = findDatedTitles(lines);
  const minGap = minTitleGap(lines, dated);
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
    } else if (isUndatedTitle(lines, i, current, minGap)) {
      current = newItem(line.text, line, null);
      items.push(current);
    } else if (isTruncatedTitle(lines, i, current, minGap)) {
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
    if (below?.title === '' && line !== undefined && line.text.length <= MAX_DATED_TITLE) {
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
function isUndatedTitle(lines: readonly PageLine[], i: number, current: OpenItem | null, minGap: number): boolean {
  const line = lines[i];
  const below = lines[i + 1];
  if (line === undefined || below === undefined || !looksLikeTitle(line.text)) return false;
  if (current !== null && (current.body.length === 0 || line.gap < minGap)) return false;
  const fitsBelow = looksLikeBody(below.text) && below.text.length > line.text.length && !isFileName(below.text);
  return fitsBelow && below.gap <= 1;
}

/** Returns whether line `i` is the last title of a file that ends right after it or within its date. */
function isTruncatedTitle(lines: readonly PageLine[], i: number, current: OpenItem | null, minGap: number): boolean {
  const line = lines[i];
  if (line === undefined || i + 3 < lines.length || !looksLikeTitle(line.text)) return false;
  if (i + 1 < lines.length) return isUnclosedDate(joinFrom(lines, i + 1));
  return current !== null && current.body.length > 0 && line.gap >= minGap;
}

function joinFrom(lines: readonly PageLine[], start: number): string {
  return lines
    .slice(start)
    .map((line) => line.text)
    .join('');
}

/** Matches a list date (`[03-11]`) on line `index`, alone or after a title; null when there is no valid date. */
function matchDate(lines: readonly PageLine[], index: number): DateMatch | null {
  const first = lines[index]?.text ?? '';
  if (first.length > MAX_DATED_TITLE) return null;
  const trailing = TRAILING.exec(first);
  if (trailing !== null) {
    const date = listDate(trailing[1] ?? '', trailing[2], trailing[3], trailing[4]);
    return date === null ? null : { title: first.slice(0, trailing.index).trim(), date, used: 1 };
  }
  // The opening bracket, the date and the closing bracket may be on up to three lines.
  const bracket = Math.max(first.lastIndexOf('['), first.lastIndexOf('［'));
  if (bracket === -1) return null;
  let printed = first.slice(bracket);
  for (let used = 1; used <= 3; used++) {
    const found = BRACKETED.exec(printed);
    if (found !== null) {
      const date = listDate(found[1] ?? '', found[2], found[3], found[4]);
      return date === null ? null : { title: first.slice(0, bracket).trim(), date, used };
    }
    const next = lines[index + used]?.text ?? '';
    if (!isUnclosedDate(printed) || next.length > MAX_DATE_LINE) return null;
    printed += next;
  }
  return null;
}

function listDate(
  printed: string,
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): ListDate | null {
  const date = { year: year === undefined ? null : Number(year), month: Number(month), day: Number(day), printed };
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31 ? date : null;
}

/** Returns whether a text is an opening bracket with a date not closed yet (`[03-`), as at the end of a cut file. */
function isUnclosedDate(text: string): boolean {
  return text.length <= MAX_DATE_LINE && /^[[［]\s*[\d\-./年月日]*$/.test(text);
}

/** Returns whether a line looks like a title: short, and no file name, list mark, signature date or final 。；：，、 */
function looksLikeTitle(text: string): boolean {
  if (text.length >= MIN_BODY_LINE_LENGTH || isFileName(text)) return false;
  return !/[。；：，、,;:]$/.test(text) && !LIST_MARK.test(text) && !SIGNATURE_DATE.test(text);
}

/** Returns whether a line has the form of body text: at least `MIN_BODY_LINE_LENGTH` units, or final punctuation. */
function looksLikeBody(text: string): boolean {
  return text.length >= MIN_BODY_LINE_LENGTH || /[。；：！？”）]$/.test(text);
}

/** Returns the (upper) median; 0 for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
