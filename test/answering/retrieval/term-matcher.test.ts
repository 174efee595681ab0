import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryTerm } from '../../../src/answering/query/parse-query.js';
import { TermMatcher } from '../../../src/answering/retrieval/term-matcher.js';
import { bigramTerms } from '../../../src/text/analyser.js';

const termOf = (term: string, ...alternatives: string[]): QueryTerm => ({
  term,
  synonyms: alternatives,
  weight: 1,
  specificity: 1,
});
const pair = fc.string({ unit: fc.constantFrom('甲', '乙', '丙'), minLength: 2, maxLength: 2 });
const run = fc.string({ unit: fc.constantFrom('a', '1', '2'), minLength: 1, maxLength: 3 });
const sentence = fc.string({ unit: fc.constantFrom('甲', '乙', '丙', '，', ' ', 'a', '1', '2'), maxLength: 40 });

describe('the terms of a question in a sentence', () => {
  it('are those that the analyser makes of the sentence', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(pair, run), { maxLength: 8 }), sentence, (words, text) => {
        const matcher = new TermMatcher(
          words.map((word) => termOf(word)),
          ({ weight }) => weight,
        );
        const found = matcher.match(text).map((t) => matcher.terms[t]?.term ?? '');
        const inText = new Set(bigramTerms(text));
        expect(new Set(found)).toEqual(new Set(words.filter((word) => inText.has(word))));
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });

  it('are found in the same places when their weights are others', () => {
    const first = new TermMatcher([termOf('公示'), termOf('在线精品'), termOf('2024')], () => 1);
    const second = new TermMatcher(first.terms, () => 5);
    expect(second.terms.map(({ term, weight }) => [term, weight])).toEqual([
      ['公示', 5],
      ['2024', 5],
    ]);
    expect(second.match('2024年公示')).toEqual(first.match('2024年公示'));
    expect(second.match('2024年公示')).toEqual([1, 0]);
  });

  it('are found by another word for the one they are part of', () => {
    const matcher = new TermMatcher([termOf('天大', '天津大学')], () => 1);
    expect(matcher.match('天津大学招生')).toEqual([0]);
    expect(matcher.match('今天大会')).toEqual([0]);
    expect(matcher.match('天津招生')).toEqual([]);
  });
});
