import type { MatchTerm } from './passage-matcher.js';

/** A run of sentences `from` … `to` (inclusive) with the weight of the different question terms in it. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** The weight of each term, by its position. */
export type Weights = readonly number[];

export function weightsOf(terms: readonly MatchTerm[]): Weights {
  return terms.map(({ weight }) => weight);
}

/** The heaviest run of at most `sentences` sentences; of equals the first and shortest. Null when nothing matched. */
export function heaviestWindow(
  matches: readonly (readonly number[])[],
  terms: readonly MatchTerm[],
  sentences: number,
): Window | null {
  return heaviestBy(matches, weightsOf(terms), sentences);
}

/** The same by weights alone. */
export function heaviestBy(
  matches: readonly (readonly number[])[],
  weights: Weights,
  sentences: number,
): Window | null {
  const seen = new Seen(weights.length);
  let best: Window | null = null;
  let most = 0;
  for (let from = 0; from < matches.length; from++) {
    seen.forget();
    let weight = 0;
    const last = Math.min(matches.length - 1, from + sentences - 1);
    for (let to = from; to <= last; to++) {
      for (const term of matches[to] ?? []) if (seen.isNew(term)) weight += weights[term] ?? 0;
      if (weight <= most) continue;
      best = { from, to, weight };
      most = weight;
    }
  }
  return best;
}

/** Weight of the different terms in all given sentences together. */
export function coveredWeight(matches: readonly (readonly number[])[], weights: Weights): number {
  const seen = new Seen(weights.length);
  seen.forget();
  let weight = 0;
  for (const sentence of matches) {
    for (const term of sentence) if (seen.isNew(term)) weight += weights[term] ?? 0;
  }
  return weight;
}

/** Terms met since `forget` was called last. */
class Seen {
  readonly #metIn: Uint32Array;
  #round = 0;

  constructor(terms: number) {
    this.#metIn = new Uint32Array(terms);
  }

  forget(): void {
    this.#round++;
  }

  /** True the first time. */
  isNew(term: number): boolean {
    if (this.#metIn[term] === this.#round) return false;
    this.#metIn[term] = this.#round;
    return true;
  }
}
