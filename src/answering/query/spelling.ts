import type { Analyser } from '../../text/analyser.js';

/** Index of character pairs, as correcting a question needs it. */
export interface PairIndex {
  /** Returns whether any notice holds the pair of characters. */
  holds(pair: string): boolean;
  /** Returns its inverse document frequency. */
  idf(pair: string): number;
}

/** Upper bound on the corrections of one pair; more would be guesses. */
const MAX_SPELLINGS = 2;

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
  const spellings = [
    ...findHomophones(first).map((other) => other + second),
    ...findHomophones(second).map((other) => first + other),
  ];
  return spellings
    .filter((spelling) => known.holds(spelling))
    .sort((a, b) => known.idf(a) - known.idf(b))
    .slice(0, MAX_SPELLINGS);
}

/**
 * Returns the people known from notices whom a folded question names. A name of three characters also matches with one
 * wrong after its surname (耿浩伟 for 耿昊伟): names are typed by ear. Linear in the question for names of bounded
 * length.
 */
export function findKnownPeople(folded: string, known: ReadonlySet<string>): string[] {
  const exact = [...known].filter((name) => folded.includes(name));
  if (exact.length > 0) return exact;
  return [...known].filter((name) => name.length === 3 && hasNearly(folded, name));
}

/** Returns whether the surname and one of the two characters after it stand in their places. */
function hasNearly(folded: string, name: string): boolean {
  for (let at = folded.indexOf(name.charAt(0)); at !== -1; at = folded.indexOf(name.charAt(0), at + 1)) {
    const same = [1, 2].filter((i) => folded.charAt(at + i) === name.charAt(i)).length;
    if (same === 1 && at + 3 <= folded.length) return true;
  }
  return false;
}
