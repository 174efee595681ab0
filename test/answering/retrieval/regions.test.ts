import { describe, expect, it } from 'vitest';
import { regionAgreement } from '../../../src/answering/retrieval/regions.js';
import { Regions } from '../../../src/answering/retrieval/regions.js';
import { indexed } from '../../support/small-index.js';

const regions = new Regions([
  { name: '江西', within: ['南昌', '九江'] },
  { name: '海南', within: ['海口', '昌江'] },
  { name: '河北', within: ['保定', '河北区'] },
]);
const named = (text: string): string[] => regions.in(text).map(({ name }) => name);
const agreement = (question: string, title: string, body: string) =>
  regionAgreement(regions.in(question), indexed(title, body), regions);

describe('the regions that a text names', () => {
  it('stand in the order of the text, each once', () => {
    expect(named('九江和海口以及九江')).toEqual(['九江', '海口']);
  });

  it('do not overlap: 海南昌江 holds no 南昌', () => {
    expect(named('海南昌江县')).toEqual(['海南', '昌江']);
  });

  it('are as long as they can be: 河北区 is not 河北', () => {
    expect(named('河北区的学校')).toEqual(['河北区']);
    expect(named('河北省的学校')).toEqual(['河北']);
  });

  it('know their province, which a province is itself', () => {
    expect(regions.in('九江，海南').map(({ province }) => province)).toEqual(['江西', '海南']);
  });

  it('are none in a text without any', () => {
    expect(named('')).toEqual([]);
    expect(named('江')).toEqual([]);
  });
});

describe('the agreement of a question and a notice on the region', () => {
  it('is full where the title or the opening names the region', () => {
    expect(agreement('九江的补贴', '九江市租房补贴通知', '申请如下。')).toMatchObject({
      regionHead: 1,
      regionMentioned: 1,
    });
    expect(agreement('九江的补贴', '租房补贴通知', '九江市各单位：')).toMatchObject({
      regionHead: 1,
      otherRegionHead: 0,
    });
  });

  it('is half where only another place of its province is named', () => {
    expect(agreement('九江的补贴', '南昌市租房补贴通知', '申请如下。')).toEqual({
      regionHead: 0.5,
      regionMentioned: 0,
      otherRegionTitle: 0,
      otherRegionHead: 0,
      uncalledRegion: 0,
    });
  });

  it('is contradicted where title and opening name other provinces only', () => {
    expect(agreement('九江的补贴', '海口市租房补贴通知', '申请如下。')).toMatchObject({
      regionHead: 0,
      otherRegionTitle: 1,
      otherRegionHead: 1,
    });
    expect(agreement('九江的补贴', '海口市租房补贴通知', '九江市参照执行。')).toMatchObject({
      regionHead: 1,
      otherRegionTitle: 1,
      otherRegionHead: 0,
    });
  });

  it('counts the share of the regions that the notice names anywhere', () => {
    const body = '第一条。\n第二条。\n第三条。\n第四条：九江除外。';
    expect(agreement('九江和海口的补贴', '租房补贴通知', body)).toMatchObject({ regionHead: 0, regionMentioned: 0.5 });
  });

  it('does not take the dateline of a news agency for the place of the notice', () => {
    expect(agreement('九江的补贴', '租房补贴通知', '新华社海口3月8日电 补贴开始发放。')).toMatchObject({
      otherRegionHead: 0,
    });
  });

  it('notes a place in the title that the question does not name', () => {
    expect(agreement('租房补贴', '海口市租房补贴通知', '申请如下。').uncalledRegion).toBe(1);
    expect(agreement('租房补贴', '租房补贴通知', '海口市申请如下。').uncalledRegion).toBe(0);
  });
});
