import type { Span } from '../../domain/fact.js';
import type { Attachment } from '../../domain/notice.js';
import type { Table } from './table/find-tables.js';

/** Input of the fact extractors: a notice's cleaned text with its sentences, attachments and tables. */
export interface ExtractionInput {
  readonly title: string;
  readonly body: string;
  /** Sorted and without overlap, as `splitSentences` returns them. */
  readonly sentences: readonly Span[];
  readonly attachments: readonly Attachment[];
  /** Tables of the body, as `createTableFinder` returns them. */
  readonly tables: readonly Table[];
}

/**
 * Returns the sentence that contains `at`, or the run of sentences that it extends over (a title with a full stop in
 * it); `at` itself when no sentence starts at or before it.
 */
export function sentenceAround(sentences: readonly Span[], at: Span): Span {
  const first = sentences[lastStartingBy(sentences, at.start)];
  const last = sentences[lastStartingBy(sentences, Math.max(at.start, at.end - 1))];
  if (first === undefined || last === undefined) return at;
  return { start: Math.min(first.start, at.start), end: Math.max(last.end, at.end) };
}

/** Returns the index of the last sentence that starts at or before `offset`, or -1. Binary search. */
function lastStartingBy(sentences: readonly Span[], offset: number): number {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sentences[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
