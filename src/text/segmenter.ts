import { existsSync, readFileSync } from 'node:fs';
import * as jieba from 'nodejs-jieba';
import { OperatorError } from '../domain/errors.js';
import { operatorMessages as m } from '../messages/operator.js';
import { loadBackgroundFrequencies, type Specificity } from './background.js';
import { memoizeLru } from './memoize.js';

const PLACE_TAG = 'ns';
const PERSON_TAG = 'nr';
/** Tags of nouns except places, of abbreviations and of Latin words. */
const NOUN_TAG = /^(?:n(?!s)|j|eng)/;
/** Cache size, in texts. Interpreting one question segments about five texts, each for several purposes. */
const TEXTS = 64;
/** Cache size, in words of questions, which repeat more often than whole questions. */
const WORDS = 4096;

/** Word segmenter. */
export interface Segmenter {
  /** Splits a text into words and, for long words, also into the shorter words inside them. */
  words(text: string): readonly string[];
  /** Splits a text into words that do not overlap. */
  cut(text: string): readonly string[];
  /** Returns whether a word is the name of a place (a province, city, district, country), by the dictionary's tag. */
  isPlace(word: string): boolean;
  /** Returns the names of people, of two or more characters, by tag (a guess for names outside the dictionary). */
  people(text: string): string[];
  /** Returns the words of two or more characters that name a thing or a person, by tag. */
  nouns(text: string): string[];
  /** Returns whether a dictionary contains the word; other words are guesses of the hidden Markov model. */
  isInDictionary(word: string): boolean;
  readonly specificity: Specificity;
}

/**
 * Loads jieba with a user dictionary. Blocks for about a second and takes about 260 MB, once per process. Throws an
 * `OperatorError` when a dictionary is missing, because jieba itself would abort the process.
 */
export function loadSegmenter(userDictionary: string): Segmenter {
  const dictionaries = {
    dict: jieba.DEFAULT_DICT,
    hmmDict: jieba.DEFAULT_HMM_DICT,
    userDict: userDictionary,
    idfDict: jieba.DEFAULT_IDF_DICT,
    stopWordDict: jieba.DEFAULT_STOP_WORD_DICT,
  };
  for (const file of Object.values(dictionaries)) {
    if (!existsSync(file)) throw new OperatorError(m.dictionaryMissing(file));
  }
  jieba.load(dictionaries);
  const background = loadBackgroundFrequencies(dictionaries.idfDict);
  const lines = readFileSync(userDictionary, 'utf8').split('\n');
  const own = new Set(lines.map((line) => line.split(' ')[0] ?? ''));
  // The second argument is named `strict` but enables the HMM; without it, runs of digits and letters are split into
  // single characters.
  return {
    words: memoizeLru((text) => jieba.cutForSearch(text, true), TEXTS),
    cut: memoizeLru((text) => jieba.cut(text, true), TEXTS),
    isPlace: memoizeLru((word) => {
      const tags = jieba.tag(word);
      return tags.length === 1 && tags[0]?.tag === PLACE_TAG;
    }, WORDS),
    people: (text) => jieba.tag(text).flatMap(({ word, tag }) => (tag === PERSON_TAG && word.length > 1 ? [word] : [])),
    nouns: memoizeLru(
      (text) => jieba.tag(text).flatMap(({ word, tag }) => (NOUN_TAG.test(tag) && word.length > 1 ? [word] : [])),
      TEXTS,
    ),
    isInDictionary: (word) => background.has(word) || own.has(word),
    specificity: background.specificity,
  };
}
