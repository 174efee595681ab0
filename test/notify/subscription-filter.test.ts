import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesFilter } from '../../src/notify/subscription-filter.js';
import { notice } from './cast.js';

const course = notice('在线精品课程公示', [], {
  attachments: [{ kind: 'file', number: 1, name: 'ＡＢＣ名單.xlsx' }],
}).notice;
const wants = (include: string[], exclude: string[] = [], columns: string[] = []): boolean =>
  matchesFilter(course, { include, exclude, columns });

describe('whether a notice is wanted', () => {
  it('is so without any words, and by one of several', () => {
    expect(wants([])).toBe(true);
    expect(wants(['考试', '精品课程'])).toBe(true);
    expect(wants(['考试'])).toBe(false);
  });

  it('looks into the body and the names of attachments, whatever width, case or script', () => {
    expect(wants(['正文'])).toBe(true);
    expect(wants(['abc名单'])).toBe(true);
    expect(wants(['線上', '精品課程'])).toBe(true);
  });

  it('finds no word across title and body', () => {
    expect(wants(['公示在线'])).toBe(false);
    expect(wants(['课程公示'])).toBe(true);
  });

  it('is not so with an excluded word, even when an included one stands there too', () => {
    expect(wants(['课程'], ['名单'])).toBe(false);
    expect(wants(['课程'], ['考试'])).toBe(true);
  });

  it('takes only the chosen columns', () => {
    expect(wants([], [], ['公示公告'])).toBe(true);
    expect(wants([], [], ['教育动态'])).toBe(false);
    const without = { ...course, column: null };
    expect(matchesFilter(without, { include: [], exclude: [], columns: ['公示公告'] })).toBe(false);
    expect(matchesFilter(without, { include: [], exclude: [], columns: [] })).toBe(true);
  });

  it('takes an empty word for none', () => {
    expect(wants(['', ' '])).toBe(true);
    expect(wants([], ['', '　'])).toBe(true);
  });

  it('takes words literally, whatever signs are in them', () => {
    expect(wants(['.*'])).toBe(false);
    expect(wants([], ['在线|考试', '(', '[', '\\'])).toBe(true);
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (before, word) => {
        fc.pre(/^[a-z.*+?()[\]{}|\\^$]+$/.test(word));
        const text = notice('题', [], {}, `${before}${word}`).notice;
        expect(matchesFilter(text, { include: [word], exclude: [], columns: [] })).toBe(true);
        expect(matchesFilter(text, { include: [], exclude: [word], columns: [] })).toBe(false);
      }),
    );
  });
});
