import type { Span } from '../../domain/fact.js';
import type { Attachment } from '../../domain/notice.js';
import type { Table } from '../table/tables.js';

/** What facts are taken from: a notice's cleaned text, cut into sentences. */
export interface FactSource {
  readonly title: string;
  readonly body: string;
  /** In order and without overlap, as `splitSentences` gives them. */
  readonly sentences: readonly Span[];
  readonly attachments: readonly Attachment[];
  /** Of the body, as `createTableFinder` gives them. */
  readonly tables: readonly Table[];
}

/**
 * The sentence that holds `at`, or the run of sentences where it reaches over
 * several (a title with a full stop in it). `at` itself when no sentence does.
 */
export function sentenceAround(sentences: readonly Span[], at: Span): Span {
  const first = sentences[lastStartingBy(sentences, at.start)];
  const last = sentences[lastStartingBy(sentences, Math.max(at.start, at.end - 1))];
  if (first === undefined || last === undefined) return at;
  return { start: Math.min(first.start, at.start), end: Math.max(last.end, at.end) };
}

/** Index of the last sentence that starts at or before `offset`; -1 when there is none. */
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
