/**
 * Fitting of the linear models whose weights lie in data/: a conditional logit for the ranking, expected reward for the
 * selection of a passage, logistic regression for the confidence. All deterministic.
 */

/** Rounds a weight, or a figure that is reported beside the weights. */
export function roundFigure(n: number): number {
  return Number(n.toFixed(3));
}

interface AdamOptions {
  readonly rounds: number;
  readonly rate: number;
  /** Strength of the L2 regularisation. */
  readonly ridge: number;
}

/** The usual decay rates of Adam's moment estimates. */
const [DECAY, DECAY_SQUARE] = [0.9, 0.999];

/** Maximises an objective by its gradient with full-batch Adam (Kingma & Ba 2015), step shrinking. Deterministic. */
function maximise(
  slopeAt: (weights: Float64Array) => Float64Array,
  from: Float64Array,
  { rounds, rate, ridge }: AdamOptions,
): Float64Array {
  const weights = from.slice();
  const mean = new Float64Array(from.length);
  const square = new Float64Array(from.length);
  for (let round = 1; round <= rounds; round++) {
    const slope = slopeAt(weights);
    const step = rate * (1 - (0.95 * round) / rounds);
    for (let f = 0; f < weights.length; f++) {
      const s = (slope[f] ?? 0) - ridge * (weights[f] ?? 0);
      mean[f] = DECAY * (mean[f] ?? 0) + (1 - DECAY) * s;
      square[f] = DECAY_SQUARE * (square[f] ?? 0) + (1 - DECAY_SQUARE) * s * s;
      const size = Math.sqrt((square[f] ?? 0) / (1 - DECAY_SQUARE ** round)) + 1e-8;
      weights[f] = (weights[f] ?? 0) + (step * (mean[f] ?? 0)) / (1 - DECAY ** round) / size;
    }
  }
  return weights;
}

function softmax(scores: Float64Array): Float64Array {
  const highest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const odds = scores.map((score) => Math.exp(score - highest));
  const all = odds.reduce((sum, o) => sum + o, 0);
  return odds.map((o) => o / all);
}

/** One question as a choice among candidates, one of which is right. */
export interface Choice {
  /** Feature values of each candidate. */
  readonly candidates: readonly (readonly number[])[];
  readonly right: number;
}

const CHOICE_ASCENT = { rounds: 300, rate: 0.3 };

/**
 * Fits the weights of a conditional logit (McFadden 1974; in ranking, ListNet's top-one loss): the right candidate's
 * probability is the softmax of weighted features. `ridge` is the strength of the L2 regularisation.
 */
export function fitChoices(choices: readonly Choice[], features: number, ridge: number): number[] {
  const slope = (weights: Float64Array): Float64Array => slopeAt(choices, weights, features);
  return [...maximise(slope, new Float64Array(features), { ...CHOICE_ASCENT, ridge })];
}

/** Returns the mean gradient of the log-likelihood. */
function slopeAt(choices: readonly Choice[], weights: Float64Array, features: number): Float64Array {
  const slope = new Float64Array(features);
  for (const { candidates, right } of choices) {
    const chances = softmax(Float64Array.from(candidates, (values) => scoreOf(values, weights)));
    candidates.forEach((values, c) => {
      const off = (c === right ? 1 : 0) - (chances[c] ?? 0);
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

/** Candidates of one question: the reward of each, and their concatenated feature values. */
export interface RewardedCandidates {
  readonly rewards: Float32Array;
  readonly values: Float32Array;
}

/** Temperature of the rewards in the first fit: one this far below the best weighs a third of it. */
const SOFTNESS = 0.1;
const LIKELIHOOD_ASCENT = { rounds: 100, rate: 0.15, ridge: 0.001 };
const REWARD_ASCENT = { rounds: 300, rate: 0.15, ridge: 0.0003 };
/** Factor that brings the gradient of the rewards to the size of that of the log-likelihoods. */
const REWARD_SCALE = 4;

/**
 * Fits weights whose softmax over the candidates has the largest expected reward, starting from a likelihood fit to the
 * best candidates.
 */
export function fitRewards(of: readonly RewardedCandidates[], features: number): number[] {
  const open = of.filter(({ rewards }) => rewards.length > 0);
  const targets = open.map(({ rewards }) => softmax(Float64Array.from(rewards, (reward) => reward / SOFTNESS)));
  const slope = (pull: (question: number, chances: Float64Array) => Float64Array) => (weights: Float64Array) => {
    const sum = new Float64Array(features);
    open.forEach((candidates, q) => {
      const off = pull(q, softmax(scoresOf(candidates, weights)));
      off.forEach((o, c) => {
        if (o === 0) return;
        for (let f = 0; f < features; f++) {
          sum[f] = (sum[f] ?? 0) + (o * (candidates.values[c * features + f] ?? 0)) / open.length;
        }
      });
    });
    return sum;
  };
  const likelihood = slope((q, chances) => chances.map((chance, c) => (targets[q]?.[c] ?? 0) - chance));
  const reward = slope((q, chances) => {
    const rewards = open[q]?.rewards ?? new Float32Array();
    const expected = chances.reduce((sum, chance, c) => sum + chance * (rewards[c] ?? 0), 0);
    return chances.map((chance, c) => REWARD_SCALE * chance * ((rewards[c] ?? 0) - expected));
  });
  return [...maximise(reward, maximise(likelihood, new Float64Array(features), LIKELIHOOD_ASCENT), REWARD_ASCENT)];
}

/** Returns the reward of the candidate with the highest score; 0 without candidates. */
export function rewardOfBest(candidates: RewardedCandidates, weights: readonly number[]): number {
  const scores = scoresOf(candidates, Float64Array.from(weights));
  const at = scores.reduce((top, score, c) => (score > (scores[top] ?? -Infinity) ? c : top), 0);
  return candidates.rewards[at] ?? 0;
}

function scoresOf({ rewards, values }: RewardedCandidates, weights: Float64Array): Float64Array {
  const features = weights.length;
  const scores = new Float64Array(rewards.length);
  for (let c = 0; c < rewards.length; c++) {
    let score = 0;
    for (let f = 0; f < features; f++) score += (values[c * features + f] ?? 0) * (weights[f] ?? 0);
    scores[c] = score;
  }
  return scores;
}

interface Example {
  readonly values: readonly number[];
  readonly isTrue: boolean;
  readonly weight: number;
}

export interface Logistic {
  readonly bias: number;
  /** For raw values, not standardised ones. */
  readonly weights: readonly number[];
  probability(values: readonly number[]): number;
}

const LOGISTIC_ROUNDS = 1500;
const LOGISTIC_RATE = 0.7;
/** Strength of the L2 term beside the mean loss; between .003 and .03 the left-out sets do the same. */
const LOGISTIC_RIDGE = 0.0125;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Fits logistic regression with L2 regularisation on standardised values by plain gradient descent. */
export function fitLogistic(examples: readonly Example[]): Logistic {
  const size = examples[0]?.values.length ?? 0;
  const columns = Array.from({ length: size }, (_, f) => standardOf(examples.map(({ values }) => values[f] ?? 0)));
  const rows = examples.map(({ values }) =>
    Float64Array.from(values, (value, f) => (value - (columns[f]?.mean ?? 0)) / (columns[f]?.deviation ?? 1)),
  );
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const standard = new Float64Array(size);
  let bias = 0;
  for (let round = 0; round < LOGISTIC_ROUNDS; round++) {
    const slope = new Float64Array(size);
    let biasSlope = 0;
    examples.forEach(({ isTrue, weight }, e) => {
      const row = rows[e] ?? standard;
      let sum = bias;
      for (let f = 0; f < size; f++) sum += (standard[f] ?? 0) * (row[f] ?? 0);
      const off = (((isTrue ? 1 : 0) - logistic(sum)) * weight) / total;
      biasSlope += off;
      for (let f = 0; f < size; f++) slope[f] = (slope[f] ?? 0) + off * (row[f] ?? 0);
    });
    bias += LOGISTIC_RATE * biasSlope;
    for (let f = 0; f < size; f++)
      standard[f] = (standard[f] ?? 0) + LOGISTIC_RATE * ((slope[f] ?? 0) - LOGISTIC_RIDGE * (standard[f] ?? 0));
  }
  const weights = Array.from(standard, (weight, f) => weight / (columns[f]?.deviation ?? 1));
  const plainBias = weights.reduce((sum, weight, f) => sum - weight * (columns[f]?.mean ?? 0), bias);
  return {
    bias: plainBias,
    weights,
    probability: (values) => logistic(weights.reduce((sum, weight, f) => sum + weight * (values[f] ?? 0), plainBias)),
  };
}

function standardOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  return { mean, deviation: variance === 0 ? 1 : Math.sqrt(variance) };
}
