import { describe, expect, it } from 'vitest';
import { findNthItem } from '../../../src/answering/conversation/nth-item.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { createTableFinder } from '../../../src/ingest/facts/table/find-tables.js';
import { toIndexedNotice } from '../../../src/index/indexed-notice.js';
import { notice } from '../../support/texts.js';

const factRules = loadProgramData().facts;
const tablesIn = createTableFinder(factRules.tables);
const extractFacts = createFactExtractor(factRules);

function nth(body: string, told: string, n: number, attachments: readonly string[] = []): string | null {
  const of = notice('fair', '社区服务点公告', body, {
    attachments: attachments.map((name, i) => ({ kind: 'listed', number: i + 1, name })),
  });
  const record = { key: 1, version: 1, notice: of, facts: extractFacts(of) };
  const answer = findNthItem(record, toIndexedNotice(record), told, n, tablesIn);
  if (answer !== null) expect(body).toContain(answer.quote);
  return answer?.answer ?? null;
}

const POINTS = '服务点：\n东门站 柳街1号\n西门站 柳街9号\n南门站 桥头3号\n开放时间：9:00—17:00。';

describe('the n-th of a list', () => {
  it('is the n-th of the lines that were told, and of those cut off behind them', () => {
    const told = '服务点：\n东门站 柳街1号\n西门站 柳街9号';
    expect(nth(POINTS, told, 1)).toBe('东门站 柳街1号');
    expect(nth(POINTS, told, 3)).toBe('南门站 桥头3号');
    expect(nth(POINTS, told, -1)).toBe('南门站 桥头3号');
    expect(nth(POINTS, told, 4)).toBeNull();
  });

  it('is the row of the table that was told', () => {
    const body = '课程 星期 时间\n蛙泳班 周三 18:00\n仰泳班 周日 10:00\n跳水班 周六 9:00\n电话另行公布。';
    expect(nth(body, '蛙泳班 时间：18:00', 3)).toContain('跳水班');
  });

  it('counts attachments', () => {
    const names = ['报名申请表', '安全承诺书', '参观路线图'];
    const body = `附件：1.${names.join(' 2.')}`;
    expect(nth(body, names.map((name, i) => `附件${i + 1}：${name}`).join('；'), 2, names)).toBe('安全承诺书');
  });

  it('is none where no list is told', () => {
    expect(nth('报名截止时间：6月3日17:00。', '6月3日17:00', 2)).toBeNull();
  });
});
