import { fold } from './fold.js';
import type { Segmenter } from './segmenter.js';

/** Raise it whenever `terms` would give another result for some text: old snapshots are then rebuilt. */
export const ANALYSER_VERSION = 2;

/**
 * The one way from text to index terms, for notices and questions alike.
 * Terms are: every pair of neighbouring Han characters, every word of three or
 * more Han characters (pairs are bigrams already), a Han character that stands
 * alone, and whole runs of letters and digits.
 */
export interface Analyser {
  terms(text: string): string[];
  /**
   * The pairs and runs that lie within words: those of `terms` that a writer
   * meant, without pairs across words. Neighbouring characters that no dictionary
   * joins are a word where `isKnown` says so, unless one of them only joins words.
   */
  wordTerms(text: string, isKnown?: (pair: string) => boolean): string[];
  /** To each term of `wordTerms` how telling the word is in Chinese at large, 0 … 1. */
  specificity(text: string): Map<string, number>;
  /** The pairs that a writer may have misspelt: those within words, and those that fell apart into single characters. */
  writtenPairs(text: string): string[];
  /** The pairs and runs that lie within words that name a thing or a person. */
  nounTerms(text: string): string[];
  /** Names of people in a text, as far as they can be told. */
  people(text: string): string[];
  /** Parts of something larger that a text names: 南岭 + 区, 东湖 + 校区. */
  parts(text: string): Part[];
  /** Names of places in a text, each once, without 省, 市, 区 or 县 at their end. */
  places(text: string): string[];
}

/** A district, a campus …: its name and what it is. */
export interface Part {
  readonly name: string;
  readonly kind: string;
}

const KINDS = '校区|片区|院区|园区|街道|社区|小区|分校|分院|分馆|赛区|考区|考点|区|县|市|镇|乡|村';
const KIND = new RegExp(`^(?:${KINDS})$`);
const PART = new RegExp(`^([\\u3400-\\u9fff]{2,3}?)(${KINDS})$`);

/** A pair with a character that only joins words is none. */
const FUNCTION_PAIR =
  /[的地得了着过是在有和与及或对把被也都就还又再才只不没无要会能可应须该我你您他她它们这那哪谁几多少个些吗呢吧啊呀嘛从到向为以于给让将比等上下里中去来说想用做请最更很太已先后前时年月日号点么什怎]/;

const NAME = /^[\u3400-\u9fff]{2,3}$/;
/** 哪个 before 区, 两个 before 校区, 5号 before 社区. */
const NO_NAME = /[哪这那几各每某本两全个号]/;

const RUN = /[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9]+/g;
const HAN = /^[\u3400-\u9fff\uf900-\ufaff]/;

export function createAnalyser(segmenter: Segmenter): Analyser {
  return {
    terms(text) {
      const folded = fold(text);
      return [...runTerms(folded), ...segmenter.words(folded).filter(isLongWord)];
    },
    wordTerms(text, isKnown = () => true) {
      const terms: string[] = [];
      let loose = '';
      const take = (word: string): void => {
        // What no dictionary joins (绩点 in 对绩点的) may be a word of the notices all the same.
        for (const pair of runTerms(loose))
          if (pair.length === 2 && !FUNCTION_PAIR.test(pair) && isKnown(pair)) terms.push(pair);
        loose = '';
        terms.push(...runTerms(word));
      };
      for (const word of segmenter.cut(fold(text))) {
        const isWhole = word.length > 1 && (!HAN.test(word) || word.length > 2 || segmenter.isInDictionary(word));
        if (isWhole) take(word);
        else if (HAN.test(word)) loose += word;
        else take('');
      }
      take('');
      return terms;
    },
    specificity(text) {
      const found = new Map<string, number>();
      for (const word of segmenter.cut(fold(text))) {
        if (word.length < 2) continue;
        const telling = HAN.test(word) ? segmenter.specificity(word) : 1;
        for (const term of runTerms(word)) found.set(term, Math.max(telling, found.get(term) ?? 0));
      }
      return found;
    },
    nounTerms: (text) => segmenter.nouns(fold(text)).flatMap(runTerms),
    people: (text) => segmenter.people(fold(text)),
    parts(text) {
      const words = segmenter.cut(fold(text));
      return words.flatMap((word, i) => {
        // One word (南岭区), or a name and its kind (东湖 + 校区).
        const [, name, kind] = PART.exec(word) ?? (KIND.test(word) ? ['', words[i - 1] ?? '', word] : []);
        return name === undefined || kind === undefined || !NAME.test(name) || NO_NAME.test(name)
          ? []
          : [{ name, kind }];
      });
    },
    writtenPairs(text) {
      const pairs: string[] = [];
      let loose = '';
      for (const word of [...segmenter.cut(fold(text)), '']) {
        if (word.length === 1 && HAN.test(word)) {
          loose += word;
          continue;
        }
        if (loose.length > 1) pairs.push(...runTerms(loose));
        loose = '';
        if (word.length > 1 && HAN.test(word)) pairs.push(...runTerms(word));
      }
      return pairs;
    },
    places(text) {
      const names = segmenter.words(fold(text)).filter((word) => word.length >= 2 && segmenter.isPlace(word));
      return [...new Set(names.map(bareName).filter((name) => !NO_PLACES.has(name)))];
    },
  };
}

/** Tagged as places, but what every notice is about, or a common word besides. */
const NO_PLACES = new Set(['中国', '我国', '全国', '国内', '东西', '南北']);

function bareName(place: string): string {
  return place.length > 2 ? place.replace(/(?:自治区|自治州|新区|[省市区县])$/, '') : place;
}

/** Bigrams and whole runs of a text that is folded already. */
export function runTerms(folded: string): string[] {
  const terms: string[] = [];
  for (const [run] of folded.matchAll(RUN)) {
    if (!HAN.test(run) || run.length === 1) terms.push(run);
    else for (let i = 0; i + 1 < run.length; i++) terms.push(run.slice(i, i + 2));
  }
  return terms;
}

function isLongWord(word: string): boolean {
  return word.length >= 3 && HAN.test(word);
}
