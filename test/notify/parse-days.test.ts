import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDays, resolveMonthDay } from '../../src/notify/parse-days.js';
import { readDataFile } from '../../src/bootstrap/data-files.js';
import { recencySchema } from '../../src/answering/query/news-query.js';
import { addDays } from '../../src/domain/dates.js';

const recency = readDataFile('data/recency.json', recencySchema);
/** A Thursday. */
const NOW = new Date('2024-03-14T01:00:00Z');
const asked = (text: string) => parseDays(text, recency, NOW);

describe('days that a reader types', () => {
  it.each([
    ['今天', '2024-03-14', '2024-03-14'],
    ['昨天', '2024-03-13', '2024-03-13'],
    ['前天', '2024-03-12', '2024-03-12'],
    ['本周', '2024-03-11', '2024-03-14'],
    ['上週', '2024-03-04', '2024-03-10'],
    ['本月', '2024-03-01', '2024-03-14'],
    ['2024-03-11', '2024-03-11', '2024-03-11'],
    ['２０２４年３月１１日', '2024-03-11', '2024-03-11'],
    ['2024/3/1', '2024-03-01', '2024-03-01'],
    ['20240229', '2024-02-29', '2024-02-29'],
    ['2024年2月', '2024-02-01', '2024-02-29'],
    ['2023-12', '2023-12-01', '2023-12-31'],
  ])('%s is %s to %s', (text, from, to) => {
    expect(asked(text)).toEqual({ kind: 'days', from, to });
  });

  it.each([
    ['3月11日', 3, 11],
    ['3-11', 3, 11],
    ['12月1号', 12, 1],
    ['2月29日', 2, 29],
    ['3月', 3, null],
    ['12 月份', 12, null],
  ])('%s leaves the year open', (text, month, day) => {
    expect(asked(text)).toEqual({ kind: 'month-day', month, day });
  });

  it.each([
    '',
    '2月30日',
    '2023-02-29',
    '13月1日',
    '13月',
    '0月',
    '2024年13月',
    '20241301',
    '招聘',
    '2024-03-11; drop',
    '今天的天气',
    '9'.repeat(500),
  ])('%j is none', (text) => {
    expect(asked(text)).toBeNull();
  });

  it('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const days = asked(text);
        if (days?.kind === 'days' && days.from !== null) expect(days.from <= days.to).toBe(true);
      }),
    );
  });
});

describe('a day without a year', () => {
  it('is the latest for which there is something', () => {
    const dates = ['2022-03-11', null, '2023-03-11', '2024-03-12'];
    expect(resolveMonthDay({ month: 3, day: 11 }, dates, NOW)).toEqual({ from: '2023-03-11', to: '2023-03-11' });
  });

  it('is else the latest that is not to come', () => {
    expect(resolveMonthDay({ month: 3, day: 14 }, [], NOW).from).toBe('2024-03-14');
    expect(resolveMonthDay({ month: 3, day: 15 }, [], NOW).from).toBe('2023-03-15');
    expect(resolveMonthDay({ month: 2, day: 29 }, [], new Date('2103-05-01T00:00:00Z')).from).toBe('2096-02-29');
  });

  it('is likewise a whole month where no day is named', () => {
    const february = { month: 2, day: null };
    expect(resolveMonthDay(february, [], NOW)).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(resolveMonthDay(february, ['2023-02-11'], NOW)).toEqual({ from: '2023-02-01', to: '2023-02-28' });
    expect(resolveMonthDay({ month: 12, day: null }, [], NOW)).toEqual({ from: '2023-12-01', to: '2023-12-31' });
  });

  it('is found for every day of a year', () => {
    for (let date = '2024-01-01'; date < '2025-01-01'; date = addDays(date, 1)) {
      const { from: found } = resolveMonthDay({ month: Number(date.slice(5, 7)), day: Number(date.slice(8)) }, [], NOW);
      expect(found.slice(5)).toBe(date.slice(5));
      expect(found <= '2024-03-14').toBe(true);
    }
  });
});
