import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../../../src/domain/notice.js';
import { extractAttachments } from '../../../../src/ingest/facts/document/extract-attachments.js';
import { createDocumentNumberExtractor } from '../../../../src/ingest/facts/document/document-numbers.js';
import { listedAttachments } from '../../../../src/ingest/repair/attachments.js';
import { itemRules } from '../item/kit.js';
import { misplaced, sourceOf } from '../kit.js';

const extractNumbers = createDocumentNumberExtractor(itemRules);
const numbersIn = (body: string, title?: string) =>
  extractNumbers(sourceOf(body, [], title)).map((fact) => [fact.value, fact.title]);

describe('document numbers', () => {
  it.each([
    ['按照《考试管理办法》（江教考〔2023〕12号）要求', [['江教考〔2023〕12号', '考试管理办法']]],
    ['根据江教职函〔2024〕3号文件精神', [['江教职函〔2024〕3号', '']]],
    ['按照关于印发《评估办法》的通知（教评〔2017〕6号）要求', [['教评〔2017〕6号', '评估办法']]],
    [
      '国发[2020]1号、国发（2021）2号',
      [
        ['国发[2020]1号', ''],
        ['国发（2021）2号', ''],
      ],
    ],
    ['《收费规定》（国家税务局公告2020年第6号）', [['国家税务局公告2020年第6号', '收费规定']]],
    ['依据《标准》（国务院令第52号）', [['国务院令第52号', '标准']]],
    ['江教〔2024〕5号《关于开展检查的通知》', [['江教〔2024〕5号', '关于开展检查的通知']]],
    ['项目编号：JZCG-2024-0012，采购人：江州大学', [['JZCG-2024-0012', '']]],
    ['见2024年第7号公告。', [['2024年第7号公告', '']]],
  ])('%s', (body, expected) => {
    expect(numbersIn(body)).toEqual(expected);
  });

  it('takes a number alone on a line of the head for the notice’s own', () => {
    expect(numbersIn('江人社发〔2024〕8号\n各区人力资源和社会保障局：', '关于开展培训的通知')).toEqual([
      ['江人社发〔2024〕8号', '关于开展培训的通知'],
    ]);
  });

  it('takes no addresses, years and periods for document numbers', () => {
    for (const body of ['平安路50号', '（2023—2025）', '2024年3月5号', '报名编号：以系统为准', '2号楼'])
      expect(numbersIn(body)).toEqual([]);
  });
});

const attachmentsIn = (body: string, attachments: readonly Attachment[] = listedAttachments(body)) =>
  extractAttachments(sourceOf(body, attachments)).map(({ number, name, at }) => [
    number,
    name,
    body.slice(at.start, at.end),
  ]);

describe('attachments', () => {
  const list = '附件：1.项目表\n2.项目申报书\n3.企业实践申报表';

  it('lists those that the notice lists, with their numbers', () => {
    expect(attachmentsIn(`正文。\n${list}`)).toEqual([
      [1, '项目表', '项目表'],
      [2, '项目申报书', '项目申报书'],
      [3, '企业实践申报表', '企业实践申报表'],
    ]);
  });

  it('lists names that begin with a year', () => {
    expect(
      attachmentsIn('正文。\n附件：\n1.2025年停开课程表.xlsx\n2.选课申请表.docx').map(([number]) => number),
    ).toEqual([1, 2]);
  });

  it('names those that the text mentions', () => {
    const found = attachmentsIn(
      `填写《企业实践申报表》（附件3），各项目见附件1，申报书和申报表（附件2、3）盖章。\n${list}`,
    );
    expect(found.slice(0, 4)).toEqual([
      [3, '企业实践申报表', '附件3'],
      [1, '项目表', '附件1'],
      [2, '项目申报书', '附件2、3'],
      [3, '企业实践申报表', '附件2、3'],
    ]);
  });

  it('reads 附件二 and names the title behind it', () => {
    expect(attachmentsIn('请填写附件二《承诺书》。')).toEqual([[2, '承诺书', '附件二']]);
  });

  it('takes a mention without a number for the only one there is', () => {
    expect(attachmentsIn('名单详见附件。\n附件：拟录取名单')).toEqual([
      [null, '拟录取名单', '附件'],
      [null, '拟录取名单', '拟录取名单'],
    ]);
    expect(attachmentsIn('详见附件。')).toEqual([[null, '', '附件']]);
  });

  it('places a file at its name or at the mention of it, and leaves out one that the text nowhere mentions', () => {
    const file: Attachment = { kind: 'file', number: null, name: '拟录取名单.xlsx' };
    expect(attachmentsIn('公布拟录取名单。', [file])).toEqual([[null, '拟录取名单.xlsx', '拟录取名单']]);
    expect(attachmentsIn('名单见附件。', [file])).toContainEqual([null, '拟录取名单.xlsx', '附件']);
    expect(attachmentsIn('名单另发。', [file])).toEqual([]);
  });

  it('any text gives facts that stand where they say, and never an error', () => {
    const piece = fc.constantFrom(
      ...'附件123、：:.\n《》（）〔〕[]号第令年〔2024'.split(''),
      '附件',
      '2024',
      '公告',
      '名单表',
      '编号：',
      '。',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
        (body) => {
          const source = sourceOf(body, listedAttachments(body));
          expect(misplaced(body, [...extractAttachments(source), ...extractNumbers(source)])).toBeNull();
        },
      ),
      { numRuns: 1500 },
    );
  });
});
