import { maximise } from './ascend.js';

/** Candidates of one question: the reward of each, and their concatenated feature values. */
export interface RewardedCandidates {
  readonly rewards: Float32Array;
  readonly values: Float32Array;
}

/** Temperature of the rewards in the first fit: one this far below the best weighs a third of it. */
const SOFTNESS = 0.1;
const CHOICE = { rounds: 100, rate: 0.15, ridge: 0.001 };
const REWARD = { rounds: 300, rate: 0.15, ridge: 0.0003 };
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
  return [...maximise(reward, maximise(likelihood, new Float64Array(features), CHOICE), REWARD)];
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

function softmax(scores: Float64Array): Float64Array {
  const highest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const odds = scores.map((score) => Math.exp(score - highest));
  const all = odds.reduce((sum, o) => sum + o, 0);
  return odds.map((o) => o / all);
}
