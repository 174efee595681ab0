import type { Span } from '../../domain/fact.js';

/** A block of contacts longer than this is not shown whole; the sentence of the value then stands alone. */
const LONGEST_SPAN = 400;

/** The sentences that hold a place, widened to those that hold what is paired with it. */
export function createSpanFinder(
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

/** Index of the first sentence that ends after `at`. */
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
