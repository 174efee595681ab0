export interface AdamOptions {
  readonly rounds: number;
  readonly rate: number;
  /** Strength of the L2 regularisation. */
  readonly ridge: number;
}

/** The usual decay rates of Adam's moment estimates. */
const [DECAY, DECAY_SQUARE] = [0.9, 0.999];

/** Maximises an objective by its gradient with full-batch Adam (Kingma & Ba 2015), step shrinking. Deterministic. */
export function maximise(
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
