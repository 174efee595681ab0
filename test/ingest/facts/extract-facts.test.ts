import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../../src/ingest/pipeline/ingest.js';
import { createIngestDependencies } from '../../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { dataFiles } from '../../../src/bootstrap/data-files.js';
import type { Fact, ItemFact } from '../../../src/domain/fact.js';
import type { Notice } from '../../../src/domain/notice.js';
import { createFactExtractor, loadFactRules } from '../../../src/ingest/facts/extract-facts.js';
import { parseFact } from '../../../src/store/notices/fact-schema.js';
import { createMemoryStore } from '../../../src/store/notices/memory-notice-store.js';
import { misplaced } from './item/kit.js';

const extract = createFactExtractor(loadFactRules(dataFiles.directory));

function noticeOf(body: string, title = '关于测试的通知'): Notice {
  return {
    id: 'test',
    title,
    publishedOn: '2024-03-11',
    dateOrigin: 'stated',
    column: null,
    body,
    attachments: [],
    url: null,
    raw: { title, body, attachments: [] },
    repairs: [],
    contentHash: '',
  };
}

const BODY =
  '根据《考试管理办法》（江教考〔2023〕12号），拟认定江州一中、江州二中等12所学校，公示5个工作日。名单见附件。';

describe('all facts of a notice', () => {
  it('are found by one entry, in order of place', () => {
    const facts = extract(noticeOf(BODY));
    const kinds: Fact['kind'][] = ['item', 'quantity', 'document-number', 'attachment'];
    expect(facts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
    expect(facts.map(({ at }) => at.start)).toEqual(facts.map(({ at }) => at.start).sort((a, b) => a - b));
  });

  it('read the cells of a table, and a merged cell for all of its rows', () => {
    const body =
      '咨询安排\n科室\t联系人\t电话\n教务科\t江小舟\t0571-5555 0186\n\t罗一帆\t0571-5555 0187\n学生科\t计一然\t0571-5555 0188';
    const contacts = extract(noticeOf(body)).flatMap((fact) => (fact.kind === 'contact' ? [fact] : []));
    expect(contacts.map(({ value, persons, role, office }) => [value, ...persons, role ?? office])).toEqual([
      ['0571-5555 0186', '江小舟', '教务科'],
      ['0571-5555 0187', '罗一帆', '教务科'],
      ['0571-5555 0188', '计一然', '学生科'],
    ]);
    expect(misplaced(body, contacts)).toBeNull();
  });

  it('stand where they say, and are what the store knows', () => {
    const piece = fc.constantFrom(
      ...BODY.split(''),
      '《通知》',
      '等3个',
      '（01）',
      '附件2：名单',
      '\n',
      '一、',
      '〔2024〕3号',
      '50%',
      '“甲”“乙”',
    );
    const body = fc.array(piece, { maxLength: 120 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(body, (text) => {
        const facts = extract(noticeOf(text));
        expect(misplaced(text, facts)).toBeNull();
        for (const fact of facts) expect(parseFact({ ...fact })).toEqual(fact);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the time that extraction takes', () => {
  const timed = (body: string): number => {
    const start = performance.now();
    extract(noticeOf(body));
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

const EXPORT = '../shared/corpus/tianjin-2024-03.txt';
const present = existsSync(EXPORT);
if (!present) console.log(`${EXPORT} is not there: facts of the real export are not checked`);

describe.skipIf(!present)('the facts of the real export', () => {
  const facts: { readonly title: string; readonly body: string; readonly facts: readonly Fact[] }[] = [];
  beforeAll(async () => {
    const store = createMemoryStore();
    const now = (): Date => new Date('2024-03-14T09:00:00+08:00');
    const settings = { dataDir: '', sourceMaxBytes: 64 * 1024 * 1024, now, onRebuild: () => undefined };
    await ingest([EXPORT], createIngestDependencies(loadProgramData(), settings, store));
    for await (const { notice } of store.all()) {
      facts.push({ title: notice.title, body: notice.body, facts: extract(notice) });
    }
  });
  const of = (title: string): readonly Fact[] => facts.find((notice) => notice.title.includes(title))?.facts ?? [];
  const items = (title: string): ItemFact[] => of(title).filter((fact) => fact.kind === 'item');
  /** The names of the list that holds `name`. */
  const listWith = (title: string, name: string): string[] => {
    const list = items(title).find((item) => item.name === name)?.list;
    return items(title)
      .filter((item) => item.list === list)
      .map((item) => item.name);
  };
  const quantities = (title: string): string[] =>
    of(title).flatMap((fact) => (fact.kind === 'quantity' ? [`${String(fact.value)}${fact.unit}${fact.of}`] : []));

  it('stand where they say', () => {
    for (const notice of facts) expect(misplaced(notice.body, notice.facts)).toBeNull();
  });

  it('hold eight districts and four universities', () => {
    expect(listWith('8个区', '河东区')).toEqual([
      '河东区',
      '河西区',
      '河北区',
      '红桥区',
      '西青区',
      '津南区',
      '北辰区',
      '武清区',
    ]);
    const universities = listWith('4所高校', '南开大学');
    expect([...universities].sort()).toEqual(
      ['天津中医药大学', '天津医科大学', '南开大学', '天津中德应用技术大学'].sort(),
    );
  });

  it('hold three courses, and three kinds of training with their numbers', () => {
    expect(listWith('在线精品课程', '药事管理实务')).toEqual([
      '软性接触镜验配技术',
      '特殊人群屈光检查',
      '药事管理实务',
    ]);
    expect(items('在线精品课程')).toContainEqual(expect.objectContaining({ name: '运输包装与测试技术', total: 85 }));
    expect(listWith('骨干学员', '乡村骨干班主任')).toEqual(['乡村优秀青年教师', '乡村学科骨干教师', '乡村骨干班主任']);
    expect(
      quantities('骨干学员')
        .slice(0, 3)
        .map((text) => text.slice(0, 3)),
    ).toEqual(['100', '99名', '98名']);
  });

  it('hold twelve projects with their codes, and eight attachments', () => {
    const projects = items('承担机构').filter(({ form, listOf }) => form === 'point' && listOf === '项目');
    expect(projects.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(projects[8]?.name).toBe('教师企业实践');
    expect(items('承担机构')).toContainEqual(
      expect.objectContaining({ listOf: '教师培训类项目', name: '11', number: 11 }),
    );
    const attachments = of('承担机构').filter((fact) => fact.kind === 'attachment');
    expect(new Set(attachments.map(({ number }) => number))).toEqual(new Set([null, 1, 2, 3, 4, 5, 6, 7, 8]));
    expect(attachments.find(({ number }) => number === 3)?.name).toContain('教师企业实践项目');
    expect(listWith('承担机构', '师资费')).toHaveLength(7);
  });

  it('hold six arrangements, four directions of research and four alliances', () => {
    const arrangements = items('近视防控').filter(({ listOf }) => listOf === '部署');
    expect(arrangements.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(listWith('感知科学', '无损检测技术与仪器')).toHaveLength(4);
    expect(listWith('巡视整改', '数字经济')).toEqual(['信创', '高端装备', '生物医药', '数字经济']);
  });

  it('hold numbers of documents with their titles', () => {
    const numbers = of('在线精品课程').flatMap((fact) => (fact.kind === 'document-number' ? [fact.value] : []));
    expect(numbers).toEqual(['教职成厅函〔2023〕26号', '津教职函〔2024〕3号']);
    expect(of('8个区')).toContainEqual(
      expect.objectContaining({ value: '教督〔2017〕6号', title: '县域义务教育优质均衡发展督导评估办法' }),
    );
  });

  it('hold quantities with what they count', () => {
    expect(quantities('在线精品课程').slice(0, 4)).toEqual(['85门课程', '13门中职', '72门高职', '28门课程']);
    expect(quantities('巡视整改')).toContain('28500个义务教育学位');
    expect(quantities('巡视整改')).toContain('206条整改措施');
    expect(quantities('承担机构').some((text) => text.startsWith('550元/天'))).toBe(true);
  });
});
