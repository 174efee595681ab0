import { MultiWordMatcher } from '../../text/word-list.js';
import type { Paraphrase, Vocabulary } from './vocabulary.js';

/** Finds words of the vocabulary in folded text; each list is in the vocabulary's order. */
export interface VocabularyFinders {
  /** Frame words, to be replaced one after another by a blank. */
  frames(folded: string): string[];
  synonyms(folded: string): (readonly [word: string, others: readonly string[]])[];
  paraphrases(folded: string): Paraphrase[];
}

const known = new WeakMap<Vocabulary, VocabularyFinders>();

/** Returns the finders of a vocabulary, made once: it has thousands of words, a question a few dozen characters. */
export function findersOf(vocabulary: Vocabulary): VocabularyFinders {
  const made = known.get(vocabulary) ?? makeFinders(vocabulary);
  known.set(vocabulary, made);
  return made;
}

function makeFinders({ frames, synonyms, paraphrases }: Vocabulary): VocabularyFinders {
  // A frame with a blank may arise only when others are removed: it is always tried.
  const frameFinder = new MultiWordMatcher(frames.map((frame) => (frame.includes(' ') ? '' : frame)));
  const entries = [...synonyms];
  const synonymFinder = new MultiWordMatcher(entries.map(([word]) => word));
  const paraphraseFinder = new MultiWordMatcher(paraphrases.map(({ phrase: says }) => says));
  return {
    frames: (folded) => picked(frames, frameFinder.find(folded)),
    synonyms: (folded) => picked(entries, synonymFinder.find(folded)),
    paraphrases: (folded) => picked(paraphrases, paraphraseFinder.find(folded)),
  };
}

function picked<T>(list: readonly T[], numbers: readonly number[]): T[] {
  return numbers.flatMap((n) => list.slice(n, n + 1));
}
