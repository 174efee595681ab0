import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/answer.js';
import type { Notice } from '../../../src/domain/notice.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { asking, isSaid } from '../../support/world.js';
import { notice } from '../../support/texts.js';

const extract = createFactExtractor(loadProgramData().facts);
const NOW = new Date('2025-03-20T02:00:00Z');

const CLINIC = notice(
  'clinic',
  '柏溪县人民医院4月专家出诊表',
  [
    '各位患者：4月专家出诊安排如下。',
    '科室\t星期\t上午\t下午',
    '呼吸内科\t周二\t岑望舒主任医师\t停诊',
    '\t周四\t停诊\t岑望舒主任医师',
    '皮肤科\t周二\t柏知远副主任医师\t柏知远副主任医师',
    '皮肤科\t周五\t停诊\t邬青禾主治医师',
    '挂号费：主任医师号28元，普通号12元。',
  ].join('\n'),
  { publishedOn: '2025-03-18' },
);
const COURSES = notice(
  'courses',
  '柏溪县文化馆春季免费培训招生简章',
  [
    '面向全县居民招生，每人限报一门，报满为止。',
    '课程　时间　教室　名额',
    '古筝入门　周三晚7点　艺术楼302　20',
    '少儿素描　周六上午9点　艺术楼205　25',
    '太极剑　周日上午8点　北广场　40',
    '报名请到服务台登记，须携带身份证和一寸照片两张；不接受电话报名。',
  ].join('\n'),
  { publishedOn: '2025-03-12' },
);
const EXAM = notice(
  'exam',
  '柏溪县2025年二级造价工程师考试报名公告',
  '报名时间：2025年4月7日至4月16日。考试费每科65元，共两科。主考联系：县人事考试办蔺桥。',
  { publishedOn: '2025-03-10' },
);
const notices: readonly Notice[] = [CLINIC, COURSES, EXAM];

async function said(question: string): Promise<Answer> {
  return (await asking(notices, NOW, (of) => [...extract(of)])).ask(question);
}
const words = async (question: string): Promise<string> => {
  const answer = await said(question);
  return answer.kind === 'answer' ? answer.answer : answer.kind;
};

describe('a table', () => {
  it.each([
    ['呼吸内科周二上午谁出诊', '岑望舒'],
    ['皮肤科周五下午是哪位医生', '邬青禾'],
    ['少儿素描什么时间上课', '周六上午9点'],
    ['太极剑在哪上课', '北广场'],
    ['古筝入门招多少人', '20'],
  ])('answers %s from the cell of the row and column that are named', async (question, expected) => {
    expect(await words(question)).toContain(expected);
  });

  it('knows the key of a row whose first cell was merged with the one above', async () => {
    const answer = await words('呼吸内科周四下午谁出诊');
    expect(answer).toContain('岑望舒');
    expect(answer).toContain('呼吸内科');
  });

  it('says a row only of literal words, whatever is asked', async () => {
    const answer = await said('古筝入门在哪个教室');
    if (answer.kind !== 'answer') throw new Error(answer.kind);
    for (const run of answer.answer.match(/[0-9]{3,}/g) ?? []) expect(COURSES.body).toContain(run);
    expect(COURSES.body).toContain(answer.quote);
  });
});

describe('what is asked and nobody says', () => {
  it.each([
    '柏溪县一级造价工程师考试什么时候报名',
    '文化馆馆长是谁',
    '造价工程师考试第一名是谁',
    '柏溪县明天下雨吗',
    '太极剑学费多少钱',
  ])('is refused: %s', async (question) => {
    expect(isSaid(await said(question))).toBe(false);
  });
});

describe('other words for what a notice says', () => {
  it.each([
    ['能打电话报名文化馆的培训吗', '不接受电话报名'],
    ['文化馆培训报名要带什么', '身份证'],
    ['造价工程师考一科多少钱', '65'],
  ])('are understood: %s', async (question, expected) => {
    const answer = await said(question);
    expect(answer.kind === 'answer' ? `${answer.answer}\n${answer.quote}` : answer.kind).toContain(expected);
  });
});
