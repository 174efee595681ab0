import { fold } from './fold.js';
import { HAN, isHan } from './han.js';
import type { FindHomophones } from './homophones.js';
import type { Segmenter } from './segmenter.js';
import { bigramTerms } from './tokenizer.js';

/** Version of the tokenizer. Increase it when `terms` changes its result for any text: old snapshots are rebuilt. */
export const ANALYSER_VERSION = 2;

/** The only text analyser: tokenizes notices and questions alike. All methods that take a text fold it first. */
export interface Analyser {
  /**
   * Returns the index terms of a text: every pair of adjacent Han characters, every word of three or more Han
   * characters (a word of two is a pair already), isolated Han characters, and whole runs of letters and digits.
   */
  terms(text: string): string[];
  /**
   * Returns the pairs and runs within words, without pairs that span two words. A pair of adjacent characters that no
   * dictionary joins is included when `isKnown` accepts it, unless one of them is a function character (的, 在).
   */
  wordTerms(text: string, isKnown?: (pair: string) => boolean): string[];
  /** Maps each term within a word of two or more characters to the word's specificity, 0 … 1; the highest counts. */
  specificity(text: string): Map<string, number>;
  /** Returns the pairs to check for misspellings: those within words, and those segmented into single characters. */
  spellingPairs(text: string): string[];
  /**
   * Returns the words of a text that carry content, in order, each once: words of two or more characters, runs of
   * letters and digits, pairs that no dictionary joins but `isKnown` accepts, and single characters that name something.
   */
  contentWords(text: string, isKnown: (pair: string) => boolean): ContentWord[];
  readonly findHomophones: FindHomophones;
  /** Returns the pairs and runs within words that name a thing or a person. */
  nounTerms(text: string): string[];
  /** Returns the names of people in a text, by the segmenter's tags (a guess for names outside the dictionary). */
  people(text: string): string[];
  /** Returns the subdivisions that a text names: 南岭区 → 南岭 + 区, 东湖校区 → 东湖 + 校区. */
  subdivisions(text: string): Subdivision[];
  /** Returns the distinct names of places in a text, without a final 省, 市, 区 or 县. */
  places(text: string): string[];
}

/** A word that carries content. */
export interface ContentWord {
  readonly word: string;
  /** In general Chinese, 0 … 1. */
  readonly specificity: number;
  /** True when it names a thing, a person or a place. */
  readonly isNoun: boolean;
}

/** Name and kind of a subdivision: a district (南岭, 区), a campus (东湖, 校区) … */
export interface Subdivision {
  readonly name: string;
  readonly kind: string;
}

const KINDS = '校区|片区|院区|园区|街道|社区|小区|分校|分院|分馆|赛区|考区|考点|区|县|市|镇|乡|村';
const KIND = new RegExp(`^(?:${KINDS})$`);
const PART = new RegExp(`^([${HAN}]{2,3}?)(${KINDS})$`);

/** Characters that disqualify a pair outside words: function characters, and common ones such as 年, 月, 日. */
const FUNCTION_PAIR =
  /[的地得了着过是在有和与及或对把被也都就还又再才只不没无要会能可应须该我你您他她它们这那哪谁几多少个些吗呢吧啊呀嘛从到向为以于给让将比等上下里中去来说想用做请最更很太已先后前时年月日号点么什怎]/;

/** Returns whether a character is a function character, or so common that it names nothing: 的, 吗, 月. */
export function isFunctionCharacter(character: string): boolean {
  return FUNCTION_PAIR.test(character);
}

/** Specificity of a pair that the notices hold and no dictionary joins. */
const UNKNOWN_PAIR_SPECIFICITY = 0.5;

const NAME = new RegExp(`^[${HAN}]{2,3}$`);
/** Characters that do not occur in a subdivision's name: 哪个 before 区, 两个 before 校区, 5号 before 社区. */
const NO_NAME = /[哪这那几各每某本两全个号]/;

export function createAnalyser(segmenter: Segmenter, findHomophones: FindHomophones): Analyser {
  return {
    findHomophones,
    terms(text) {
      const folded = fold(text);
      return [...bigramTerms(folded), ...segmenter.words(folded).filter(isLongWord)];
    },
    wordTerms(text, isKnown = () => true) {
      const terms: string[] = [];
      let loose = '';
      const take = (word: string): void => {
        // A pair that no dictionary joins (绩点 in 对绩点的) may still be a word of the notices.
        for (const pair of bigramTerms(loose))
          if (pair.length === 2 && !FUNCTION_PAIR.test(pair) && isKnown(pair)) terms.push(pair);
        loose = '';
        terms.push(...bigramTerms(word));
      };
      for (const word of segmenter.cut(fold(text))) {
        const isWhole = word.length > 1 && (!startsWithHan(word) || word.length > 2 || segmenter.isInDictionary(word));
        if (isWhole) take(word);
        else if (startsWithHan(word)) loose += word;
        else take('');
      }
      take('');
      return terms;
    },
    contentWords(text, isKnown) {
      const folded = fold(text);
      const nouns = new Set(segmenter.nouns(folded));
      const found = new Map<string, ContentWord>();
      let loose = '';
      const add = (word: string, specificity: number, isNoun: boolean): void => {
        if (!found.has(word)) found.set(word, { word, specificity, isNoun });
      };
      const closeLoose = (): void => {
        for (const pair of bigramTerms(loose)) {
          if (pair.length === 2 && !FUNCTION_PAIR.test(pair) && isKnown(pair))
            add(pair, UNKNOWN_PAIR_SPECIFICITY, true);
        }
        for (const c of loose) if (!FUNCTION_PAIR.test(c)) add(c, segmenter.specificity(c), false);
        loose = '';
      };
      for (const word of segmenter.cut(folded)) {
        if (!/[\p{L}\p{N}]/u.test(word)) closeLoose();
        else if (!startsWithHan(word)) {
          closeLoose();
          add(word, 1, true);
        } else if (word.length === 1) loose += word;
        else {
          closeLoose();
          add(word, segmenter.specificity(word), nouns.has(word) || segmenter.isPlace(word));
        }
      }
      closeLoose();
      return [...found.values()];
    },
    specificity(text) {
      const found = new Map<string, number>();
      for (const word of segmenter.cut(fold(text))) {
        if (word.length < 2) continue;
        const telling = startsWithHan(word) ? segmenter.specificity(word) : 1;
        for (const term of bigramTerms(word)) found.set(term, Math.max(telling, found.get(term) ?? 0));
      }
      return found;
    },
    nounTerms: (text) => segmenter.nouns(fold(text)).flatMap(bigramTerms),
    people: (text) => segmenter.people(fold(text)),
    subdivisions(text) {
      const words = segmenter.cut(fold(text));
      return words.flatMap((word, i) => {
        // Segmented as one word (南岭区) or as name and kind (东湖 + 校区).
        const [, name, kind] = PART.exec(word) ?? (KIND.test(word) ? ['', words[i - 1] ?? '', word] : []);
        return name === undefined || kind === undefined || !NAME.test(name) || NO_NAME.test(name)
          ? []
          : [{ name, kind }];
      });
    },
    spellingPairs(text) {
      const pairs: string[] = [];
      let loose = '';
      for (const word of [...segmenter.cut(fold(text)), '']) {
        if (word.length === 1 && startsWithHan(word)) {
          loose += word;
          continue;
        }
        if (loose.length > 1) pairs.push(...bigramTerms(loose));
        loose = '';
        if (word.length > 1 && startsWithHan(word)) pairs.push(...bigramTerms(word));
      }
      return pairs;
    },
    places(text) {
      const names = segmenter.words(fold(text)).filter((word) => word.length >= 2 && segmenter.isPlace(word));
      return [...new Set(names.map(bareName).filter((name) => !NO_PLACES.has(name)))];
    },
  };
}

/** Words tagged as places that identify no region (中国) or are also common words (东西). */
const NO_PLACES = new Set(['中国', '我国', '全国', '国内', '东西', '南北']);

function bareName(place: string): string {
  return place.length > 2 ? place.replace(/(?:自治区|自治州|新区|[省市区县])$/, '') : place;
}

function isLongWord(word: string): boolean {
  return word.length >= 3 && startsWithHan(word);
}

function startsWithHan(word: string): boolean {
  return isHan(word.charCodeAt(0));
}
