import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSegments } from '../../../src/ingest/units/segments.js';
import { splitSentences } from '../../../src/text/sentences.js';

/** Segments of a body, each as the headings above it and its own: 报名>时间. */
const shown = (body: string): string =>
  readSegments(body, splitSentences(body))
    .map(({ path, head }) => [...path, head].join('>'))
    .join(' ');

const MARKS = ['一、', '十二.', '第三条 ', '（一）', '2.', '（2）', '3）', '①', '一是', '第一，', '●', '- '];

describe('the layout of a body', () => {
  it('nests styles of list marks in the order of their first use', () => {
    const body = '一、报名\n（一）时间：5月6日。逾期不候。\n1.现场；2.网上。\n（二）地点\n二、考试\n（一）科目';
    expect(shown(body)).toBe('报名 报名>时间 报名>时间>现场 报名>时间>网上 报名>地点 考试 考试>科目');
    expect(shown('（一）报名\n一、时间\n（二）考试')).toBe('报名 报名>时间 考试');
  });

  it.each(MARKS)('leaves the list mark %j out of the heading', (mark) => {
    expect(shown(`${mark}报名时间：5月6日。`)).toBe('报名时间');
  });

  it('nests no deeper than eight headings, and bounds the length of each', () => {
    expect(shown('甲'.repeat(40))).toBe('甲'.repeat(32));
    expect(
      shown(MARKS.map((mark) => `${mark}甲`).join('\n'))
        .split(' ')
        .at(-1)
        ?.split('>'),
    ).toHaveLength(9);
  });

  it('keeps a mark that is made of words, and takes neither a decimal nor a dot within a line for one', () => {
    expect(shown('【时间】上午\n●上午报名\n【地点】')).toBe('【时间】上午 【时间】上午>上午报名 【地点】');
    expect(shown('3.5万人参加。')).toBe('3.5万人参加');
    expect(shown('报名。●补报。')).toBe('报名');
  });

  it('puts lines under a short line without a mark, until the next such line', () => {
    const body = '收费标准\n首次办证免费。\n补证的收工本费。\n联系方式\n电话：55550001';
    expect(shown(body)).toBe('收费标准 收费标准>首次办证免费 收费标准>补证的收工本费 联系方式 联系方式>电话');
    expect(shown('（一）时间\n收费标准\n首次办证免费。')).toBe('时间 时间>收费标准 时间>收费标准>首次办证免费');
  });

  it('heads a list by the last clause of its introduction, but not by one of the whole text', () => {
    const body = '有下列情形之一的，不予补贴：\n1.逾期；\n2.重复。\n其他情形另行通知。';
    expect(shown(body)).toBe('不予补贴 不予补贴>逾期 不予补贴>重复 其他情形另行通知');
    expect(shown('现将有关事项公告如下：\n1.对象')).toBe('现将有关事项公告如下 对象');
    expect(shown('各有关单位：\n1.对象')).toBe('各有关单位 对象');
  });

  it('puts a line without a mark under the heading that stands alone above it, and under no item of a list', () => {
    expect(shown('一、报名\n（一）时间\n报名免费，逾期不候。')).toBe('报名 报名>时间 报名>时间>报名免费，逾期不候');
    expect(shown('一、报名\n1.交表；\n2.缴费。\n逾期不候。')).toBe('报名 报名>交表 报名>缴费 报名>逾期不候');
    expect(shown('问：收费吗？\n答：免费。')).toBe('收费吗 收费吗>答');
  });

  it('covers every sentence once and in order, with headings that stand in the text, whatever the text', () => {
    const part = fc.constantFrom(
      ...'一、|（一）|1.|（1）|①|一是|第二条|【甲】|问：|附件1：|●|甲乙|丙：|。|；|，| |\n|😀|5'.split('|'),
    );
    fc.assert(
      fc.property(fc.string({ unit: part, maxLength: 60 }), (body) => {
        const sentences = splitSentences(body);
        const segments = readSegments(body, sentences);
        expect(segments.flatMap(({ from, to }) => sentences.slice(from, to + 1))).toEqual(sentences);
        for (const { from, to, depth, path, head } of segments) {
          expect(path).toHaveLength(depth);
          expect(depth).toBeLessThanOrEqual(8);
          expect(path.every((heading) => body.slice(0, sentences[from]?.start).includes(heading))).toBe(true);
          const text = body.slice(sentences[from]?.start, sentences[to]?.end);
          expect(text).not.toContain('\n');
          expect(text).toContain(head);
        }
      }),
    );
  });
});
