import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferPublishDates } from '../../../src/ingest/source/infer-dates.js';
import { parsePage } from '../../../src/ingest/source/parse-page.js';
import { LineSplitter } from '../../../src/ingest/source/text-file.js';
import { pageLines } from './reading.js';

/** Everything but the layout: blanks, and the brackets around dates. */
const bare = (text: string): string => text.replace(/[\s[\]［］]+/g, '');

const fragment = fc.oneof(
  fc.constantFrom(
    '[',
    ']',
    '03-11 ]',
    '[03-11]',
    '[ 2024-02-29 ]',
    '[',
    '02-30 ]',
    '[99-99]',
    '［3月8日］',
    '标题 [03-01]',
    '03-',
    '附件.docx',
    '名单.xlsx',
    '一、总则',
    '附件：1.表',
    '2024年3月1日',
    '教育，是大家的事',
    '标题  2024-03-11',
    '# 说明',
  ),
  fc.constantFrom('正文很长，'.repeat(30), `${'内容'.repeat(80)}。`, '短句。', '？'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const page = fc
  .array(fc.tuple(fragment, fc.constantFrom('\n', '\n\n', '\r\n', '\n \t\n', '\n'.repeat(12), '')), { maxLength: 40 })
  .map((parts) => parts.map(([text, gap]) => text + gap).join(''));

describe('parsing a page', () => {
  it('accounts for every character that is not layout', () => {
    fc.assert(
      fc.property(page, (text) => {
        const lines = pageLines(text);
        const { items, strays } = parsePage(lines);
        const found = [
          ...strays.map((stray) => stray.text),
          ...items.flatMap((item) => [
            item.title,
            item.date?.printed ?? '',
            item.truncatedText ?? '',
            ...item.body,
            ...item.attachments,
          ]),
        ];
        const sorted = (parts: readonly string[]): string =>
          Array.from(bare(parts.join('')))
            .sort()
            .join('');
        expect(sorted(found)).toBe(sorted(lines.map((line) => line.text)));
      }),
      { numRuns: 500 },
    );
  });

  it('gives every dated item an existing day or none, and keeps the order of items', () => {
    fc.assert(
      fc.property(page, (text) => {
        const { items } = parsePage(pageLines(text));
        const published = inferPublishDates(items, new Date('2024-03-20T00:00:00Z'));
        expect(published.map(({ item }) => item)).toEqual(items);
        published.forEach(({ publishedOn, origin, column }, i) => {
          if (publishedOn !== null)
            expect(new Date(`${publishedOn}T00:00:00Z`).toISOString().slice(0, 10)).toBe(publishedOn);
          expect(origin === 'none').toBe(publishedOn === null);
          expect(column - (published[i - 1]?.column ?? 0)).toBeOneOf([0, 1]);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('splitting lines', () => {
  it('does not depend on how the text is cut into pieces', () => {
    const piece = fc.oneof(fc.constantFrom('\n', '\r', '\r\n', '\u2028', 'a', ''), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const splitter = new LineSplitter(1_000_000);
        const lines = pieces.flatMap((part) => splitter.push(part)).map((line) => line.text);
        const last = splitter.end();
        const expected = pieces.join('').split(/\r\n?|\n/);
        if (expected.at(-1) === '') expected.pop();
        expect([...lines, ...(last === null ? [] : [last.text])]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a line to its limit and says how much it dropped', () => {
    const splitter = new LineSplitter(4);
    expect(splitter.push('abc')).toEqual([]);
    expect(splitter.push('defg\nxy\n')).toEqual([
      { number: 1, text: 'abcd', dropped: 3 },
      { number: 2, text: 'xy', dropped: 0 },
    ]);
  });
});
