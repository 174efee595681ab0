import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coveredWeight, heaviestWindow } from '../../../src/answering/retrieval/sentence-windows.js';

/** Tries every run of sentences; of equals the first and then the shortest is kept. */
function oracle(matches: number[][], weights: number[], sentences: number) {
  let best: { from: number; to: number; weight: number } | null = null;
  for (let from = 0; from < matches.length; from++) {
    for (let to = from; to < Math.min(matches.length, from + sentences); to++) {
      const terms = new Set(matches.slice(from, to + 1).flat());
      const weight = [...terms].reduce((sum, term) => sum + (weights[term] ?? 0), 0);
      if (weight > (best?.weight ?? 0)) best = { from, to, weight };
    }
  }
  return best;
}

describe('the heaviest run of sentences', () => {
  it('joins neighbours that hold different terms', () => {
    expect(heaviestWindow([[0], [], [0], [1], [2]], [1, 2, 4], 2)).toEqual({ from: 3, to: 4, weight: 6 });
    expect(heaviestWindow([[0], [], [0], [1], [2]], [1, 2, 4], 3)).toEqual({ from: 2, to: 4, weight: 7 });
  });

  it('counts a term once, however many of its sentences repeat it', () => {
    expect(heaviestWindow([[0], [0], [1]], [3, 4], 2)).toEqual({ from: 1, to: 2, weight: 7 });
    expect(heaviestWindow([[0], [0]], [3], 2)).toEqual({ from: 0, to: 0, weight: 3 });
  });

  it('begins first of equals, and of those is the shortest', () => {
    expect(heaviestWindow([[0], [], [0]], [5], 2)).toEqual({ from: 0, to: 0, weight: 5 });
    expect(heaviestWindow([[], [0], [0]], [5], 2)).toEqual({ from: 0, to: 1, weight: 5 });
  });

  it('does not exist where nothing matched, or only what weighs nothing', () => {
    expect(heaviestWindow([], [1], 2)).toBeNull();
    expect(heaviestWindow([[], []], [1], 2)).toBeNull();
    expect(heaviestWindow([[0]], [0], 2)).toBeNull();
  });

  it('is the one that trying every run finds', () => {
    const matches = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }), { maxLength: 8 });
    const weights = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(matches, weights, fc.integer({ min: 1, max: 4 }), (held, weighed, sentences) => {
        expect(heaviestWindow(held, weighed, sentences)).toEqual(oracle(held, weighed, sentences));
      }),
    );
  });
});

describe('the covered weight', () => {
  it('is that of the distinct terms of all sentences', () => {
    expect(coveredWeight([[0, 1], [1], [3]], [1, 2, 4, 8])).toBe(11);
    expect(coveredWeight([], [1])).toBe(0);
  });
});
