import type { Span } from '../domain/fact.js';

/** Upper bound, in UTF-16 units, on a sentence; a longer one is split at a comma so that a passage stays readable. */
const LONGEST_SENTENCE = 300;

const ENDS = new Set('。！？!?；;\n');
/** Closing marks that belong to the sentence before them. */
const CLOSERS = new Set('”’」』）)】》"');
const SOFT_ENDS = new Set('，,、：: ');
/** List marks that, after a blank, start a new item of a list that lost its line breaks. */
const LIST_MARK =
  /^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}[条章])/;

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
  return LIST_MARK.test(text.slice(blank + 1, blank + 8));
}

function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  if (start < end) spans.push({ start, end });
}
