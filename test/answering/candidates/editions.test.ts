import { describe, expect, it } from 'vitest';
import { amendmentsSchema, amends, areEditions, areSiblings } from '../../../src/answering/candidates/editions.js';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { toIndexedNotice, type IndexedNotice } from '../../../src/index/indexed-notice.js';
import { notice } from '../../support/texts.js';

const amendments = readDataFile('data/amendments.json', amendmentsSchema);

function titled(title: string, publishedOn = '2025-03-01'): IndexedNotice {
  return toIndexedNotice({ key: 1, version: 1, notice: notice(title, title, '正文。', { publishedOn }), facts: [] });
}

describe('editions of a notice', () => {
  it.each([
    ['关于2024年上半年大学英语考试报名的通知', '关于2025年上半年大学英语考试报名的通知'],
    ['青禾区第一批租房补贴申报通知', '青禾区第二批租房补贴申报通知'],
    ['第十二届校园歌手大赛通知', '第十三届校园歌手大赛通知'],
  ])('%s and %s', (one, other) => {
    expect(areEditions(titled(one), titled(other))).toBe(true);
  });

  it('are not made by one title that stands twice, nor by another subject', () => {
    expect(areEditions(titled('停水通知'), titled('停水通知'))).toBe(false);
    expect(areEditions(titled('2024年体检通知'), titled('2025年停水通知'))).toBe(false);
  });

  it('are kin, as are notices of two districts', () => {
    expect(areSiblings(titled('南屿区部分区域计划停水的通知'), titled('北屿区部分区域计划停水的通知'))).toBe(true);
    expect(areSiblings(titled('南屿区部分区域计划停水的通知'), titled('南屿区小学招生的通知'))).toBe(false);
  });
});

describe('an amendment', () => {
  const tender = titled('第三中学厨房设备采购项目公开招标公告', '2025-03-25');

  it('says so in its title and names what it amends', () => {
    expect(amends(titled('第三中学厨房设备采购项目更正公告', '2025-04-09'), tender, amendments)).toBe(true);
    expect(amends(titled('第三中学厨房设备采购项目中标公告', '2025-04-29'), tender, amendments)).toBe(false);
    expect(amends(titled('第五小学空调租赁项目更正公告', '2025-04-09'), tender, amendments)).toBe(false);
  });

  it('is not older than what it amends, and of the same session', () => {
    expect(amends(titled('第三中学厨房设备采购项目更正公告', '2025-01-09'), tender, amendments)).toBe(false);
    const contest = titled('关于举办第十二届诗词诵读大赛的通知');
    expect(amends(titled('第十三届诗词诵读大赛决赛延期的通知', '2025-04-01'), contest, amendments)).toBe(false);
    expect(amends(titled('第十二届诗词诵读大赛决赛延期的通知', '2025-04-01'), contest, amendments)).toBe(true);
  });
});
