import { describe, expect, it } from 'vitest';
import { matchBrackets } from '../../src/text/bracket-pairs.js';

const pairsOf = (text: string): string[] =>
  [...matchBrackets(text)].map(([open, close]) => text.slice(open, close + 1)).sort();

describe('matchBrackets', () => {
  it('pairs nested brackets and quotation marks', () => {
    expect(pairsOf('《办法（试行）》“一网通办”')).toEqual(['“一网通办”', '《办法（试行）》', '（试行）'].sort());
  });

  it('pairs a full-width bracket with a half-width one, as typists mix them', () => {
    expect(pairsOf('（试行)')).toEqual(['（试行)']);
    expect(pairsOf('江教〔2024]3号')).toEqual(['〔2024]']);
  });

  it('skips an unclosed bracket inside a closed pair', () => {
    expect(pairsOf('《办法（试行》')).toEqual(['《办法（试行》']);
  });

  it('pairs neither across lines nor over more than 240 characters', () => {
    expect(pairsOf('（甲\n乙）')).toEqual([]);
    expect(pairsOf(`（${'甲'.repeat(239)}）`)).toHaveLength(1);
    expect(pairsOf(`（${'甲'.repeat(240)}）`)).toEqual([]);
  });
});
