import { readFileSync } from 'node:fs';

/** Returns the specificity of a word in general Chinese, 0 (uninformative) … 1, independent of the collection. */
export type Specificity = (word: string) => number;

export interface BackgroundFrequencies {
  has(word: string): boolean;
  readonly specificity: Specificity;
}

/** Inverse document frequencies of specificity 0 and 1, linear in between; the file's range is about 2 (的) to 14. */
const COMMON_IDF = 3;
const TELLING_IDF = 8.5;
/** Specificity of a word missing from the file: a name, a new word, or characters that are adjacent by chance. */
const UNKNOWN = 0.8;

/**
 * Reads jieba's table of inverse document frequencies, one `word idf` per line. A few dozen notices cannot distinguish
 * 打算 from 遗存, because both occur in none; the large corpus behind the table can.
 */
export function loadBackgroundFrequencies(file: string): BackgroundFrequencies {
  const idf = new Map<string, number>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) idf.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  return {
    has: (word) => idf.has(word),
    specificity: (word) => {
      const known = idf.get(word);
      if (known === undefined) return UNKNOWN;
      return Math.min(1, Math.max(0, (known - COMMON_IDF) / (TELLING_IDF - COMMON_IDF)));
    },
  };
}
