import { parseQuery } from './parse-query.js';
import type { Vocabulary } from './vocabulary.js';
import type { Analyser } from '../../text/analyser.js';
import { fold } from '../../text/fold.js';

/** Features that two wordings of the same question share: subject, answer type, numbers. */
export interface QuestionSignature {
  /** Folded text, letters and digits only. */
  readonly normalizedText: string;
  /** Answer type: a period, a contact by which channel … */
  readonly answerType: string;
  /** Terms of the subject, without question words. */
  readonly subject: ReadonlySet<string>;
  /** Numbers, ordinals and places, sorted: another year, batch or district is another question. */
  readonly constraints: string;
}

export type ReadSignature = (question: string) => QuestionSignature;

export function createSignatureReader(analyser: Analyser, vocabulary: Vocabulary): ReadSignature {
  return (text) => {
    const question = parseQuery(text, analyser, vocabulary);
    const { ask } = question;
    const numbers = question.folded.match(/[0-9]+/g) ?? [];
    return {
      normalizedText: fold(text).replace(/[^\p{L}\p{N}]+/gu, ''),
      answerType: ask.kind === 'contact' ? `contact ${[...ask.channels].sort().join(' ')}` : ask.kind,
      subject: question.subject,
      constraints: [...new Set([...numbers, ...question.ordinals, ...question.places])].sort().join(' '),
    };
  };
}

/**
 * Returns how similar two questions are, 0 … 1: 1 for the same letters and digits, 0 for another answer type or other
 * constraints, else Dice's coefficient over the terms of their subjects. `weightOf`: how rare a term is among the
 * notices, so that 公示 in both counts little.
 */
export function computeSimilarity(
  a: QuestionSignature,
  b: QuestionSignature,
  weightOf: (term: string) => number,
): number {
  if (a.normalizedText === b.normalizedText) return 1;
  if (a.answerType !== b.answerType || a.constraints !== b.constraints) return 0;
  const sum = (terms: Iterable<string>): number => [...terms].reduce((total, term) => total + weightOf(term), 0);
  const all = sum(a.subject) + sum(b.subject);
  return all === 0 ? 0 : (2 * sum([...a.subject].filter((term) => b.subject.has(term)))) / all;
}
