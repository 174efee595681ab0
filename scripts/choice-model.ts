/** One question as a choice among candidates, of which one is right. */
export interface Choice {
  /** Feature values of each candidate. */
  readonly candidates: readonly (readonly number[])[];
  readonly right: number;
}

const ROUNDS = 300;
const RATE = 0.3;
/** Adam's (Kingma & Ba 2015) usual decay rates. */
const [DECAY, DECAY_SQUARE] = [0.9, 0.999];

/**
 * Weights of a conditional logit (McFadden 1974; in ranking, ListNet's top-one
 * loss): the right candidate's probability is the softmax of weighted features.
 * Full-batch Adam with a shrinking step from zero weights, so the outcome is
 * the same every time; `ridge` draws weights to zero.
 */
export function fitChoices(choices: readonly Choice[], features: number, ridge: number): number[] {
  const weights = new Float64Array(features);
  const mean = new Float64Array(features);
  const square = new Float64Array(features);
  for (let round = 1; round <= ROUNDS; round++) {
    const slope = slopeAt(choices, weights, features);
    const rate = RATE * (1 - (0.95 * round) / ROUNDS);
    for (let f = 0; f < features; f++) {
      const s = (slope[f] ?? 0) - ridge * (weights[f] ?? 0);
      mean[f] = DECAY * (mean[f] ?? 0) + (1 - DECAY) * s;
      square[f] = DECAY_SQUARE * (square[f] ?? 0) + (1 - DECAY_SQUARE) * s * s;
      const step = (mean[f] ?? 0) / (1 - DECAY ** round);
      weights[f] =
        (weights[f] ?? 0) + (rate * step) / (Math.sqrt((square[f] ?? 0) / (1 - DECAY_SQUARE ** round)) + 1e-8);
    }
  }
  return [...weights];
}

/** Mean gradient of the log-likelihood. */
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
