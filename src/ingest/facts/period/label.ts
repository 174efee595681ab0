import type { Span } from '../../../domain/fact.js';
import { foldedAlternatives } from './characters.js';
import { endOfMatch } from './cursor.js';
import type { PeriodRules } from './rules.js';

const LONGEST_LABEL = 40;
const LIST_MARK =
  /^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}(?:[.、](?![0-9])|\))|第[一二三四五六七八九十]{1,3}[条章]|[①-⑳•●◆■*])/;

/** Bracketed remark right behind a date, which names no event (节假日除外). */
const ASIDE = / {0,2}\([^()\n]{0,40}\)/y;
const SPEECH = /\p{L}/u;

/** Finds the label of a date in the words around it. Spans are those of the folded text. */
export interface DateLabelFinder {
  /** Returns an explicit label: 报名时间为 → 报名时间. Null unless the words end with a head noun (时间). */
  findLabel(text: string, before: Span): Span | null;
  /** Returns the subject before a date: “调剂服务系统”将于 → 调剂服务系统; 请各单位于 → empty. */
  findSubject(text: string, before: Span): Span;
  /** Returns the predicate behind a date; empty when it has no letters. */
  findPredicate(text: string, after: Span): Span;
}

export function createDateLabelFinder({ heads, dropBefore, emptySubjects }: PeriodRules): DateLabelFinder {
  const drop = new RegExp(`(?:[\\s:([【“"'—~|、-]|${foldedAlternatives(dropBefore)}|\\([^()]{0,30}\\))$`);
  const head = new RegExp(`(?:${foldedAlternatives(heads)})$`);
  const vain = new RegExp(`^(?:[\\s:([【)\\]】”"',.、—-]|${foldedAlternatives(emptySubjects)})`);

  const stripped = (text: string, span: Span): Span => {
    let { end } = span;
    for (let i = 0; i < 12; i++) {
      const words = text.slice(Math.max(span.start, end - LONGEST_LABEL), end);
      if (head.test(words)) break;
      const found = drop.exec(words);
      if (found === null) break;
      end -= words.length - found.index;
    }
    return { start: span.start, end };
  };
  const subject = (text: string, before: Span): Span => {
    const { start, end } = stripped(text, before);
    const words = text.slice(start, end);
    const colon = words.lastIndexOf(':');
    return trimmed(text, skipEmptyWords(text, { start: start + colon + 1, end }, vain));
  };
  return {
    findSubject: subject,
    findLabel: (text, before) => {
      const span = subject(text, before);
      const words = text.slice(span.start, span.end);
      // 发布单位 发布日期: column names of a header line, of which the last is the label.
      const blank = words.lastIndexOf(' ', words.length - 4);
      return head.test(words) ? { start: span.start + blank + 1, end: span.end } : null;
    },
    findPredicate: (text, after) => {
      const start = endOfMatch(ASIDE, text, after.start);
      const span = skipEmptyWords(text, { start: Math.min(start, after.end), end: after.end }, vain);
      const words = text.slice(span.start, span.end);
      return SPEECH.test(words) ? trimmed(text, beforeAside(text, span), 'start') : { start: span.end, end: span.end };
    },
  };
}

function skipEmptyWords(text: string, { start, end }: Span, vain: RegExp): Span {
  let from = start;
  for (let i = 0; i < 12; i++) {
    const words = text.slice(from, Math.min(end, from + LONGEST_LABEL));
    const found = LIST_MARK.exec(words) ?? vain.exec(words);
    if (found === null) break;
    from += found[0].length;
  }
  return { start: Math.min(from, end), end };
}

/** Cuts words longer than a label before their first bracket, if that leaves eight characters or more. */
function beforeAside(text: string, { start, end }: Span): Span {
  if (end - start <= LONGEST_LABEL) return { start, end };
  const aside = text.slice(start, start + LONGEST_LABEL).indexOf('(', 8);
  return { start, end: aside < 0 ? end : start + aside };
}

/** Trims blanks, stray closing brackets and enclosing quotation marks, and cuts to `LONGEST_ROW_LABEL`, keeping `keep`. */
function trimmed(text: string, span: Span, keep: 'start' | 'end' = 'end'): Span {
  let { start, end } = span;
  while (end > start && /[\s)\]】]/.test(text.charAt(end - 1)) && !/[(【[]/.test(text.slice(start, end))) end--;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  if (text.charAt(end - 1) === '”' && text.lastIndexOf('“', end - 1) === start)
    return { start: start + 1, end: end - 1 };
  if (end - start <= LONGEST_LABEL) return { start, end };
  if (keep === 'start') return { start, end: start + LONGEST_LABEL };
  const cut = end - LONGEST_LABEL;
  const boundary = text.slice(cut, cut + LONGEST_LABEL / 2).search(/[的、 ]/);
  return { start: boundary < 0 ? cut : cut + boundary + 1, end };
}
