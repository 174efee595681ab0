import type { MatchTerm } from './passage-matcher.js';

/** A run of sentences `from` … `to` (inclusive) with the weight of the different question terms in it. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** The heaviest run of at most `sentences` sentences; of equals the first and shortest. Null when nothing matched. */
export function heaviestWindow(
  matches: readonly (readonly number[])[],
  terms: readonly MatchTerm[],
  sentences: number,
): Window | null {
  const seenIn = new Int32Array(terms.length).fill(-1);
  let best: Window | null = null;
  for (let from = 0; from < matches.length; from++) {
    let weight = 0;
    const last = Math.min(matches.length - 1, from + sentences - 1);
    for (let to = from; to <= last; to++) {
      for (const term of matches[to] ?? []) {
        if (seenIn[term] === from) continue;
        seenIn[term] = from;
        weight += terms[term]?.weight ?? 0;
      }
      if (weight > (best?.weight ?? 0)) best = { from, to, weight };
    }
  }
  return best;
}

/** Weight of the different terms in all given sentences together. */
export function coveredWeight(matches: readonly (readonly number[])[], terms: readonly MatchTerm[]): number {
  const seen = new Set<number>();
  for (const sentence of matches) for (const term of sentence) seen.add(term);
  let weight = 0;
  for (const term of seen) weight += terms[term]?.weight ?? 0;
  return weight;
}
