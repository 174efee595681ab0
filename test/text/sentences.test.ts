import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLength, splitSentences } from '../../src/text/sentences.js';

const cut = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  it('keeps a closing quotation mark with the sentence that it ends', () => {
    expect(cut('他说：“可以。”随后离开。')).toEqual(['他说：“可以。”', '随后离开。']);
  });

  it('cuts before a numbered point whose line break was lost', () => {
    expect(cut('要求如下 一、按时报名 二、带齐材料')).toEqual(['要求如下', '一、按时报名', '二、带齐材料']);
  });

  it('leaves decimals and section numbers inside a sentence alone', () => {
    expect(cut('新增学位 2.85万个')).toEqual(['新增学位 2.85万个']);
  });

  it('cuts at every mark that ends a sentence, and at line breaks', () => {
    expect(cut('停水吗？停！恢复；另告\n第二段')).toEqual(['停水吗？', '停！', '恢复；', '另告', '第二段']);
  });

  it.each(['（二）带齐材料', '3.带齐材料', '3、带齐材料', '第二条 带齐材料'.replace(' ', ''), '(二)带齐材料'])(
    'cuts before the list mark of %s',
    (point) => {
      expect(cut(`要求如下 ${point}`)).toEqual(['要求如下', point]);
    },
  );

  it('does not cut before a list mark that no blank precedes', () => {
    expect(cut('要求如下（二）带齐材料')).toEqual(['要求如下（二）带齐材料']);
  });

  it('leaves out the blanks around a sentence', () => {
    expect(cut(' \u3000公示。 \n  逾期不候。 ')).toEqual(['公示。', '逾期不候。']);
    expect(cut(' \n ')).toEqual([]);
  });

  it('cuts an endless sentence at a comma', () => {
    const parts = cut(`${'甲'.repeat(200)}，${'乙'.repeat(200)}`);
    expect(parts).toHaveLength(2);
    expect(parts[0]?.endsWith('，')).toBe(true);
    expect(cut('甲'.repeat(700)).map(({ length }) => length)).toEqual([300, 300, 100]);
  });

  it('loses nothing but blanks, keeps the order and never overlaps, whatever the text', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        '公',
        '示',
        '，',
        '。',
        '？',
        '；',
        '：',
        '“',
        '”',
        '（',
        '）',
        ' ',
        '\n',
        '\u3000',
        '1',
        '一',
        '、',
        '.',
        'a',
        '😀',
      ),
      maxLength: 300,
    });
    fc.assert(
      fc.property(text, (s) => {
        const spans = splitSentences(s);
        expect(
          spans
            .map(({ start, end }) => s.slice(start, end))
            .join('')
            .replace(/\s/g, ''),
        ).toBe(s.replace(/\s/g, ''));
        spans.forEach(({ start, end }, i) => {
          expect(start).toBeLessThan(end);
          expect(start).toBeGreaterThanOrEqual(spans[i - 1]?.end ?? 0);
        });
      }),
    );
  });
});

describe('a cut', () => {
  it.each([
    ['takes all that fits', '一。二。', 4, '一。二。'],
    ['prefers the last sentence end', '一二三。四五六，七八', 8, '一二三。'],
    ['keeps a closing quote with its sentence', '他说“好。”然后走了', 8, '他说“好。”'],
    ['takes a clause end where no sentence ends', '一二三四，五六七八', 7, '一二三四，'],
    ['does not leave a stub', '一。二三四五六七八九十', 9, '一。二三四五六七八'],
    ['does not halve a character', '一二三😀', 4, '一二三'],
  ])('%s', (_, text, limit, taken) => {
    expect(text.slice(0, cutLength(text, limit))).toBe(taken);
  });
});
