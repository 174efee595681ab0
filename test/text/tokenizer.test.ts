import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bigramTerms, RunCursor } from '../../src/text/tokenizer.js';

/** Characters at the edges of what is a term: Han ranges and their neighbours, other scripts, letters, digits, marks. */
const EDGES = [
  ...['甲', '乙', '一', '\u33ff', '\u3400', '\u4dbf', '\u9fff', '\ua000', '\uf8ff', '\uf900', '\ufaff', '\ufb00'],
  ...['가', 'あ', '〇', '々', '𠀀', 'é', 'A', 'a', 'z', '{', '`', '0', '9', '/', ':', '.', '，', ' ', '\n'],
];

describe('the terms of a folded text', () => {
  it('are pairs within a run of Han characters, never across punctuation', () => {
    expect(bigramTerms('公示期，截止')).toEqual(['公示', '示期', '截止']);
  });

  it('are isolated Han characters, and whole runs of letters and digits', () => {
    expect(bigramTerms('2.85万个 vr课a')).toEqual(['2', '85', '万个', 'vr', '课', 'a']);
  });

  it('are those that a pattern finds, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...EDGES), maxLength: 30 }), (text) => {
        const runs = text.match(/[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9]+/g) ?? [];
        const expected = runs.flatMap((run) =>
          /^[a-z0-9]/.test(run) || run.length === 1
            ? [run]
            : run.match(/.(?=(.))/g)?.map((c, i) => c + run.charAt(i + 1)),
        );
        expect(bigramTerms(text)).toEqual(expected);
      }),
    );
  });
});

describe('the runs of a folded text', () => {
  it('come with their places and their kind', () => {
    const run = new RunCursor('第2批次。');
    const found: unknown[] = [];
    while (run.next()) found.push([run.start, run.end, run.isHan]);
    expect(found).toEqual([
      [0, 1, true],
      [1, 2, false],
      [2, 4, true],
    ]);
    expect(run.next()).toBe(false);
  });
});
