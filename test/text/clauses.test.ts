import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitClauses } from '../../src/text/clauses.js';

const clausesOf = (sentence: string): string[] =>
  splitClauses(sentence).map(({ start, end }) => sentence.slice(start, end));

describe('splitClauses', () => {
  it('cuts behind commas, colons and semicolons, and keeps closing marks with the clause before', () => {
    expect(clausesOf('他说:“可以,”随后离开;散会。')).toEqual(['他说:', '“可以,”', '随后离开;', '散会。']);
  });

  it('says what precedes each clause, and leaves the list mark of the sentence out', () => {
    expect(splitClauses('一、电话:1234, 传真').map(({ precededBy }) => precededBy)).toEqual([
      'mark',
      'colon',
      'clause',
    ]);
    expect(clausesOf('一、电话:1234, 传真')).toEqual(['电话:', '1234,', '传真']);
    expect(splitClauses('电话')).toEqual([{ start: 0, end: 2, precededBy: 'start' }]);
  });

  it('does not cut inside brackets, numbers, times and addresses', () => {
    const whole = '金额(含税,不含运费)1,200元至9:30在http://a.cn/公布';
    expect(clausesOf(whole)).toEqual([whole]);
  });

  it('cuts behind a bracket that never closes', () => {
    expect(clausesOf('甲(乙,丙')).toEqual(['甲(乙,', '丙']);
  });

  it('loses nothing but blanks and the list mark, keeps the order and never overlaps, whatever the text', () => {
    const character = fc.constantFrom(...'公示，,。；：:“”（）() \n1一、.是a'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 60 }), (sentence) => {
        const clauses = splitClauses(sentence);
        const bare = (text: string): string => text.replace(/\s/g, '');
        expect(bare(sentence).endsWith(bare(clausesOf(sentence).join('')))).toBe(true);
        clauses.forEach(({ start, end }, i) => {
          expect(start).toBeLessThan(end);
          expect(start).toBeGreaterThanOrEqual(clauses[i - 1]?.end ?? 0);
        });
      }),
    );
  });
});
