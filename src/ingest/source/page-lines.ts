import { isFileName } from './file-name.js';
import { MIN_BODY_LINE_LENGTH, type ListDate, type PageLine } from './page-item.js';

const MAX_DATED_TITLE = 200;
const MAX_DATE_LINE = 24;
const BRACKETED = /^[[［]\s*((?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?)\s*[\]］]$/;
/** Full date at the end of a line, after a tab, two blanks or a full-width blank: `title  2024-03-11`. */
const TRAILING = /(?:\t| {2}|\u3000)((\d{4})[-./](\d{1,2})[-./](\d{1,2}))$/;

const LIST_MARK = /^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章条]|附件)/;

const SIGNATURE_DATE = /^\d{4}年\d{1,2}月\d{1,2}日$/;

export interface DateMatch {
  /** Text before the date on its first line; empty when the line holds only the date. */
  readonly title: string;
  readonly date: ListDate;
  /** Number of lines that title and date occupy. */
  readonly used: number;
}

/** Matches a list date (`[03-11]`) on line `index`, alone or after a title; null when there is no valid date. */
export function matchDate(lines: readonly PageLine[], index: number): DateMatch | null {
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
export function isUnclosedDate(text: string): boolean {
  return text.length <= MAX_DATE_LINE && /^[[［]\s*[\d\-./年月日]*$/.test(text);
}

/** Returns whether a line looks like a title: short, and no file name, list mark, signature date or final 。；：，、 */
export function looksLikeTitle(text: string): boolean {
  if (text.length >= MIN_BODY_LINE_LENGTH || isFileName(text)) return false;
  return !/[。；：，、,;:]$/.test(text) && !LIST_MARK.test(text) && !SIGNATURE_DATE.test(text);
}

/** Returns whether a line has the form of body text: at least `MIN_BODY_LINE_LENGTH` units, or final punctuation. */
export function looksLikeBody(text: string): boolean {
  return text.length >= MIN_BODY_LINE_LENGTH || /[。；：！？”）]$/.test(text);
}
