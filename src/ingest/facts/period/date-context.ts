import type { Span } from '../../../domain/fact.js';
import { createRowCursor } from '../row-cursor.js';
import type { Row, Table } from '../table/find-tables.js';
import type { DateExpression } from './expression.js';
import { endOfMatch, foldedAlternatives } from './grammar.js';
import type { PeriodRules } from './rules.js';

/** Context of a date, as spans of the folded text. */
export interface DateContext {
  /** The sentence or sentences that hold the expression. */
  readonly sentence: Span;
  readonly before: Span;
  readonly after: Span;
  /** Whether `after` ends at another date. */
  readonly endsAtDate: boolean;
  /** Clause behind the comma that ends this one; else empty. */
  readonly next: Span;
  /** The last heading or label line before, or null. */
  readonly heading: Span | null;
}

/** Upper bound, in UTF-16 units, on `before`, `after` and `next`; no label or predicate is longer. */
const REACH = 80;
/** Upper bound, in UTF-16 units, on a label. */
const LONGEST_LABEL = 40;
const BREAKS = new Set(',;。!?\n！？');
const CHAIN = /^(?:[、和及与 ]|以及){1,3}$/;
/** A heading is marked by its number, or is a short line without punctuation. */
const HEADING =
  /^(?:(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、](?![0-9])) {0,2}([^,。;:\n ]{2,24})(?!,)|([^,。;:!?\n]{2,20}):?$)/;

/** Returns whether a line with the form of a heading is one. */
type HeadingTest = (text: string, line: Span, heading: Span) => boolean;

/** Returns the context of each expression, in one pass over text, sentences and expressions. */
export function findDateContexts(
  text: string,
  sentences: readonly Span[],
  found: readonly DateExpression[],
  isHeading: HeadingTest,
): DateContext[] {
  const headingOf = (sentence: Span): Span | null => {
    const span = headingIn(text, sentence);
    return span !== null && isHeading(text, sentence, span) ? span : null;
  };
  let index = 0;
  let heading: Span | null = null;
  const { heads, tails } = chainsOf(text, found);
  return found.map(({ at }, i): DateContext => {
    for (; index < sentences.length; index++) {
      const sentence = sentences[index];
      if (sentence === undefined || sentence.end > at.start) break;
      heading = headingOf(sentence) ?? heading;
    }
    const first = sentences[index];
    // 一、时间2024年3月8日: words that run into the date are its label, not a heading.
    const own = first !== undefined && first.start < at.start ? headingOf(first) : null;
    const opening = own !== null && own.end < at.start ? own : heading;
    const sentence = sentenceOf(sentences, index, at);
    const head = found[heads[i] ?? i] ?? { at };
    const tail = found[tails[i] ?? i] ?? { at };
    const floor = Math.max(found[(heads[i] ?? i) - 1]?.at.end ?? 0, Math.min(sentence.start, head.at.start));
    const ceiling = Math.min(found[(tails[i] ?? i) + 1]?.at.start ?? text.length, Math.max(sentence.end, tail.at.end));
    const before = wordsOfEvent(text, backwards(text, head.at.start, floor), floor);
    const after = forwards(text, tail.at.end, ceiling);
    const next = ',' === text.charAt(after.end) ? forwards(text, after.end + 1, ceiling) : emptySpan(after.end);
    const endsAtDate = after.end === found[(tails[i] ?? i) + 1]?.at.start;
    return { sentence, before, after, endsAtDate, next, heading: opening };
  });
}

/** Groups dates that share the words before the first and behind the last: 10月、12月; 9:00-11:00、14:00-17:00. */
function chainsOf(text: string, found: readonly DateExpression[]): { heads: number[]; tails: number[] } {
  const heads = found.map((_, i) => i);
  for (let i = 1; i < found.length; i++) {
    const [previous, here] = [found[i - 1], found[i]];
    if (previous === undefined || here === undefined) continue;
    const gap = text.slice(previous.at.end, Math.min(here.at.start, previous.at.end + 5));
    if (CHAIN.test(gap) && previous.at.end + gap.length === here.at.start) heads[i] = heads[i - 1] ?? i;
  }
  const tails = found.map((_, i) => i);
  for (let i = found.length - 2; i >= 0; i--) if (heads[i + 1] === heads[i]) tails[i] = tails[i + 1] ?? i;
  return { heads, tails };
}

function sentenceOf(sentences: readonly Span[], index: number, at: Span): Span {
  const first = sentences[index];
  if (first === undefined || first.start > at.start) return at;
  let end = first.end;
  for (let i = index + 1; end < at.end; i++) {
    const following = sentences[i];
    if (following === undefined) break;
    end = following.end;
  }
  return { start: first.start, end: Math.max(end, at.end) };
}

function headingIn(text: string, sentence: Span): Span | null {
  const length = Math.min(sentence.end - sentence.start, 40);
  const match = HEADING.exec(text.slice(sentence.start, sentence.start + length));
  const words = match?.[1] ?? match?.[2];
  if (match === null || words === undefined) return null;
  if (match[1] === undefined && length < sentence.end - sentence.start) return null;
  const start = sentence.start + match[0].lastIndexOf(words);
  return { start, end: start + words.length };
}

function backwards(text: string, end: number, floor: number): Span {
  let start = end;
  while (start > floor && end - start < REACH && !BREAKS.has(text.charAt(start - 1))) start--;
  return { start, end };
}

/** Words that only introduce a date, its event standing before the comma: 开标时间，由4月8日改为4月15日. */
const LEADS_ONLY = /^ ?(?:由|从|自|原定于|现定于|定于|拟于|将于) ?$/;

function wordsOfEvent(text: string, before: Span, floor: number): Span {
  const comma = before.start - 1;
  const isLead = before.end - before.start <= 5 && LEADS_ONLY.test(text.slice(before.start, before.end));
  return isLead && comma > floor && text.charAt(comma) === ',' ? backwards(text, comma, floor) : before;
}

function forwards(text: string, start: number, ceiling: number): Span {
  let end = start;
  while (end < ceiling && end - start < REACH && !BREAKS.has(text.charAt(end))) end++;
  return { start, end };
}

function emptySpan(at: number): Span {
  return { start: at, end: at };
}

/** Numeric cell of a table row: 中外合作办学 14000 900. */
const NUMERIC_CELL = /(?:^|[ |｜])[0-9][^ ]*(?:[ |｜]|$)/;
const CELLS = /[^ |｜]+/g;
const MOST_WORDS = 2;
/** 海人社职字〔2025〕12号. */
const DOCUMENT_NUMBER = /[〔〕]|[0-9] {0,2}号$/;
const NUMBERED = /^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、])/;

/** Creates a heading test that rejects salutations (各位同学：), table rows and document numbers. */
export function createHeadingTest({ salutations, salutationOpenings }: PeriodRules): HeadingTest {
  const addressed = new RegExp(
    `^(?:${foldedAlternatives(salutationOpenings)})|(?:${foldedAlternatives(salutations)})[^\\u4e00-\\u9fff]{0,2}$`,
  );
  return (text: string, line: Span, heading: Span): boolean => {
    const whole = text.slice(line.start, Math.min(line.end, line.start + 40));
    if (NUMBERED.test(whole)) return true;
    const words = text.slice(heading.start, heading.end);
    const isAddress = /[:,]$/.test(whole) || text.charAt(heading.end) === ':';
    if (isAddress && addressed.test(words)) return false;
    return !NUMERIC_CELL.test(words) && !DOCUMENT_NUMBER.test(words) && (words.match(CELLS) ?? []).length <= MOST_WORDS;
  };
}

/** Table row that contains a date. */
export interface DatedRow {
  readonly span: Span;
  /** Words that identify the row. */
  readonly label: Span;
  /** The name of the date's column, or ''. */
  readonly column: string;
}

/** Creates a look-up of the row at a span; null outside tables and in rows without words. Call it in text order. */
export function createRowFinder(body: string, tables: readonly Table[]): (at: Span) => DatedRow | null {
  const rowAt = createRowCursor(tables);
  return (at) => {
    const here = rowAt(at.start);
    if (here === null) return null;
    const { row, columns } = here;
    const label = labelOf(body, row, at);
    const index = row.cells.findIndex(({ start, end }) => start <= at.start && at.start < end);
    return label && { span: { start: row.start, end: row.end }, label, column: columns[index]?.name ?? '' };
  };
}

/** Returns the words before the first value; in a row that begins with the date, those behind it. */
function labelOf(body: string, { name, cells, end }: Row, at: Span): Span | null {
  if (name === null || (name.start <= at.start && at.end <= name.end)) return null;
  const isLast = name.start > at.end && cells.every((cell) => cell.start < name.end || cell.kind === 'text');
  const rest = { start: name.start, end: isLast ? end : name.end };
  const words = body.slice(rest.start, rest.end);
  if (words.length <= LONGEST_LABEL && !words.includes('\n')) return rest;
  const cut = words.slice(0, LONGEST_LABEL).search(/[\n]/);
  const own = cut > 0 ? rest.start + cut : name.end;
  return { start: rest.start, end: Math.min(own, rest.start + LONGEST_LABEL) };
}

const LIST_MARK =
  /^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}(?:[.、](?![0-9])|\))|第[一二三四五六七八九十]{1,3}[条章]|[①-⑳•●◆■*])/;

/** Bracketed remark right behind a date, which names no event (节假日除外). */
const ASIDE = / {0,2}\([^()\n]{0,40}\)/y;
const SPEECH = /\p{L}/u;

/** Finds the label of a date in the words around it. Spans are those of the folded text. */
export interface DateLabelFinder {
  /** Returns an explicit label: 报名时间为 → 报名时间. Null unless the words end with a head noun (时间). */
  readonly findLabel: (text: string, before: Span) => Span | null;
  /** Returns the subject before a date: “调剂服务系统”将于 → 调剂服务系统; 请各单位于 → empty. */
  readonly findSubject: (text: string, before: Span) => Span;
  /** Returns the predicate behind a date; empty when it has no letters. */
  readonly findPredicate: (text: string, after: Span) => Span;
}

/** Creates the label finder; its words come from `periods.json`. */
export function createDateLabelFinder({ heads, dropBefore, emptySubjects }: PeriodRules): DateLabelFinder {
  const drop = new RegExp(`(?:[\\s:([【“"'—~|、-]|${foldedAlternatives(dropBefore)}|\\([^()]{0,30}\\))$`);
  const head = new RegExp(`(?:${foldedAlternatives(heads)})$`);
  const empty = new RegExp(`^(?:[\\s:([【)\\]】”"',.、—-]|${foldedAlternatives(emptySubjects)})`);

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
  const findSubject = (text: string, before: Span): Span => {
    const { start, end } = stripped(text, before);
    const words = text.slice(start, end);
    const colon = words.lastIndexOf(':');
    return trimmed(text, skipEmptyWords(text, { start: start + colon + 1, end }, empty));
  };
  return {
    findSubject,
    findLabel: (text, before) => {
      const span = findSubject(text, before);
      const words = text.slice(span.start, span.end);
      // 发布单位 发布日期: column names of a header line, of which the last is the label.
      const blank = words.lastIndexOf(' ', words.length - 4);
      return head.test(words) ? { start: span.start + blank + 1, end: span.end } : null;
    },
    findPredicate: (text, after) => {
      const start = endOfMatch(ASIDE, text, after.start);
      const span = skipEmptyWords(text, { start: Math.min(start, after.end), end: after.end }, empty);
      const words = text.slice(span.start, span.end);
      return SPEECH.test(words) ? trimmed(text, beforeAside(text, span), 'start') : emptySpan(span.end);
    },
  };
}

function skipEmptyWords(text: string, { start, end }: Span, empty: RegExp): Span {
  let from = start;
  for (let i = 0; i < 12; i++) {
    const words = text.slice(from, Math.min(end, from + LONGEST_LABEL));
    const found = LIST_MARK.exec(words) ?? empty.exec(words);
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

/** Trims blanks, stray closing brackets and enclosing quotation marks, and cuts to `LONGEST_LABEL`, keeping `keep`. */
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
