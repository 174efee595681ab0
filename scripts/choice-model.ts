import { maximise } from './ascend.js';

/** One question as a choice among candidates, one of which is right. */
export interface Choice {
  /** Feature values of each candidate. */
  readonly candidates: readonly (readonly number[])[];
  readonly right: number;
}

const ASCENT = { rounds: 300, rate: 0.3 };

/**
 * Fits the weights of a conditional logit (McFadden 1974; in ranking, ListNet's top-one loss): the right candidate's
 * probability is the softmax of weighted features. `ridge` is the strength of the L2 regularisation.
 */
export function fitChoices(choices: readonly Choice[], features: number, ridge: number): number[] {
  const slope = (weights: Float64Array): Float64Array => slopeAt(choices, weights, features);
  return [...maximise(slope, new Float64Array(features), { ...ASCENT, ridge })];
}

/** Returns the mean gradient of the log-likelihood. */
function slopeAt(choices: readonly Choice[], weights: Float64Array, features: number): Float64Array {
  const slope = new Float64Array(features);
  for (const { candidates, right } of choices) {
    const scores = candidates.map((values) => scoreOf(values, weights));
    const highest = Math.max(...scores);
    const odds = scores.map((score) => Math.exp(score - highest));
    const all = odds.reduce((sum, o) => sum + o, 0);
    candidates.forEach((values, c) => {
      const off = (c === right ? 1 : 0) - (odds[c] ?? 0) / all;
      for (let f = 0; f < features; f++) slope[f] = (slope[f] ?? 0) + (off * (values[f] ?? 0)) / choices.length;
    });
  }
  return slope;
}

export function scoreOf(values: readonly number[], weights: ArrayLike<number>): number {
  let score = 0;
  for (let f = 0; f < values.length; f++) score += (values[f] ?? 0) * (weights[f] ?? 0);
  return score;
}
