import { existsSync, readFileSync } from 'node:fs';
import * as jieba from 'nodejs-jieba';
import { OperatorError } from '../domain/errors.js';
import { operatorMessages as m } from '../messages/operator.js';
import { loadBackground, type Specificity } from './background.js';
import { rememberLast } from './remember.js';

const PLACE_TAG = 'ns';
const PERSON_TAG = 'nr';
/** Nouns of all kinds but places, abbreviations, and letters. */
const NOUN_TAG = /^(?:n(?!s)|j|eng)/;
/** Understanding one question cuts some five texts, each for several ends. */
const TEXTS = 64;
/** Words of questions, which repeat more than questions do. */
const WORDS = 4096;

/** Cuts text into words, long words also into the shorter words inside them. */
export interface Segmenter {
  words(text: string): readonly string[];
  /** Cuts text into words that do not overlap. */
  cut(text: string): readonly string[];
  /** True for the name of a place (a province, city, district, country), by the dictionary's tag. */
  isPlace(word: string): boolean;
  /** Words that are names of people, by their tag (a guess for names that no dictionary has). */
  people(text: string): string[];
  /** Words of two characters and more that name a thing or a person, by their tag. */
  nouns(text: string): string[];
  /** Whether a dictionary has the word: others are guesses of the hidden Markov model. */
  isInDictionary(word: string): boolean;
  /** How telling a word is in Chinese at large. */
  readonly specificity: Specificity;
}

/**
 * Loads jieba with our user dictionary. Blocks for about a second and takes some
 * 260 MB, once per process. Throws an `OperatorError` when a dictionary is missing:
 * jieba itself would abort the process.
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
  const background = loadBackground(dictionaries.idfDict);
  const own = wordsOf(userDictionary);
  // The second argument is named `strict` but means 'use the HMM'; without it
  // runs of digits and letters fall apart into single characters.
  return {
    words: rememberLast((text) => jieba.cutForSearch(text, true), TEXTS),
    cut: rememberLast((text) => jieba.cut(text, true), TEXTS),
    isPlace: rememberLast((word) => {
      const tags = jieba.tag(word);
      return tags.length === 1 && tags[0]?.tag === PLACE_TAG;
    }, WORDS),
    people: (text) => jieba.tag(text).flatMap(({ word, tag }) => (tag === PERSON_TAG && word.length > 1 ? [word] : [])),
    nouns: rememberLast(
      (text) => jieba.tag(text).flatMap(({ word, tag }) => (NOUN_TAG.test(tag) && word.length > 1 ? [word] : [])),
      TEXTS,
    ),
    isInDictionary: (word) => background.has(word) || own.has(word),
    specificity: background.specificity,
  };
}

/** The words of a user dictionary: the first field of each line. */
function wordsOf(file: string): Set<string> {
  return new Set(
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[0] ?? ''),
  );
}
