import { describe, expect, it } from 'vitest';
import { dataFiles } from '../../src/data-files.js';
import { understand, type Question } from '../../src/question/understand.js';
import { loadVocabulary } from '../../src/question/vocabulary.js';
import { realAnalyser } from '../support/texts.js';

const vocabulary = loadVocabulary(dataFiles.directory);
const read = (text: string): Question => understand(text, realAnalyser(), vocabulary);
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
    const expanded = read('专升本考试').terms;
    expect(expanded).toContainEqual({ term: '升本', weight: 1 });
    expect(expanded.find(({ term }) => term === '职升')?.weight).toBeLessThan(1);
  });

  it('takes a short name only for a word, not across words', () => {
    expect([...read('天大招生').subject]).toContain('津大');
    expect([...read('今天大会几点开').subject]).not.toContain('津大');
  });

  it('names years and places', () => {
    expect(read('2025年河北省的报名时间')).toMatchObject({ years: ['2025'], places: ['河北'] });
    expect(read('电话20241234').years).toEqual([]);
  });
});
