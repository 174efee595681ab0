import type { Analyser } from '../../text/analyser.js';

/** Index of character pairs, as correcting a question needs it. */
export interface PairIndex {
  /** Returns whether any notice holds the pair of characters. */
  holds(pair: string): boolean;
  /** Returns its inverse document frequency. */
  idf(pair: string): number;
}

/** Upper bound on the corrections of one pair; more would be guesses. */
const MOST_READINGS = 2;

/**
 * Returns the indexed pairs that sound like a pair in no notice and differ in one character (客程: 课程), the commonest
 * first. Empty when a notice holds the pair itself.
 */
export function suggestSpellings(
  pair: string,
  known: PairIndex,
  { findHomophones }: Pick<Analyser, 'findHomophones'>,
): string[] {
  if (pair.length !== 2 || known.holds(pair)) return [];
  const [first, second] = [pair.charAt(0), pair.charAt(1)];
  const readings = [
    ...findHomophones(first).map((other) => other + second),
    ...findHomophones(second).map((other) => first + other),
  ];
  return readings
    .filter((reading) => known.holds(reading))
    .sort((a, b) => known.idf(a) - known.idf(b))
    .slice(0, MOST_READINGS);
}
