import { describe, expect, it } from 'vitest';
import { datesOf, periodsOf } from './extracting.js';

describe('a date without a year', () => {
  const january = { publishedOn: '2025-01-15' };

  it('lies ahead where the words say that it is the last one', () => {
    expect(datesOf('年度缴费最迟12月20日。', january)).toEqual(['/2025-12-20']);
    expect(datesOf('缴费截止时间为12月25日。', january)).toEqual(['/2025-12-25']);
    expect(datesOf('截至12月31日，已收到申请300份。', january)).toEqual(['/2024-12-31']);
  });

  it('is not read from the days of every month', () => {
    expect(datesOf('缴费时间：每月1日至25日。', january)).toEqual([]);
  });
});

describe('a year that is not stated', () => {
  it('is that of the date before it in the sentence', () => {
    expect(datesOf('自2022年5月1日开始，6月3日结束。')).toEqual(['2022-05-01/', '/2022-06-03']);
    expect(datesOf('展览和大赛分别于2023年10月、12月举行。')).toEqual(['2023-10', '2023-12']);
  });

  it('is not that of what the sentence before looked back on', () => {
    expect(datesOf('2022年5月1日启用。3月20日检修。')).toEqual(['2022-05-01', '2024-03-20']);
  });

  it('is the one that brings it nearest to the publication', () => {
    expect(datesOf('报名时间：1月10日', { publishedOn: '2023-12-20' })).toEqual(['2024-01-10']);
    expect(datesOf('考试时间：8月中旬', { publishedOn: '2024-01-05' })).toEqual(['2024-08']);
    expect(datesOf('12月30日举行了活动。', { publishedOn: '2024-01-05' })).toEqual(['2023-12-30']);
  });

  it('is the one that the title names, where the nearest is doubtful', () => {
    const title = '2023年工作总结';
    expect(datesOf('9月10日举行表彰会。', { title, publishedOn: '2024-01-20' })).toEqual(['2023-09-10']);
  });

  it('is concluded from the signature, the title or the body when no list dates the notice', () => {
    const publishedOn = null;
    expect(datesOf('3月20日开会。\n教务处\n2021年3月11日', { publishedOn })[0]).toBe('2021-03-20');
    expect(datesOf('3月20日开会。', { publishedOn, title: '2022年活动' })).toEqual(['2022-03-20']);
    expect(datesOf('3月20日开会。2020年春天', { publishedOn })).toEqual(['2020-03-20']);
    expect(datesOf('3月20日开会。', { publishedOn, yearHint: 2019 })).toEqual(['2019-03-20']);
  });

  it('leaves the date out when nothing tells it', () => {
    expect(datesOf('3月20日开会。', { publishedOn: null })).toEqual([]);
  });

  it('is marked as inferred, and only then', () => {
    const marks = (body: string): boolean[] => periodsOf(body).map(({ yearInferred }) => yearInferred);
    expect(marks('3月20日开会。')).toEqual([true]);
    expect(marks('2024年3月20日至25日开会。')).toEqual([false]);
    expect(marks('2023年12月25日至1月5日开会。')).toEqual([true]);
    expect(marks('12月25日至2024年1月5日开会。')).toEqual([false]);
    expect(marks('去年11月开会。')).toEqual([true]);
  });
});

describe('words that count from another date', () => {
  it.each([
    ['今年5月开会', '2024-05'],
    ['去年11月开会', '2023-11'],
    ['去年年底达到', '2023'],
    ['明年1月5日开会', '2025-01-05'],
    ['本月20日开会', '2024-03-20'],
    ['下月5日开会', '2024-04-05'],
    ['12日召开的会议', '2024-03-12'],
  ])('are resolved in %s', (text, expected) => {
    expect(datesOf(`${text}。`)).toEqual([expected]);
  });

  it('say the same day again', () => {
    expect(datesOf('3月20日报到，当日14:00开会。')).toEqual(['2024-03-20', '2024-03-20 14:00']);
  });
});
