import type { Span } from '../../../domain/fact.js';
import type { DateExpression } from './expression.js';

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
const BREAKS = new Set(',;。!?\n！？');
const CHAIN = /^(?:[、和及与 ]|以及){1,3}$/;
/** A heading is marked by its number, or is a short line without punctuation. */
const HEADING =
  /^(?:(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、](?![0-9])) {0,2}([^,。;:\n ]{2,24})(?!,)|([^,。;:!?\n]{2,20}):?$)/;

/** Returns whether a line with the form of a heading is one. */
export type HeadingTest = (text: string, line: Span, heading: Span) => boolean;

/** Returns the clause of each expression, in one pass over text, sentences and expressions. */
export function findDateContexts(
  text: string,
  sentences: readonly Span[],
  found: readonly DateExpression[],
  isHeading: HeadingTest = () => true,
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
    const next = ',' === text.charAt(after.end) ? forwards(text, after.end + 1, ceiling) : empty(after.end);
    const meetsDate = after.end === found[(tails[i] ?? i) + 1]?.at.start;
    return { sentence, before, after, endsAtDate: meetsDate, next, heading: opening };
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

function empty(at: number): Span {
  return { start: at, end: at };
}
