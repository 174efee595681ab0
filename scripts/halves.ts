import type { PolicyQuestion } from './labelled-questions.js';

/**
 * Splits the development questions into parts by their notice, in order of first appearance, so that no notice is in
 * two parts: what is fitted on some parts is checked on unseen notices. Returns the function from a question to its
 * part.
 */
export function assignParts(questions: readonly PolicyQuestion[], parts: number): (question: PolicyQuestion) => number {
  const documents = [...new Set(questions.map(({ docid }) => docid))];
  const part = new Map(documents.map((docid, i) => [docid, i % parts]));
  return ({ docid }) => part.get(docid) ?? 0;
}
