import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MultiWordMatcher } from '../../src/text/word-list.js';

describe('finding many words at once', () => {
  it('finds those that looking for each of them finds, in the order of the list', () => {
    const letters = fc.constantFrom('甲', '乙', '丙', '\u0000', 'a');
    const word = fc.string({ unit: letters, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.string({ unit: letters, maxLength: 20 }), (words, text) => {
        const held = [...words.keys()].filter((n) => text.includes(words[n] ?? ''));
        expect(new MultiWordMatcher(words).find(text)).toEqual(held);
      }),
    );
  });
});
