import { TermCursor } from '../../text/tokenizer.js';
import type { QueryTerm } from '../query/parse-query.js';

/** A question term with its weight in this collection (idf × weight in the question). */
export type WeightedQueryTerm = QueryTerm;

/**
 * Finds a question's terms in folded sentences, in one pass over the terms of each. Longer words are covered by their
 * pairs. A term also counts as found where a synonym of its word occurs.
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

/** Returns whether a term is looked up: longer words are covered by their pairs, isolated Han characters tell little. */
function isMatched({ term }: QueryTerm): boolean {
  const first = new TermCursor(term);
  first.next();
  return !first.isHan || term.length === 2;
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
    for (const [t, { term, synonyms }] of terms.entries()) {
      this.#lookFor(term, t);
      for (const word of synonyms) this.#lookFor(word, t);
    }
  }

  match(sentence: string): number[] {
    const found: number[] = [];
    const begins = this.#begins;
    const wantRuns = this.#runs.size > 0;
    const term = new TermCursor(sentence);
    while (term.next()) {
      const { start } = term;
      if (!term.isHan) {
        if (wantRuns) note(found, this.#runs.get(sentence.slice(start, term.end)));
        continue;
      }
      const c = sentence.charCodeAt(start);
      const place = begins[c & LAST_PLACE] ?? 0;
      if (place === 0 || term.end - start === 1) continue;
      const next = sentence.charCodeAt(start + 1);
      for (const { first, second, terms } of this.#pairs[place] ?? []) {
        if (second === next && first === c) note(found, terms);
      }
    }
    for (const [word, terms] of this.#words) if (sentence.includes(word)) note(found, terms);
    return found;
  }

  #lookFor(word: string, term: number): void {
    const own = new TermCursor(word);
    const isOneTerm = own.next() && own.start === 0 && own.end === word.length;
    if (isOneTerm && !own.isHan) push(this.#runs, word, term);
    else if (isOneTerm && word.length === 2) this.#lookForPair(word.charCodeAt(0), word.charCodeAt(1), term);
    else push(this.#words, word, term);
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
