import { createAnalyser, type Analyser } from '../../src/text/analyser.js';
import { createHomophoneFinder } from '../../src/text/homophones.js';
import type { Segmenter } from '../../src/text/segmenter.js';

/** The dictionary of a test: the handful of words that it is about. Places, people and nouns count as words too. */
export interface FakeDictionary {
  readonly words?: readonly string[];
  readonly places?: readonly string[];
  readonly people?: readonly string[];
  readonly nouns?: readonly string[];
  /** Specificity by word; any other word has `UNKNOWN`, as in the real segmenter. */
  readonly specificity?: Readonly<Record<string, number>>;
}

const UNKNOWN = 0.8;
/** A number, or a name of letters and digits that begins with a letter. */
const RUN = /^(?:[0-9]+(?:\.[0-9]+)?|[a-z][a-z0-9]*)/;

/** Returns the real analyser over a fake segmenter: no dictionary is loaded. */
export function fakeAnalyser(dictionary: FakeDictionary = {}): Analyser {
  return createAnalyser(fakeSegmenter(dictionary), createHomophoneFinder());
}

/**
 * Returns a segmenter that takes, from left to right, the longest word of the dictionary, else a whole number
 * or Latin name, else a single character. It fulfils the contract of the real one (test/text/segmenter-suite.ts).
 */
export function fakeSegmenter(dictionary: FakeDictionary = {}): Segmenter {
  const { words = [], places = [], people = [], nouns = [], specificity = {} } = dictionary;
  const known = [...new Set([...words, ...places, ...people, ...nouns])].sort((a, b) => b.length - a.length);
  const wordAt = (text: string, at: number): string =>
    known.find((word) => text.startsWith(word, at)) ?? RUN.exec(text.slice(at))?.[0] ?? text.charAt(at);
  const cut = (text: string): string[] => {
    const found: string[] = [];
    for (let at = 0; at < text.length; at += found.at(-1)?.length ?? 1) found.push(wordAt(text, at));
    return found;
  };
  const within = (word: string): string[] =>
    known.filter((other) => other.length > 1 && other.length < word.length && word.includes(other));
  return {
    cut,
    words: (text) => cut(text).flatMap((word) => [...within(word), word]),
    isPlace: (word) => places.includes(word),
    people: (text) => cut(text).filter((word) => people.includes(word)),
    nouns: (text) => cut(text).filter((word) => nouns.includes(word) || people.includes(word)),
    isInDictionary: (word) => known.includes(word),
    specificity: (word) => specificity[word] ?? UNKNOWN,
  };
}
