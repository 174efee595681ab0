import { RunCursor } from '../../text/tokenizer.js';
import type { QueryTerm } from '../query/parse-query.js';

/** A question term with its weight in this collection (idf × weight in the question). */
export type WeightedQueryTerm = QueryTerm;

/**
 * Finds a question's terms in folded sentences, in one pass over the runs of each. Longer words are covered by their
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
  const run = new RunCursor(term);
  run.next();
  return !run.isHan || term.length === 2;
}

/** Cache of lookups by list of matched terms. */
const lookups = new WeakMap<readonly QueryTerm[], Lookup>();

/** Size of the hash table of pairs: far larger than a question is long. */
const PLACES = 4096;

function placeOf(first: number, second: number): number {
  return (first * 31 + second) & (PLACES - 1);
}

/** Index from pairs, runs and words to terms; independent of weights. */
class Lookup {
  readonly #pairs = new Map<string, number[]>();
  /** Per hash of a pair, 1 if `#pairs` may hold it: spares most look-ups. */
  readonly #hasPair = new Uint8Array(PLACES);
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
    const hasPair = this.#hasPair;
    const wantRuns = this.#runs.size > 0;
    const run = new RunCursor(sentence);
    while (run.next()) {
      const { start, end } = run;
      if (!run.isHan) {
        if (wantRuns) note(found, this.#runs.get(sentence.slice(start, end)));
        continue;
      }
      let second = sentence.charCodeAt(start);
      for (let at = start + 1; at < end; at++) {
        const first = second;
        second = sentence.charCodeAt(at);
        if (hasPair[placeOf(first, second)] === 1) note(found, this.#pairs.get(sentence.slice(at - 1, at + 1)));
      }
    }
    for (const [word, terms] of this.#words) if (sentence.includes(word)) note(found, terms);
    return found;
  }

  #lookFor(word: string, term: number): void {
    const run = new RunCursor(word);
    run.next();
    const isOneRun = run.start === 0 && run.end === word.length;
    if (isOneRun && !run.isHan) push(this.#runs, word, term);
    else if (isOneRun && word.length === 2) {
      push(this.#pairs, word, term);
      this.#hasPair[placeOf(word.charCodeAt(0), word.charCodeAt(1))] = 1;
    } else push(this.#words, word, term);
  }
}

function push(map: Map<string, number[]>, key: string, term: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [term]);
  else known.push(term);
}

function note(found: number[], terms: readonly number[] | undefined): void {
  if (terms === undefined) return;
  for (const term of terms) if (!found.includes(term)) found.push(term);
}
