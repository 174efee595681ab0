/** Fits logistic regression with L2 regularisation on standardised values by plain gradient descent. */

export interface Example {
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

const ROUNDS = 1500;
const RATE = 0.7;
/** Strength of the L2 term beside the mean loss; between .003 and .03 the left-out sets do the same. */
const RIDGE = 0.0125;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export function fitLogistic(examples: readonly Example[]): Logistic {
  const size = examples[0]?.values.length ?? 0;
  const columns = Array.from({ length: size }, (_, f) => standardOf(examples.map(({ values }) => values[f] ?? 0)));
  const rows = examples.map(({ values }) =>
    Float64Array.from(values, (value, f) => (value - (columns[f]?.mean ?? 0)) / (columns[f]?.deviation ?? 1)),
  );
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const own = new Float64Array(size);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Float64Array(size);
    let biasSlope = 0;
    examples.forEach(({ isTrue, weight }, e) => {
      const row = rows[e] ?? own;
      let sum = bias;
      for (let f = 0; f < size; f++) sum += (own[f] ?? 0) * (row[f] ?? 0);
      const off = (((isTrue ? 1 : 0) - logistic(sum)) * weight) / total;
      biasSlope += off;
      for (let f = 0; f < size; f++) slope[f] = (slope[f] ?? 0) + off * (row[f] ?? 0);
    });
    bias += RATE * biasSlope;
    for (let f = 0; f < size; f++) own[f] = (own[f] ?? 0) + RATE * ((slope[f] ?? 0) - RIDGE * (own[f] ?? 0));
  }
  const weights = Array.from(own, (weight, f) => weight / (columns[f]?.deviation ?? 1));
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
