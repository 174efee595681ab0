import { understand } from '../question/understand.js';
import type { Vocabulary } from '../question/vocabulary.js';
import type { Analyser } from '../text/analyser.js';
import { fold } from '../text/fold.js';

/** What makes two questions the same one put differently: of what they ask, which fact, with which numbers. */
export interface QuestionKind {
  /** Folded, without anything but letters and digits. */
  readonly bare: string;
  /** The kind of fact that is wanted: a period, a contact by which channel … */
  readonly ask: string;
  /** Terms of what is asked about, without the words that only put the question. */
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
 * How much two subjects share, 0 … 1: Dice's coefficient over their terms, each
 * weighed by how rare it is among the notices, so that 公示 in both says little.
 */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>, weightOf: (term: string) => number): number {
  const sum = (terms: Iterable<string>): number => [...terms].reduce((total, term) => total + weightOf(term), 0);
  const all = sum(a) + sum(b);
  return all === 0 ? 0 : (2 * sum([...a].filter((term) => b.has(term)))) / all;
}
