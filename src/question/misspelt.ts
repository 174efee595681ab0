import { soundAlikes } from '../text/sounds.js';

/** What the notices hold, as far as a question must know it. */
export interface KnownWords {
  /** Whether any notice has the pair of characters. */
  holds(pair: string): boolean;
  /** How rare it is; larger is rarer. */
  idf(pair: string): number;
}

/** More readings of one misspelt pair than this are guesses. */
const MOST_READINGS = 2;

/**
 * Pairs that sound like one that no notice has (客程: 课程), the commonest
 * first: one character differs. Empty when the notices hold the pair itself.
 */
export function likelySpellings(pair: string, known: KnownWords): string[] {
  if (pair.length !== 2 || known.holds(pair)) return [];
  const [first, second] = [pair.charAt(0), pair.charAt(1)];
  const readings = [
    ...soundAlikes(first).map((other) => other + second),
    ...soundAlikes(second).map((other) => first + other),
  ];
  return readings
    .filter((reading) => known.holds(reading))
    .sort((a, b) => known.idf(a) - known.idf(b))
    .slice(0, MOST_READINGS);
}
