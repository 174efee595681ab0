import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import type { Notice } from '../../../src/domain/notice.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { parseFact } from '../../../src/store/notices/fact-schema.js';
import { misplaced } from './kit.js';

const extract = createFactExtractor(loadProgramData().facts);

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
