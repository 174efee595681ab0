import { isFileName } from './file-name.js';
import { LONG_LINE, type ListDate, type PageLine } from './page-item.js';

const MAX_DATED_TITLE = 200;
const MAX_DATE_LINE = 24;
const BRACKETED = /^[[［]\s*((?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?)\s*[\]］]$/;
/** A full date after a gap needs no brackets: `title  2024-03-11`. */
const TRAILING = /(?:\t| {2}|\u3000)((\d{4})[-./](\d{1,2})[-./](\d{1,2}))$/;

const LIST_MARK = /^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章条]|附件)/;

const SIGNATURE_DATE = /^\d{4}年\d{1,2}月\d{1,2}日$/;

export interface DateMatch {
  /** What stands before the date on its own line; empty for a date alone. */
  readonly title: string;
  readonly date: ListDate;
  /** Lines that title and date take up. */
  readonly used: number;
}

/** A date in brackets that begins at `index` or ends the title that stands there. */
export function matchDate(lines: readonly PageLine[], index: number): DateMatch | null {
  const first = lines[index]?.text ?? '';
  if (first.length > MAX_DATED_TITLE) return null;
  const trailing = TRAILING.exec(first);
  if (trailing !== null) {
    const date = listDate(trailing[1] ?? '', trailing[2], trailing[3], trailing[4]);
    return date === null ? null : { title: first.slice(0, trailing.index).trim(), date, used: 1 };
  }
  // The bracket, the date and the closing bracket may stand on up to three lines.
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
    if (!isHalfDate(printed) || next.length > MAX_DATE_LINE) return null;
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

/** An open bracket and at most half a date, with which a cut file ends. */
export function isHalfDate(text: string): boolean {
  return text.length <= MAX_DATE_LINE && /^[[［]\s*[\d\-./年月日]*$/.test(text);
}

/** A line that can be a title by its form. */
export function looksLikeTitle(text: string): boolean {
  if (text.length >= LONG_LINE || isFileName(text)) return false;
  return !/[。；：，、,;:]$/.test(text) && !LIST_MARK.test(text) && !SIGNATURE_DATE.test(text);
}

/** A line that can be a body, or its beginning, by its form. */
export function looksLikeBody(text: string): boolean {
  return text.length >= LONG_LINE || /[。；：！？”）]$/.test(text);
}
