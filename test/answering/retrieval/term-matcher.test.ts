import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryTerm } from '../../../src/answering/query/parse-query.js';
import { TermMatcher } from '../../../src/answering/retrieval/term-matcher.js';
import { bigramTerms } from '../../../src/text/tokenizer.js';

const termOf = (term: string, ...alternatives: string[]): QueryTerm => ({
  term,
  synonyms: alternatives,
  weight: 1,
  specificity: 1,
});
/** Han characters and their neighbours in Unicode, other scripts, letters, digits and marks. */
const character = fc.constantFrom(
  ...['甲', '乙', '丙', '\u3400', '\u33ff', '\u9fff', '\ua000', '\uf8ff', '\uf900', '\ufaff', '\ufb00', '가', '〇'],
  ...['a', 'z', '1', '2', '，', '.', ' '],
);
const text = fc.string({ unit: character, maxLength: 40 });

/** Returns the words, each a term of one character pair or run, that the matcher finds in a sentence. */
function found(words: readonly string[], sentence: string): string[] {
  const matcher = new TermMatcher(
    words.map((word) => termOf(word)),
    ({ weight }) => weight,
  );
  return matcher.match(sentence).map((t) => matcher.terms[t]?.term ?? '');
}

const isPairOrRun = (term: string): boolean => term.length === 2 || /^[a-z0-9]+$/.test(term);

describe('the terms of a question in a sentence', () => {
  it('are those that the analyser makes of both, each once', () => {
    fc.assert(
      fc.property(text, text, (question, sentence) => {
        const words = [...new Set(bigramTerms(question))];
        const inSentence = new Set(bigramTerms(sentence));
        const matched = found(words, sentence);
        expect(matched.length).toBe(new Set(matched).size);
        expect(new Set(matched)).toEqual(new Set(words.filter((word) => isPairOrRun(word) && inSentence.has(word))));
      }),
    );
  });

  it('are all pairs and runs that the analyser makes of the sentence, when the question holds them', () => {
    fc.assert(
      fc.property(text, (sentence) => {
        const words = [...new Set(bigramTerms(sentence))];
        expect(new Set(found(words, sentence))).toEqual(new Set(words.filter(isPairOrRun)));
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
