import { describe, expect, it } from 'vitest';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { parseNewsQuery, recencySchema } from '../../../src/answering/query/news-query.js';

const recency = readDataFile('data/recency.json', recencySchema);
/** A Thursday, at half past seven in the morning in Shanghai, when it is still Wednesday in Greenwich. */
const NOW = new Date('2024-03-13T23:30:00Z');
const COLUMNS = new Set(['教育动态', '公示公告']);
const days = (text: string, now = NOW) => parseNewsQuery(text, recency, COLUMNS, now);

describe('a question for news', () => {
  it.each([
    ['今天有什么通知', '2024-03-14', '2024-03-14'],
    ['昨天的公告', '2024-03-13', '2024-03-13'],
    ['本周发布了哪些通知？', '2024-03-11', '2024-03-14'],
    ['上周的通知', '2024-03-04', '2024-03-10'],
    ['这个月有啥公告', '2024-03-01', '2024-03-14'],
    ['上个月的公示', '2024-02-01', '2024-02-29'],
    ['最近有没有新通知', null, '2024-03-14'],
  ])('%s means the days from %s to %s', (text, from, to) => {
    expect(days(text)).toEqual({ from, to, column: null });
  });

  it.each([
    ['教育动态里有什么新消息', null, '教育动态'],
    ['公示公告', null, '公示公告'],
    ['本周公示公告有哪些', '2024-03-11', '公示公告'],
  ])('%s means a column', (text, from, column) => {
    expect(days(text)).toEqual({ from, to: '2024-03-14', column });
  });

  it.each(['教育动态里武清的消防演练在哪天', '今天停水的通知', '最近的核酸检测点', '报名截止', '明天'])(
    '%s asks for something else',
    (text) => {
      expect(days(text)).toBeNull();
    },
  );

  it('knows the last week across the turn of the year', () => {
    expect(days('上周的通知', new Date('2025-01-01T04:00:00Z'))).toMatchObject({
      from: '2024-12-23',
      to: '2024-12-29',
    });
  });

  it('changes its days at midnight in Shanghai', () => {
    expect(days('今天有什么通知', new Date('2024-03-13T15:59:59Z'))).toMatchObject({ from: '2024-03-13' });
    expect(days('今天有什么通知', new Date('2024-03-13T16:00:00Z'))).toMatchObject({ from: '2024-03-14' });
  });

  it('counts a week from Monday, also when asked on a Sunday or a Monday', () => {
    expect(days('本周的通知', new Date('2024-03-10T04:00:00Z'))).toMatchObject({
      from: '2024-03-04',
      to: '2024-03-10',
    });
    expect(days('本周的通知', new Date('2024-03-11T04:00:00Z'))).toMatchObject({
      from: '2024-03-11',
      to: '2024-03-11',
    });
  });

  it('knows the last month across the turn of the year', () => {
    expect(days('上个月的公示', new Date('2025-01-15T04:00:00Z'))).toMatchObject({
      from: '2024-12-01',
      to: '2024-12-31',
    });
  });

  it('is read in full-width and traditional writing too', () => {
    expect(days('今天有什麼通知？')).toEqual({ from: '2024-03-14', to: '2024-03-14', column: null });
  });
});
