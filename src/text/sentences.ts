import type { Span } from '../domain/fact.js';
import { CLAUSE_ENDS, CLOSING_MARKS, LIST_MARK, SENTENCE_ENDS } from './punctuation.js';

/** Upper bound, in UTF-16 units, on a sentence; a longer one is split at a comma so that a passage stays readable. */
const LONGEST_SENTENCE = 300;

const ENDS = new Set(`${SENTENCE_ENDS}\n`);
/** A straight quotation mark after the end of a sentence closes. */
const CLOSERS = new Set(`${CLOSING_MARKS}"`);
const SOFT_ENDS = new Set(`${CLAUSE_ENDS}、 `);
/** A list mark after a blank starts a new item of a list that lost its line breaks. */
const ITEM_START = new RegExp(`^${LIST_MARK}`);

/**
 * Splits a text into sentences: half-open spans in order, without outer blanks, that together contain every non-blank
 * character. Linear in the length.
 */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  let softEnd = -1;
  const close = (end: number): void => {
    pushTrimmed(spans, text, start, end);
    start = end;
    softEnd = -1;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (ENDS.has(c)) {
      let end = i + 1;
      while (end < text.length && CLOSERS.has(text.charAt(end))) end++;
      close(end);
      i = end - 1;
    } else if (/\s/.test(c) && opensPoint(text, i)) {
      close(i);
    } else {
      if (SOFT_ENDS.has(c)) softEnd = i + 1;
      if (i + 1 - start >= LONGEST_SENTENCE) close(softEnd > start ? softEnd : i + 1);
    }
  }
  close(text.length);
  return spans;
}

function opensPoint(text: string, blank: number): boolean {
  return ITEM_START.test(text.slice(blank + 1, blank + 8));
}

function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  if (start < end) spans.push({ start, end });
}

/** Where a text is cut: behind the end of a sentence, else of a clause, and behind the closing marks after it. */
const CUTS = [`[${SENTENCE_ENDS}\\n]`, `[${CLAUSE_ENDS}、 \\u3000]`].map(
  (ends) => new RegExp(`${ends}[${CLOSING_MARKS}\\]]*`, 'g'),
);
/** Smallest share (0 … 1) of the limit that a cut at a sentence or clause end must exceed. */
const LEAST_FILL = 0.25;

/**
 * Returns how many UTF-16 units to keep, at most `limit`: all when the text fits, else up to the last sentence end,
 * else the last clause end, else `limit` without splitting a surrogate pair. At least 1 unless the text is empty.
 */
export function cutLength(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const room = text.slice(0, limit);
  for (const ends of CUTS) {
    let cut = 0;
    for (const match of room.matchAll(ends)) cut = match.index + match[0].length;
    if (cut > limit * LEAST_FILL) return cut;
  }
  const last = room.charCodeAt(limit - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return Math.max(1, splitsPair ? limit - 1 : limit);
}
