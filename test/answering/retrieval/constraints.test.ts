import { describe, expect, it } from 'vitest';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { parseQuery } from '../../../src/answering/query/parse-query.js';
import { isOfOtherPlace, isOfOtherYear, satisfiesConstraints } from '../../../src/answering/retrieval/constraints.js';
import { fakeAnalyser } from '../../support/fake-analyser.js';
import { indexed } from '../../support/small-index.js';

const { vocabulary } = loadProgramData();
const analyser = fakeAnalyser({ words: ['南岭区', '北岭区', '东湖校区', '西山校区'] });
const AGREES = { regionHead: 0, regionMentioned: 0, otherRegionTitle: 0, otherRegionHead: 0, uncalledRegion: 0 };

function satisfies(question: string, title: string, body = '正文。', features = AGREES): boolean {
  const now = new Date('2025-03-01T04:00:00Z');
  const query = parseQuery(question, analyser, vocabulary, undefined, now);
  return satisfiesConstraints({ notice: indexed(title, body, { publishedOn: null }), features }, query);
}

describe('a notice satisfies the constraints of a question', () => {
  it.each([
    ['of the year that it names', '2024年体检时间', '2024年体检通知', '2023年体检通知'],
    ['of the year that 去年 means', '去年体检时间', '2024年体检通知', '2025年体检通知'],
    ['of the school year that it names', '2023-2024学年校历', '2023-2024学年校历', '2024-2025学年校历'],
    ['of the batch that it names', '第二批名单', '第二批入选名单', '第一批入选名单'],
    ['of the session that it names', '第12届歌手大赛', '第12届歌手大赛通知', '第11届歌手大赛通知'],
    ['of the number in a name', '第一医院地址', '第一医院搬迁公告', '第二医院搬迁公告'],
    ['of the level in a name', '一级建造师报名', '一级建造师考试通知', '二级建造师考试通知'],
    ['of the bus line', '8路改道', '8路公交改道', '18路公交改道'],
    ['of the metro line', '3号线停运', '3号线停运公告', '2号线停运公告'],
    ['of the holiday', '国庆放假几天', '国庆节放假通知', '端午节放假通知'],
    ['of the district', '南岭区停水', '南岭区停水通知', '北岭区停水通知'],
    ['of the campus', '东湖校区食堂', '东湖校区食堂通知', '西山校区食堂通知'],
  ])('%s', (_of, question, right, other) => {
    expect(satisfies(question, right), right).toBe(true);
    expect(satisfies(question, other), other).toBe(false);
  });

  it.each([
    ['whose body names the other year', '2024年体检时间', '2023年体检通知', '2024年的时间另行通知。'],
    ['whose body names the batch', '第二批名单', '第一批入选名单', '第二批另行公布。'],
    ['whose range of lines holds the number', '5路改道', '公交改道公告', '1—8路绕行。'],
    ['whose list of lines holds the number', '5路改道', '公交改道公告', '4、5、6路绕行。'],
    ['that names no batch at all', '第二批名单', '入选名单公示', '名单见附件。'],
    ['that names no line of the kind', '8路改道', '南门封闭公告', '请绕行。'],
    ['that names no holiday in its title', '国庆放假几天', '放假通知', '放假三天。'],
    ['whose title names no district', '南岭区停水', '停水通知', '南门停水。'],
  ])('%s', (_of, question, title, body) => {
    expect(satisfies(question, title, body)).toBe(true);
  });

  it('unless the lines that it names do not hold the number', () => {
    expect(satisfies('9路改道', '公交改道公告', '1—8路绕行。')).toBe(false);
    expect(satisfies('7路改道', '公交改道公告', '4、5、6路绕行。')).toBe(false);
  });

  it('whatever a number says that only counts or dates', () => {
    expect(satisfies('3月体检时间', '5月体检通知')).toBe(true);
    expect(satisfies('一学期能选几门课', '二学期选课通知')).toBe(true);
  });

  it('only if it names the post whose holder is asked for', () => {
    expect(satisfies('院长是谁', '任命公告', '任命江小舟为院长。')).toBe(true);
    expect(satisfies('院长是谁', '任命公告', '任命江小舟为处长。')).toBe(false);
  });

  it('unless it is about other regions and names none of those asked for', () => {
    const other = { ...AGREES, otherRegionHead: 1 };
    expect(satisfies('体检时间', '体检通知', '正文。', other)).toBe(false);
    expect(satisfies('体检时间', '体检通知', '正文。', { ...other, regionMentioned: 0.5 })).toBe(true);
  });

  it('of a district that is misspelt by ear', () => {
    const known = {
      people: new Set<string>(),
      index: { holds: (pair: string) => pair === '宁渡', idf: () => 1 },
    };
    const query = parseQuery('宁度县停水', fakeAnalyser({ words: ['宁度县', '停水'] }), vocabulary, known);
    const of = (title: string) => ({ notice: indexed(title, '正文。'), features: AGREES });
    expect(query.parts).toEqual([{ name: '宁度', kind: '县' }]);
    expect(satisfiesConstraints(of('宁渡县停水通知'), query)).toBe(true);
    expect(satisfiesConstraints(of('青禾县停水通知'), query)).toBe(false);
  });
});

describe('a notice is of another year', () => {
  const of2023 = indexed('体检通知', '2023年体检。', { publishedOn: null });

  it('if question and notice name years, and none in common', () => {
    expect(isOfOtherYear(of2023, ['2024'])).toBe(true);
    expect(isOfOtherYear(of2023, ['2024', '2023'])).toBe(false);
    expect(isOfOtherYear(of2023, [])).toBe(false);
    expect(isOfOtherYear(indexed('体检通知', '体检。', { publishedOn: null }), ['2024'])).toBe(false);
  });

  it('by its day of publication too', () => {
    expect(isOfOtherYear(indexed('体检通知', '体检。', { publishedOn: '2024-01-02' }), ['2024'])).toBe(false);
  });
});

describe('a notice is of another place', () => {
  it('if the question names places and the notice none of them', () => {
    const notice = indexed('停水通知', '青禾停水。');
    expect(isOfOtherPlace(notice, ['南岭'])).toBe(true);
    expect(isOfOtherPlace(notice, ['南岭', '青禾'])).toBe(false);
    expect(isOfOtherPlace(notice, [])).toBe(false);
  });
});
