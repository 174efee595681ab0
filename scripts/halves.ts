import type { PolicyQuestion } from './labelled-questions.js';

/**
 * Deals the development questions into parts by the notice they were written
 * on, in order of first appearance, so that no notice is in two parts: what is
 * fitted on some parts is checked on notices that it has not seen.
 */
export function partOf(questions: readonly PolicyQuestion[], parts: number): (question: PolicyQuestion) => number {
  const documents = [...new Set(questions.map(({ docid }) => docid))];
  const part = new Map(documents.map((docid, i) => [docid, i % parts]));
  return ({ docid }) => part.get(docid) ?? 0;
}
