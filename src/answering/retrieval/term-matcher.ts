import type { QueryTerm } from '../query/parse-query.js';

/** A question term with its weight in this collection (idf × weight in the question). */
export type WeightedQueryTerm = QueryTerm;

const HAN_FIRST = 0x3400;
const HAN_LAST = 0xfaff;

/**
 * Finds a question's terms in folded sentences without tokenizing them: one pass over the characters looks up pairs of
 * Han characters and whole runs of letters and digits, the units that the analyser makes. Longer words are covered by
 * their pairs. A term also counts as found where a synonym of its word occurs.
 */
export class TermMatcher {
  readonly terms: readonly WeightedQueryTerm[];
  readonly #lookup: Lookup;

  constructor(terms: readonly QueryTerm[], weightOf: (term: QueryTerm) => number) {
    const kept = terms.filter(isMatched);
    this.terms = kept.map((term) => ({ ...term, weight: weightOf(term) }));
    this.#lookup = lookups.get(terms) ?? new Lookup(kept);
    // The same terms are often matched again with other weights.
    lookups.set(this.terms, this.#lookup);
  }

  /** Returns the indexes (in `terms`) of the terms in a folded sentence, each once. */
  match(sentence: string): number[] {
    return this.#lookup.match(sentence);
  }
}

/** Returns whether a term is looked up. Longer words are covered by their pairs. */
function isMatched({ term }: QueryTerm): boolean {
  return !isHan(term.charCodeAt(0)) || term.length === 2;
}

/** Cache of lookups by list of matched terms. */
const lookups = new WeakMap<readonly QueryTerm[], Lookup>();

interface CharacterPair {
  readonly first: number;
  readonly second: number;
  readonly terms: number[];
}

/** Size of the hash table of first characters: far larger than a question is long. */
const PLACES = 4096;
const LAST_PLACE = PLACES - 1;

/** Index from pairs, runs and words to terms; independent of weights. */
class Lookup {
  /** Per hash of a first character, the index in `#pairs` of the pairs that begin with it, from 1; 0 for none. */
  readonly #begins = new Uint16Array(PLACES);
  readonly #pairs: CharacterPair[][] = [[]];
  readonly #runs = new Map<string, number[]>();
  /** Words that are neither, searched one by one. A handful, since questions are short. */
  readonly #words = new Map<string, number[]>();

  constructor(terms: readonly QueryTerm[]) {
    for (const [t, { term, synonyms: alternatives }] of terms.entries()) {
      this.#lookFor(term, t);
      for (const word of alternatives) this.#lookFor(word, t);
    }
  }

  match(sentence: string): number[] {
    const found: number[] = [];
    const begins = this.#begins;
    const wantRuns = this.#runs.size > 0;
    const { length } = sentence;
    let runStart = -1;
    for (let i = 0; i < length; i++) {
      const c = sentence.charCodeAt(i);
      if (wantRuns) {
        if (isRunCharacter(c)) {
          if (runStart < 0) runStart = i;
        } else if (runStart >= 0) {
          note(found, this.#runs.get(sentence.slice(runStart, i)));
          runStart = -1;
        }
      }
      const place = begins[c & LAST_PLACE] ?? 0;
      if (place !== 0 && i + 1 < length) {
        const next = sentence.charCodeAt(i + 1);
        for (const { first, second, terms } of this.#pairs[place] ?? []) {
          if (second === next && first === c) note(found, terms);
        }
      }
    }
    if (runStart >= 0) note(found, this.#runs.get(sentence.slice(runStart)));
    for (const [word, terms] of this.#words) if (sentence.includes(word)) note(found, terms);
    return found;
  }

  #lookFor(word: string, term: number): void {
    const first = word.charCodeAt(0);
    const second = word.charCodeAt(1);
    if (isHan(first) && word.length === 2) {
      // A pair of Han and another kind of character is never found.
      if (isHan(second)) this.#lookForPair(first, second, term);
    } else if (isRun(word)) {
      push(this.#runs, word, term);
    } else {
      push(this.#words, word, term);
    }
  }

  #lookForPair(first: number, second: number, term: number): void {
    let place = this.#begins[first & LAST_PLACE] ?? 0;
    if (place === 0) {
      place = this.#pairs.push([]) - 1;
      this.#begins[first & LAST_PLACE] = place;
    }
    const pairs = this.#pairs[place] ?? [];
    const known = pairs.find((pair) => pair.first === first && pair.second === second);
    if (known === undefined) pairs.push({ first, second, terms: [term] });
    else known.terms.push(term);
  }
}

function push<K>(map: Map<K, number[]>, key: K, term: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [term]);
  else known.push(term);
}

function note(found: number[], terms: readonly number[] | undefined): void {
  if (terms === undefined) return;
  for (const term of terms) if (!found.includes(term)) found.push(term);
}

function isHan(c: number): boolean {
  return c >= HAN_FIRST && c <= HAN_LAST;
}

function isRun(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (!isRunCharacter(word.charCodeAt(i))) return false;
  return true;
}

/** Lower-case letters and digits, as in the analyser: a decimal point ends the run. */
function isRunCharacter(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a);
}
