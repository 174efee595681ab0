import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../../src/ingest/pipeline/ingest.js';
import { createIngestDependencies } from '../../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import type { Fact, ItemFact } from '../../../src/domain/fact.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { createMemoryStore } from '../../../src/store/notices/memory-notice-store.js';
import { REAL_EXPORT } from '../../support/shared-corpus.js';
import { misplaced } from './kit.js';

const data = loadProgramData();
const extract = createFactExtractor(data.facts);
const present = existsSync(REAL_EXPORT);
if (!present) console.log(`${REAL_EXPORT} is not there: facts of the real export are not checked`);

describe.skipIf(!present)('the facts of the real export', () => {
  const facts: { readonly title: string; readonly body: string; readonly facts: readonly Fact[] }[] = [];
  beforeAll(async () => {
    const store = createMemoryStore();
    const now = (): Date => new Date('2024-03-14T09:00:00+08:00');
    const settings = { dataDir: '', sourceMaxBytes: 64 * 1024 * 1024, now, onRebuild: () => undefined };
    await ingest([REAL_EXPORT], createIngestDependencies(data, settings, store));
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
