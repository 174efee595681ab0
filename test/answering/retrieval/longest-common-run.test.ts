import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LongestCommonRun } from '../../../src/answering/retrieval/longest-common-run.js';

function longestShared(a: string, b: string): number {
  return new LongestCommonRun(a).lengthIn(b);
}

function oracle(a: string, b: string): number {
  for (let length = Math.min(16, a.length, b.length); length > 0; length--) {
    for (let at = 0; at + length <= a.length; at++) if (b.includes(a.slice(at, at + length))) return length;
  }
  return 0;
}

describe('the longest run that two texts share', () => {
  it('is found wherever it stands, up to sixteen characters', () => {
    expect(longestShared('公示到哪天结束', '本次公示到3月15日')).toBe(3);
    expect(longestShared('一二三四五六七八九十甲乙丙丁戊己庚辛', '一二三四五六七八九十甲乙丙丁戊己庚辛')).toBe(16);
  });

  it('is the one that looking for every run finds', () => {
    const text = fc.string({ unit: fc.constantFrom('甲', '乙', '丙'), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(longestShared(a, b)).toBe(oracle(a, b));
      }),
    );
  });
});
