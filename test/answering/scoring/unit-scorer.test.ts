import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlignedNotice, UnitCandidate } from '../../../src/answering/candidates/unit-candidates.js';
import { UNIT_FEATURES } from '../../../src/answering/scoring/unit-features.js';
import { findRegions, scorerSchema, UnitScorer } from '../../../src/answering/scoring/unit-scorer.js';

/** Two features; two hidden units for the score, and one layer for `none`. */
const SMALL = {
  mean: [1, 0],
  spread: [2, 1],
  unit: [
    {
      weights: [
        [1, 0],
        [0, -1],
      ],
      bias: [0, 0.5],
    },
    { weights: [[1, 2]], bias: [0.25] },
  ],
  none: [{ weights: [[0.5, 0, 1, 1]], bias: [-1] }],
  calibration: { slope: 2, bias: -1 },
};
const scorer = new UnitScorer(SMALL);
const vectors = (...rows: number[][]): Float32Array[] => rows.map((row) => Float32Array.from(row));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the scorer', () => {
  it('gives each candidate its share of the softmax over all of them and none', () => {
    // Scaled [1, 0] and [0, 2]: hidden [1, 0.5] and [0, 0]. None reads the best, [1, 0], and the highest of each, [1, 2].
    const [one, other, none] = [Math.exp(1 + 2 * 0.5 + 0.25), Math.exp(0.25), Math.exp(0.5 + 1 + 2 - 1)];
    const [p, q] = scorer.probabilities(vectors([3, 0], [1, 2]));
    expect(p).toBeCloseTo(one / (one + other + none), 6);
    expect(q).toBeCloseTo(other / (one + other + none), 6);
  });

  it('reads no feature above 9 for none, nor below -9', () => {
    const odds = (of: number[], prior = 0): number => {
      const p = sum(scorer.probabilities(vectors(of), prior));
      return Math.log(p / (1 - p)) - prior;
    };
    expect(odds([25, 0])).toBeCloseTo(12 + 1 + 0.25 - (0.5 * 12 + 9 - 1), 4);
    expect(odds([1, -12], -35)).toBeCloseTo(2 * 12.5 + 0.25 - (-9 - 1), 4);
  });

  it('leaves some of the mass to none, takes it from there by the prior, and keeps the order', () => {
    const value = fc.double({ min: -5, max: 5, noNaN: true });
    const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, (of) => {
        const plain = scorer.probabilities(vectors(...of));
        expect(sum(plain)).toBeLessThan(1);
        const told = scorer.probabilities(vectors(...of), 2);
        const none = 1 - sum(plain);
        expect(1 - sum(told)).toBeCloseTo(none / (none + sum(plain) * Math.exp(2)), 6);
        told.forEach((p, i) => {
          expect(p / sum(told)).toBeCloseTo((plain[i] ?? NaN) / sum(plain), 6);
        });
      }),
    );
    expect(scorer.probabilities([])).toEqual([]);
  });

  it('overflows at no score', () => {
    expect(scorer.probabilities(vectors([4000, 0], [1, 0]))).toEqual([1, 0]);
  });

  it('calibrates log odds by slope and bias, never down while the probability goes up', () => {
    expect(scorer.calibrate(0.5)).toBeCloseTo(1 / (1 + Math.E), 10);
    expect(scorer.calibrate(0.8)).toBeCloseTo(1 / (1 + Math.exp(1 - 2 * Math.log(4))), 10);
    const steps = Array.from({ length: 101 }, (_, n) => scorer.calibrate(n / 100));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps).size).toBe(101);
    expect(steps[0]).toBeGreaterThan(0);
    expect(steps[100]).toBeLessThan(1);
  });
});

describe('the file of the scorer', () => {
  const zeros = UNIT_FEATURES.map(() => 0);
  /** A network that reads the first feature only. */
  const data = {
    ...SMALL,
    about: 'A test.',
    features: UNIT_FEATURES,
    mean: zeros,
    spread: zeros.map(() => 1),
    unit: [{ weights: [zeros.map((_, i) => (i === 0 ? 1 : 0))], bias: [0] }],
    none: [{ weights: [[...zeros, ...zeros]], bias: [0] }],
  };

  it('makes a scorer where it was trained on the features of the program', () => {
    const [likely = 0] = scorerSchema
      .parse(data)
      .probabilities([Float32Array.from(zeros.map((_, i) => (i === 0 ? 3 : 0)))]);
    expect(likely).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
  });

  it.each([
    ['a feature that the program does not compute', { features: ['taste', ...UNIT_FEATURES.slice(1)] }],
    ['fewer features', { features: UNIT_FEATURES.slice(1) }],
    ['features in another order', { features: UNIT_FEATURES.toReversed() }],
    ['no network', { unit: [] }],
    ['a mean of another length', { mean: [0] }],
    ['a layer of another width', { unit: [{ weights: [[1]], bias: [0] }] }],
    ['a network for none of another width', { none: [{ weights: [zeros], bias: [0] }] }],
    ['a calibration that falls', { calibration: { slope: -1, bias: 0 } }],
  ])('is refused with %s', (_, part) => {
    expect(scorerSchema.safeParse({ ...data, ...part }).success).toBe(false);
  });
});

describe('the regions of candidates', () => {
  const [notice, other] = [{ rank: 0 } as AlignedNotice, { rank: 1 } as AlignedNotice];
  const unit = (from: number, to: number, of = notice) => ({ notice: of, unit: { from, to } }) as UnitCandidate;
  const title = unit(0, -1);
  /** Regions as the place of their best candidate, with the probability. */
  const regions = (candidates: UnitCandidate[], probabilities: number[]): [number, number][] =>
    findRegions(candidates, probabilities).map(({ best, probability }) => [
      candidates.indexOf(best),
      Number(probability.toFixed(3)),
    ]);

  it('join a sentence with the segment and the list around it, the likeliest region first', () => {
    const candidates = [unit(5, 5), unit(1, 1), unit(1, 2), unit(0, 3)];
    expect(regions(candidates, [0.3, 0.1, 0.25, 0.05])).toEqual([
      [0, 0.3],
      [2, 0.4],
    ]);
  });

  it('keep neighbours, and the same place of another notice, apart', () => {
    expect(regions([unit(1, 1), unit(2, 2), unit(1, 1, other)], [0.2, 0.3, 0.1])).toEqual([
      [1, 0.3],
      [0, 0.2],
      [2, 0.1],
    ]);
  });

  it('keep a title alone', () => {
    expect(regions([unit(0, 0), title, unit(0, 4)], [0.2, 0.5, 0.1])).toEqual([
      [1, 0.5],
      [0, 0.3],
    ]);
  });

  it('are none without candidates', () => {
    expect(findRegions([], [])).toEqual([]);
  });
});
