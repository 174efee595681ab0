import { describe, expect, it } from 'vitest';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { parseQuery, type Query } from '../../../src/answering/query/parse-query.js';
import { realAnalyser } from '../../support/real-analyser.js';

const { vocabulary } = loadProgramData();
const read = (text: string): Query => parseQuery(text, realAnalyser(), vocabulary);
const others = (text: string, term: string): readonly string[] =>
  read(text).terms.find((own) => own.term === term)?.synonyms ?? [];
const terms = (text: string): string[] => read(text).terms.map(({ term }) => term);

describe('a question', () => {
  it.each([
    ['报名啥时候截止', 'deadline'],
    ['李老师电话多少', 'contact'],
    ['新增了多少门课程', 'number'],
    ['怎么提出异议', 'howto'],
    ['有哪些学校入选', 'list'],
    ['附件三是什么', 'attachment'],
    ['有没有关于停水的消息', 'find'],
    ['大赛的主题', 'fact'],
    ['你好！', 'chitchat'],
    ['您好，请问公示的电话', 'contact'],
  ])('%s asks for %s', (text, intent) => {
    expect(read(text).intent).toBe(intent);
  });

  it('is searched for without the words that only put it', () => {
    expect(terms('请问报名什么时候截止呢')).toEqual(terms('报名 截止'));
  });

  it('of nothing but such words is searched for as it stands', () => {
    expect(terms('什么时候')).not.toEqual([]);
  });

  it('has the same terms in traditional characters', () => {
    expect(terms('職業教育條例')).toEqual(terms('职业教育条例'));
  });

  it('also searches, at less weight, for what a short name stands for', () => {
    const { terms: own, expansions } = read('专升本考试');
    expect(own.find(({ term }) => term === '升本')?.weight).toBe(1);
    expect(expansions.find(({ term }) => term === '职升')?.weight).toBeLessThan(1);
  });

  it('takes a short name only for a word, not across words', () => {
    expect(others('天大招生', '天大')).toContain('天津大学');
    expect(others('今天大会几点开', '天大')).toEqual([]);
  });

  it('finds its words also where the notice has others for them', () => {
    expect(others('图书馆开门的日子', '开门')).toContain('开放');
  });

  it('of a turn of phrase is about what notices call it', () => {
    const { subject, terms: own } = read('体检要带啥');
    expect(own.map(({ term }) => term)).toContain('携带');
    expect([...subject]).toEqual(['体检']);
    expect([...read('理发收钱吗').subject]).toContain('收费');
  });

  it('wants an amount in the units that its measure word goes with', () => {
    expect(read('新增多少门课程').ask).toEqual({ kind: 'quantity', units: ['门'] });
    expect(read('报名费多少钱').ask).toMatchObject({
      kind: 'quantity',
      units: expect.arrayContaining(['元']) as string[],
    });
    expect(read('哪几个学校入选').ask.kind).toBe('list');
    expect(read('第几个项目').ask.kind).not.toBe('quantity');
  });

  it('asks for a phone by 手机 at its end only', () => {
    expect(read('张老师手机').ask).toMatchObject({ kind: 'contact' });
    expect(read('手机带进考场怎么处理').ask.kind).toBe('passage');
  });

  it('misspelt by ear is read as what the notices hold', () => {
    const held = new Set(['课程', '精品', '公示']);
    const index = { holds: (pair: string): boolean => held.has(pair), idf: (pair: string): number => pair.length };
    const known = { people: new Set<string>(), index };
    const { terms: own } = parseQuery('精品客程公示', realAnalyser(), vocabulary, known);
    expect(own.find(({ term }) => term === '客程')?.synonyms).toEqual(['课程']);
    expect(own.find(({ term }) => term === '公示')?.synonyms).not.toContain('攻势');
  });

  it('names years and places', () => {
    expect(read('2025年河北省的报名时间')).toMatchObject({ years: ['2025'], places: ['河北'] });
    expect(read('电话20241234').years).toEqual([]);
  });
});
