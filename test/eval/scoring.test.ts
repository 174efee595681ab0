import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.js';
import {
  normaliseForComparison,
  longestCommonSubsequence,
  coversGold,
  findFaults,
  judgeAnswer,
  rankOf,
  rougeL,
  type Expectation,
} from '../../src/eval/scoring.js';
import { toAnswerLine } from '../../src/render/answer-line.js';
import { candidate, choices, found, refused } from './stub.js';

const line = (answer: Answer) => toAnswerLine('问', answer, 0);
const verdict = (expected: Expectation, answer: Answer) => judgeAnswer(expected, answer, line(answer));
const expecting = (more: Partial<Expectation['expect']>, source: string | null = null): Expectation => ({
  expect: { all: [], any: [], none: [], ...more },
  source,
  refuse: false,
});
const mustRefuse: Expectation = { ...expecting({}), refuse: true };

describe('the verdict on one answer', () => {
  it('is right when a question that must be refused is refused, and said wrongly when it is answered', () => {
    expect(verdict(mustRefuse, refused)).toBe('right');
    expect(verdict(mustRefuse, found('5月10日'))).toBe('said wrongly');
    expect(verdict(mustRefuse, choices)).toBe('said wrongly');
  });

  it('is refused wrongly when an answerable question is refused, whatever the refusal shows', () => {
    expect(verdict(expecting({ any: [['没有找到']] }), refused)).toBe('refused wrongly');
  });

  it('wants all of all, one of each of any, and none of none', () => {
    const answer = found('5月10日');
    expect(verdict(expecting({ all: ['5月10日', '泳池'] }), answer)).toBe('right');
    expect(verdict(expecting({ all: ['5月10日', '6月1日'] }), answer)).toBe('said wrongly');
    expect(verdict(expecting({ any: [['05-10', '5月10日'], ['换水']] }), answer)).toBe('right');
    expect(verdict(expecting({ any: [['5月10日'], ['05-10', '6月1日']] }), answer)).toBe('said wrongly');
    expect(verdict(expecting({ all: ['5月10日'], none: ['泳池'] }), answer)).toBe('said wrongly');
  });

  it('looks at the shown text in its bare form: width and white space do not count', () => {
    expect(verdict(expecting({ all: ['5 月１０日'] }), found('５月 10\n日'))).toBe('right');
  });

  it('takes the right notice as the answer’s or among the first three candidates', () => {
    const many = ['a', 'b', 'c', 'read'].map(candidate);
    const of = (source: string, candidates = many) => verdict(expecting({}, source), found('x', { candidates }));
    expect(of('泳池换水')).toBe('right');
    expect(of('读书会')).toBe('said wrongly');
    expect(of('读书会', many.slice(1))).toBe('right');
    expect(verdict(expecting({}, '读书会'), choices)).toBe('right');
  });

  it('says what was missing, forbidden, or of another notice', () => {
    const expected = expecting({ all: ['6月1日'], any: [['一', '二']], none: ['泳池'] }, '大会');
    expect(findFaults(expected, line(found('5月10日', { quote: '' })))).toEqual([
      { kind: 'missing', texts: ['6月1日'] },
      { kind: 'missing', texts: ['一', '二'] },
      { kind: 'forbidden', texts: ['泳池'] },
      { kind: 'other notice', texts: ['大会'] },
    ]);
  });

  it('ranks the right notice from 1, or not at all', () => {
    expect(rankOf('read', line(found('x')))).toBe(2);
    expect(rankOf('gone', line(found('x')))).toBeNull();
  });
});

/** The longest common subsequence by trying: exponential, obvious. */
function naive(a: string, b: string): number {
  const [x, y] = [a.slice(1), b.slice(1)];
  if (a === '' || b === '') return 0;
  return a.startsWith(b.charAt(0)) ? 1 + naive(x, y) : Math.max(naive(x, b), naive(a, y));
}

const chars = fc.string({ unit: fc.constantFrom('公', '示', '期', '3', 'a', ' '), maxLength: 60 });

describe('ROUGE-L', () => {
  it('agrees with values worked out by hand', () => {
    // Common 3 of gold 4 and answer 6: R .75, P .5; 2.44·.375 / (.75 + 1.44·.5)
    expect(rougeL('甲乙丙丁', '甲子乙丑丙寅')).toBeCloseTo(0.915 / 1.47, 10);
    // Common 2 of gold 2 and answer 4: R 1, P .5; 2.44·.5 / (1 + .72)
    expect(rougeL('甲乙', '甲乙丙丁')).toBeCloseTo(1.22 / 1.72, 10);
    // Common 2 of gold 4 and answer 2: R .5, P 1; 2.44·.5 / (.5 + 1.44)
    expect(rougeL('甲乙丙丁', '甲乙')).toBeCloseTo(1.22 / 1.94, 10);
    expect(rougeL('甲乙', '丙丁')).toBe(0);
    expect(rougeL('甲乙', '')).toBe(0);
    expect(rougeL(' ', ' ')).toBe(0);
  });

  it('lies between 0 and 1, and is 1 for the same text however it is spaced', () => {
    fc.assert(
      fc.property(chars, chars, (a, b) => {
        const score = rougeL(a, b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-12);
        if (normaliseForComparison(a) !== '') expect(rougeL(a, `  ${a}\n`)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('counts the common subsequence as the naive way does, in either order', () => {
    const short = fc.string({ unit: fc.constantFrom('公', '示', '期', '3'), maxLength: 9 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(longestCommonSubsequence(a, b)).toBe(naive(a, b));
        expect(longestCommonSubsequence(b, a)).toBe(longestCommonSubsequence(a, b));
      }),
    );
  });
});

describe('covering the gold', () => {
  it('wants four fifths of it in answer and quote together', () => {
    expect(coversGold('甲乙丙丁戊', { answer: '甲乙', quote: '丙丁' })).toBe(true);
    expect(coversGold('甲乙丙丁戊', { answer: '甲乙', quote: '丙' })).toBe(false);
    expect(coversGold(' ', { answer: '甲', quote: '' })).toBe(false);
  });

  it('counts only the first 400 characters shown', () => {
    const padding = '。'.repeat(395);
    expect(coversGold('甲乙丙', { answer: padding, quote: '甲乙丙' })).toBe(true);
    expect(coversGold('甲乙丙', { answer: `${padding}。。`, quote: '甲乙丙' })).toBe(false);
  });
});
