import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PeriodFact } from '../../../../src/domain/fact.js';
import { repairNotice } from '../../../../src/ingest/repair/repair-notice.js';
import { rules } from '../../repair/cleaning.js';
import { POLICIES, REAL_EXPORT } from '../../../support/shared-corpus.js';
import { readAll } from '../../source/reading.js';
import { linesOf, periodsOf } from './extracting.js';

const present = existsSync(REAL_EXPORT) && existsSync(POLICIES);
if (!present) console.log('skipped: ../shared is not there, so no periods can be read from the real export');

interface Read {
  readonly title: string;
  readonly body: string;
  readonly facts: PeriodFact[];
}

async function readPeriods(path: string): Promise<Read[]> {
  const { notices } = await readAll(path);
  return notices.map((raw) => {
    const { title, body } = repairNotice(raw, rules);
    return { title, body, facts: periodsOf(body, { title, publishedOn: raw.publishedOn }) };
  });
}

describe.skipIf(!present)('the periods of the real export', () => {
  let read: Read[] = [];
  beforeAll(async () => {
    read = await readPeriods(REAL_EXPORT);
  });
  /** Those of the notice whose title has these words, without dates that are only looked back on or aimed at. */
  const of = (...words: string[]): string[] => {
    const found = read.filter(({ title }) => words.every((word) => title.includes(word)));
    expect(found).toHaveLength(1);
    return linesOf(found[0]?.facts.filter(({ type }) => type !== 'other') ?? []);
  };

  it('are those of the publicity notices, with their signatures', () => {
    expect(of('在线精品课程评审结果')).toEqual(['publicity 2024-03-11/2024-03-15 公示时间', 'signature 2024-03-11']);
    expect(of('专家评议结果的公示')).toEqual(['publicity 2024-03-06/2024-03-12 公示时间', 'signature 2024-03-06']);
    expect(of('中期绩效评价结果')).toEqual(['publicity 2024-01-26/2024-02-01 公示时间']);
    expect(of('骨干学员遴选结果')).toEqual(['publicity 2024-01-17/2024-01-23 公示时间', 'signature 2024-01-18']);
    expect(of('收费目录清单')).toEqual(['signature 2024-02-28']);
  });

  it('state five working days three times', () => {
    const days = read.flatMap(({ facts }) => facts.flatMap(({ workingDays }) => workingDays?.stated ?? []));
    expect(days).toEqual([5, 5, 5]);
  });

  it('are those of the other announcements', () => {
    expect(of('督导评估的公告')).toEqual(['evaluation 2024-03-08/2024-03-15 时间', 'signature 2024-03-01']);
    expect(of('承担机构遴选')).toEqual([
      'submission /2024-03-01 将《申报书》上传至职业院校教师素质提高计划信息化服务平台',
      'signature 2024-01-18',
    ]);
    expect(of('职业教育条例')).toEqual(['effective 2024-01-01/ 实施', 'signature 2024-01-12']);
    const both = '第82届教育装备展、中国国际大学生创新大赛';
    expect(of('第二轮巡视')).toEqual([`activity 2023-10 ${both}`, `activity 2023-12 ${both}`, 'signature 2024-01-31']);
  });

  it('are those of the exam, each told apart', () => {
    expect(of('高职升本科文化考试')).toEqual([
      'exam 2024-03-17 2024年天津市高职分类考试、高职升本科文化考试',
      'printing 2024-03-14 09:00/ 登录“招考资讯网”下载并打印准考证',
      'query 2024-03-12/ 登录“招考资讯网”提前查询考点信息',
    ]);
  });

  it('tell the two systems of the postgraduate admission apart', () => {
    expect(of('硕士研究生招生复试')).toEqual([
      'opening 2024-03-28 2024年全国硕士研究生招生“网上调剂意向采集系统”',
      'opening 2024-04-08 调剂服务系统',
    ]);
  });

  it('look back and ahead without being due', () => {
    const dates = read.find(({ title }) => title.includes('我国多举措'))?.facts ?? [];
    expect(dates.map(({ type, start, end }) => `${type} ${(end ?? start)?.date ?? ''}`)).toEqual([
      'activity 2024-03-12',
      'other 2000',
      'other 2011',
      'other 2021',
      'cited 2023',
      'other 2035',
    ]);
  });
});

describe.skipIf(!present)('599 real policies', () => {
  it('have nearly all their full dates found', async () => {
    const FULL = /(?<![\d每])20\d\d年\d{1,2}月\d{1,2}日/g;
    let [dates, missed] = [0, 0];
    for (const { body, facts } of await readPeriods(POLICIES)) {
      for (const { index } of body.matchAll(FULL)) {
        dates++;
        if (!facts.some(({ at }) => at.start <= index && index < at.end)) missed++;
      }
    }
    console.log(`full dates in the policies: ${String(dates)}, missed: ${String(missed)}`);
    expect(dates).toBeGreaterThan(300);
    expect(missed / dates).toBeLessThan(0.01);
  });
});
