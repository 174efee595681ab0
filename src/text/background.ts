import { readFileSync } from 'node:fs';

/** How telling a word is in Chinese at large, 0 (says nothing) … 1, whatever the collection. */
export type Specificity = (word: string) => number;

export interface Background {
  has(word: string): boolean;
  readonly specificity: Specificity;
}

/** Inverse document frequencies in the file run from about 2 (的) to 14; between these a word grows telling. */
const COMMON_IDF = 3;
const TELLING_IDF = 8.5;
/** Of a word that the file does not have: a name, a new word, or characters that only stand side by side. */
const UNKNOWN = 0.8;

/**
 * Reads jieba's table of inverse document frequencies, one `word idf` a line. A
 * few dozen notices cannot tell 打算 from 遗存: both stand in none. The large
 * corpus behind that table can.
 */
export function loadBackground(file: string): Background {
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
