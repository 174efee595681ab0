import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumeral, SMALL_NUMERAL, YEAR_NUMERAL } from '../../src/text/numerals.js';

describe('numerals', () => {
  it.each([
    ['三百二十一', 321],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['两', 2],
    ['一百零五', 105],
    ['三千', 3000],
    ['两万五千', 25_000],
    ['一亿', 100_000_000],
    ['半', 0.5],
    ['2.85万', 28_500],
    ['3千', 3000],
    ['1,200', 1200],
    ['两三', null],
    ['几十', null],
    ['二〇二四', null],
    ['', null],
    ['万', null],
    ['十十', null],
    ['三千千', null],
    ['十两', null],
  ])('reads %s as %s', (text, value) => {
    expect(parseNumeral(text)).toBe(value);
  });

  it.each([
    ['二〇二四', 2024],
    ['二零二四', 2024],
    ['二○○九', 2009],
    ['二O一九', 2019],
    ['二〇24', 2024],
    ['2024', 2024],
    ['二〇二', null],
    ['二十二四', null],
  ])('reads the year %s digit by digit as %s', (text, value) => {
    expect(parseNumeral(text, { isYear: true })).toBe(value);
  });

  it('matches what SMALL_NUMERAL and YEAR_NUMERAL are to match, whole', () => {
    const small = new RegExp(`^${SMALL_NUMERAL}$`);
    expect(['3', '31', '三', '十二', '三十一', '两'].filter((text) => !small.test(text))).toEqual([]);
    expect(['310', '一百', '〇', ''].filter((text) => small.test(text))).toEqual([]);
    const year = new RegExp(`^${YEAR_NUMERAL}$`);
    expect(['2024', '1998', '二〇二四', '二○○九', '一九九八'].filter((text) => !year.test(text))).toEqual([]);
    expect(['2124', '二十四', '三〇二四', '二〇二'].filter((text) => year.test(text))).toEqual([]);
  });

  it('reads back what a plain writer of Chinese numerals writes', () => {
    const digits = '零一二三四五六七八九';
    const write = (n: number): string => {
      let text = '';
      let zero = false;
      for (const [power, name] of [
        [1000, '千'],
        [100, '百'],
        [10, '十'],
        [1, ''],
      ] as const) {
        const digit = Math.floor(n / power) % 10;
        if (digit === 0) zero = text !== '';
        else {
          text += (zero ? '零' : '') + digits.charAt(digit) + name;
          zero = false;
        }
      }
      return text;
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (n) => {
        expect(parseNumeral(write(n))).toBe(n);
      }),
    );
  });
});
