import { understand } from '../question/understand.js';
import type { Vocabulary } from '../question/vocabulary.js';
import type { Analyser } from '../text/analyser.js';
import { fold } from '../text/fold.js';

/** Features that two wordings of the same question share: subject, answer type, numbers. */
export interface QuestionKind {
  /** Folded text, letters and digits only. */
  readonly bare: string;
  /** Answer type: a period, a contact by which channel … */
  readonly ask: string;
  /** Terms of the subject, without question words. */
  readonly subject: ReadonlySet<string>;
  /** Numbers, ordinals and places, sorted: another year, batch or district is another question. */
  readonly marks: string;
}

export type KindOf = (question: string) => QuestionKind;

export function questionKinds(analyser: Analyser, vocabulary: Vocabulary): KindOf {
  return (text) => {
    const question = understand(text, analyser, vocabulary);
    const { ask } = question;
    const numbers = question.folded.match(/[0-9]+/g) ?? [];
    return {
      bare: fold(text).replace(/[^\p{L}\p{N}]+/gu, ''),
      ask: ask.kind === 'contact' ? `contact ${[...ask.channels].sort().join(' ')}` : ask.kind,
      subject: question.subject,
      marks: [...new Set([...numbers, ...question.ordinals, ...question.places])].sort().join(' '),
    };
  };
}

/**
 * Returns the similarity of two subjects, 0 … 1: Dice's coefficient over their terms, each weighted by how rare it is
 * among the notices, so that 公示 in both counts little.
 */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>, weightOf: (term: string) => number): number {
  const sum = (terms: Iterable<string>): number => [...terms].reduce((total, term) => total + weightOf(term), 0);
  const all = sum(a) + sum(b);
  return all === 0 ? 0 : (2 * sum([...a].filter((term) => b.has(term)))) / all;
}
