import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segmenter } from '../../src/text/segmenter.js';

/** Words that the dictionary of every segmenter under test must know. */
export const SUITE_WORDS = {
  words: ['停水', '通知', '中华人民共和国', '人民', '共和国'],
  places: ['天津'],
  nouns: ['电话'],
};

/** Contract of `Segmenter`, which holds for every implementation, real or fake. */
export function describeSegmenter(name: string, load: () => Segmenter): void {
  describe(`the segmenter ${name}`, () => {
    it('cuts a text into words that do not overlap and lose nothing', () => {
      expect(load().cut('停水，通知天津电话')).toEqual(['停水', '，', '通知', '天津', '电话']);
      const text = fc.string({
        unit: fc.constantFrom('停', '水', '，', ' ', '1', 'a', '中华人民共和国'),
        maxLength: 30,
      });
      fc.assert(
        fc.property(text, (s) => {
          expect(load().cut(s).join('')).toBe(s);
        }),
        { numRuns: 50 },
      );
    });

    it('keeps numbers and names of letters and digits whole', () => {
      expect(load().cut('83215136')).toEqual(['83215136']);
      expect(load().cut('2.85，vr2')).toEqual(['2.85', '，', 'vr2']);
      expect(load().cut('2024vr')).toEqual(['2024', 'vr']);
    });

    it('also gives the words inside a long word, and the long word last', () => {
      const words = load().words('中华人民共和国');
      expect(words).toEqual(expect.arrayContaining(['人民', '共和国']));
      expect(words.at(-1)).toBe('中华人民共和国');
    });

    it('knows places by their tag', () => {
      expect(load().isPlace('天津')).toBe(true);
      expect(load().isPlace('停水')).toBe(false);
    });

    it('knows the nouns of a text, of two characters and more', () => {
      expect(load().nouns('电话，天津')).toEqual(['电话']);
    });

    it('knows which words its dictionary holds', () => {
      expect(load().isInDictionary('通知')).toBe(true);
      expect(load().isInDictionary('知停')).toBe(false);
    });

    it('rates every word between 0 and 1', () => {
      for (const word of ['的', '通知', '知停', '中华人民共和国', '']) {
        expect(load().specificity(word)).toBeGreaterThanOrEqual(0);
        expect(load().specificity(word)).toBeLessThanOrEqual(1);
      }
    });

    it('finds nothing in an empty text', () => {
      const segmenter = load();
      for (const read of ['cut', 'words', 'people', 'nouns'] as const) expect(segmenter[read](''), read).toEqual([]);
    });
  });
}
