import type { Span } from '../../../domain/fact.js';

/** Maximum length of an evidence span in UTF-16 units; beyond it, only the sentence of the value is used. */
const LONGEST_SPAN = 400;

/** Creates the function that returns the sentences around a value, widened to those of the owners paired with it. */
export function createEvidenceSpanFinder(
  sentences: readonly Span[],
  length: number,
): (at: Span, paired: readonly Span[]) => Span {
  const around = ({ start, end }: Span): Span => {
    const first = sentences[firstEndingAfter(sentences, start)];
    const last = sentences[firstEndingAfter(sentences, end - 1)];
    return {
      start: Math.min(first?.start ?? start, start),
      end: Math.min(length, Math.max(last !== undefined && last.start < end ? last.end : end, end)),
    };
  };
  return (at, paired) => {
    const own = around(at);
    const start = Math.min(own.start, ...paired.map((range) => around(range).start));
    const end = Math.max(own.end, ...paired.map((range) => around(range).end));
    return end - start <= LONGEST_SPAN ? { start, end } : own;
  };
}

/** Returns the index of the first sentence that ends after `at`. Binary search. */
function firstEndingAfter(sentences: readonly Span[], at: number): number {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sentences[middle]?.end ?? Infinity) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
