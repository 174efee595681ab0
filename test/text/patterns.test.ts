import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternation, escapeRegExp } from '../../src/text/patterns.js';

const words = fc.array(
  fc.string({ unit: fc.constantFrom(...Array.from('甲乙a-.*+?^$()[]{}|\\/ ')), minLength: 1, maxLength: 4 }),
  {
    minLength: 1,
    maxLength: 8,
  },
);

describe('patterns made from words', () => {
  it.each(['', 'u'])('match a literal and nothing else, with the flags "%s"', (flags) => {
    fc.assert(
      fc.property(words, ([word = '']) => {
        expect(new RegExp(`^${escapeRegExp(word)}$`, flags).test(word)).toBe(true);
        expect(new RegExp(`^[${escapeRegExp(word)}]+$`, flags).test(word)).toBe(true);
        expect(new RegExp(`^${escapeRegExp(word)}$`, flags).test(`${word}丙`)).toBe(false);
      }),
    );
  });

  it('match the longest word that stands at an offset', () => {
    fc.assert(
      fc.property(words, words, (list, parts) => {
        const text = parts.join('');
        const longest = list.filter((word) => text.startsWith(word)).sort((a, b) => b.length - a.length)[0];
        expect(new RegExp(`^${alternation(list)}`).exec(text)?.[0]).toBe(longest);
      }),
    );
  });

  it('prefer 那么 to 那 whatever their order', () => {
    expect(new RegExp(alternation(['那', '那么'])).exec('那么多')?.[0]).toBe('那么');
  });
});
