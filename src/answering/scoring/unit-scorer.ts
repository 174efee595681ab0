import { z } from 'zod';
import type { UnitCandidate } from '../candidates/unit-candidates.js';
import { UNIT_FEATURES } from './unit-features.js';

const vector = z.array(z.number());
const layer = z.object({ weights: z.array(vector).min(1), bias: vector });
const network = z.array(layer).min(1).max(4);

/** Schema of `data/scorer.json`. */
export const scorerSchema = z
  .object({
    about: z.string(),
    features: z.array(z.string()),
    mean: vector,
    spread: vector,
    unit: network,
    none: network,
    calibration: z.object({ slope: z.number().positive(), bias: z.number() }),
  })
  .refine(({ features }) => features.join() === UNIT_FEATURES.join(), { error: 'features' })
  .refine(({ mean, spread }) => mean.length === UNIT_FEATURES.length && spread.length === mean.length, {
    error: 'mean',
  })
  .refine(({ unit }) => isNetwork(unit, UNIT_FEATURES.length), { error: 'unit' })
  .refine(({ none }) => isNetwork(none, 2 * UNIT_FEATURES.length), { error: 'none' })
  .transform((data) => new UnitScorer(data));

/** Returns whether each layer takes what the one before gives, and the last gives one score. */
function isNetwork(layers: z.infer<typeof network>, inputs: number): boolean {
  let width = inputs;
  for (const { weights, bias } of layers) {
    if (weights.length !== bias.length || weights.some((row) => row.length !== width)) return false;
    width = bias.length;
  }
  return width === 1;
}

/** Fully connected layer; `weights` is stored row by row. */
interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly inputs: number;
}

interface ScorerData {
  readonly mean: readonly number[];
  readonly spread: readonly number[];
  readonly unit: z.infer<typeof network>;
  readonly none: z.infer<typeof network>;
  readonly calibration: { readonly slope: number; readonly bias: number };
}

/** Smallest and largest scaled value given to the null network, as in training. */
const CLAMP = 9;

/**
 * The trained scorer: one score for each candidate and one for `none`, and a probability for each by the softmax over
 * all of them.
 */
export class UnitScorer {
  readonly #mean: Float32Array;
  readonly #spread: Float32Array;
  readonly #unit: readonly Layer[];
  readonly #none: readonly Layer[];
  readonly #calibration: ScorerData['calibration'];

  constructor({ mean, spread, unit, none, calibration }: ScorerData) {
    this.#mean = Float32Array.from(mean);
    this.#spread = Float32Array.from(spread);
    this.#unit = unit.map(toLayer);
    this.#none = none.map(toLayer);
    this.#calibration = calibration;
  }

  /**
   * Returns the probability of each feature vector to be the answer; they and that of `none` sum to 1. `prior` (log
   * odds) is added to every candidate: evidence from outside the question that these notices are meant.
   */
  probabilities(vectors: readonly Float32Array[], prior = 0): number[] {
    if (vectors.length === 0) return [];
    const scaled = vectors.map((values) =>
      values.map((value, i) => (value - (this.#mean[i] ?? 0)) / (this.#spread[i] ?? 1)),
    );
    const scores = scaled.map((values) => (run(this.#unit, values)[0] ?? 0) + prior);
    const best = scores.indexOf(Math.max(...scores));
    const most = (scaled[0] ?? new Float32Array()).map((_, i) =>
      Math.min(CLAMP, Math.max(-CLAMP, ...scaled.map((values) => values[i] ?? 0))),
    );
    const none = run(this.#none, Float32Array.from([...(scaled[best] ?? []), ...most]))[0] ?? 0;
    const highest = Math.max(none, ...scores);
    const weights = scores.map((score) => Math.exp(score - highest));
    const total = weights.reduce((sum, weight) => sum + weight, Math.exp(none - highest));
    return weights.map((weight) => weight / total);
  }

  /** Returns the calibrated probability (0 … 1) that an answer with this softmax probability is right. */
  calibrate(probability: number): number {
    const p = Math.min(1 - 1e-4, Math.max(1e-4, probability));
    const { slope, bias } = this.#calibration;
    return 1 / (1 + Math.exp(-(slope * Math.log(p / (1 - p)) + bias)));
  }
}

function toLayer({ weights, bias }: z.infer<typeof layer>): Layer {
  return { weights: Float32Array.from(weights.flat()), bias: Float32Array.from(bias), inputs: weights[0]?.length ?? 0 };
}

/** Runs a network with rectified units between its layers. */
function run(layers: readonly Layer[], input: Float32Array): Float32Array {
  return layers.reduce((values, { weights, bias, inputs }, depth) => {
    const output = new Float32Array(bias.length);
    for (let row = 0; row < bias.length; row++) {
      let sum = bias[row] ?? 0;
      const start = row * inputs;
      for (let i = 0; i < inputs; i++) sum += (weights[start + i] ?? 0) * (values[i] ?? 0);
      output[row] = depth < layers.length - 1 ? Math.max(0, sum) : sum;
    }
    return output;
  }, input);
}

/** A place of the notices that may answer: the best unit there, and the probability of all units that overlap with it. */
export interface AnswerRegion {
  readonly best: UnitCandidate;
  readonly probability: number;
}

/** Groups candidates that say the same: a sentence, and the segment and the list around it. Likeliest region first. */
export function findRegions(candidates: readonly UnitCandidate[], probabilities: readonly number[]): AnswerRegion[] {
  const order = [...candidates.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  const taken = new Set<number>();
  const regions: AnswerRegion[] = [];
  for (const i of order) {
    const best = candidates[i];
    if (taken.has(i) || best === undefined) continue;
    const alike = [...candidates.keys()].filter((j) => !taken.has(j) && (j === i || overlaps(best, candidates[j])));
    regions.push({ best, probability: alike.reduce((sum, j) => sum + (probabilities[j] ?? 0), 0) });
    for (const j of alike) taken.add(j);
  }
  return regions;
}

function overlaps(one: UnitCandidate, other: UnitCandidate | undefined): boolean {
  if (other?.notice !== one.notice) return false;
  return one.unit.from <= other.unit.to && other.unit.from <= one.unit.to;
}
