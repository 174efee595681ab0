import { describe, expect, it } from 'vitest';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { notice } from '../../support/texts.js';

const extract = createFactExtractor(loadProgramData().facts);

const BODY =
  '根据《考试管理办法》（江教考〔2023〕12号），拟认定江州一中、江州二中等12所学校，公示5个工作日。名单见附件。';

describe('the time that extraction takes', () => {
  const timed = (body: string): number => {
    const start = performance.now();
    extract(notice('n', '关于测试的通知', body));
    return performance.now() - start;
  };
  const sample = `${BODY}一、范围（一）学校（01）。包括甲县、乙县、丙县等3个县。二是“A”“B”“C”三类课程共85门，不少于90日，达到95%以上。\n`;

  it('grows with the length of the text and no faster', () => {
    const text = (length: number): string => sample.repeat(Math.ceil(length / sample.length)).slice(0, length);
    timed(text(50_000));
    const short = Math.min(timed(text(100_000)), timed(text(100_000)));
    expect(timed(text(400_000))).toBeLessThan(Math.max(200, short * 12));
  });

  it.each(
    [
      '（',
      '《',
      '“',
      '1',
      '一',
      '、',
      '附件',
      '附件1、',
      '甲、',
      '等',
      '1.',
      '一是',
      '（一）',
      '①',
      '第',
      '的',
      '和',
      '号',
      '3门',
    ].concat([
      '〔2024〕',
      '编号：',
      '包括',
      '大学、',
      '“a”、',
      '《a》',
      '（01、02',
      '百分之',
      '\n',
      ' ',
      '不少于',
      '每',
      '。”',
      '（“《',
    ]),
  )('stays short for 100,000 characters of %j', (unit) => {
    expect(timed(unit.repeat(Math.floor(100_000 / unit.length)))).toBeLessThan(3000);
  });
});
