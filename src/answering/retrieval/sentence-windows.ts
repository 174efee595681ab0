/** Run of sentences `from` … `to` (inclusive) with the weight of its distinct question terms. */
export interface SentenceWindow {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Weight of each term, by its index. */
export type TermWeights = readonly number[];

/**
 * Returns the heaviest run of at most `sentences` sentences; of equals the first and shortest. Null when nothing
 * matched.
 */
export function heaviestWindow(
  matches: readonly (readonly number[])[],
  weights: TermWeights,
  sentences: number,
): SentenceWindow | null {
  const seen = new TermMarker(weights.length);
  let best: SentenceWindow | null = null;
  let most = 0;
  for (let from = 0; from < matches.length; from++) {
    seen.reset();
    let weight = 0;
    const last = Math.min(matches.length - 1, from + sentences - 1);
    for (let to = from; to <= last; to++) {
      for (const term of matches[to] ?? []) if (seen.addIfNew(term)) weight += weights[term] ?? 0;
      if (weight <= most) continue;
      best = { from, to, weight };
      most = weight;
    }
  }
  return best;
}

/** Returns the weight of the distinct terms in all given sentences. */
export function coveredWeight(matches: readonly (readonly number[])[], weights: TermWeights): number {
  const seen = new TermMarker(weights.length);
  seen.reset();
  let weight = 0;
  for (const sentence of matches) {
    for (const term of sentence) if (seen.addIfNew(term)) weight += weights[term] ?? 0;
  }
  return weight;
}

/** Set of terms that is emptied in constant time. */
class TermMarker {
  readonly #metIn: Uint32Array;
  #round = 0;

  constructor(terms: number) {
    this.#metIn = new Uint32Array(terms);
  }

  reset(): void {
    this.#round++;
  }

  /** Returns true at the first call for a term since `reset`. */
  addIfNew(term: number): boolean {
    if (this.#metIn[term] === this.#round) return false;
    this.#metIn[term] = this.#round;
    return true;
  }
}
