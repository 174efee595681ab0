import { describe, expect, it } from 'vitest';
import { parseQuery, type Query } from '../../../src/answering/query/parse-query.js';
import { AlignedQuestion } from '../../../src/answering/candidates/alignment.js';
import type { NoticeIndex } from '../../../src/index/notice-index.js';
import { fakeAnalyser, type FakeDictionary } from '../../support/fake-analyser.js';
import { knowledgeOf, vocabulary } from '../units-kit.js';

/** An index in which every term is as rare as can be, but for those given. */
const indexOf = (idf: Record<string, number> = {}): NoticeIndex => ({
  size: 10,
  search: () => [],
  scoreOf: () => 0,
  idf: (term) => idf[term] ?? 4,
  holds: () => false,
});
const ALIKE = { 小猫: 1, 门票: 1, 电动自行车: 1, 自行车: 1, 泳: 1 };

interface Given extends FakeDictionary {
  readonly content?: string;
  readonly lexicon?: string;
  readonly contrasts?: string;
  readonly synonyms?: Query['wordSynonyms'];
  readonly idf?: Record<string, number>;
}

function align(text: string, given: Given = {}): AlignedQuestion {
  const { content = text, lexicon, contrasts, synonyms = [], idf, ...dictionary } = given;
  const analyser = fakeAnalyser({ specificity: ALIKE, ...dictionary });
  const question = { ...parseQuery(text, analyser, vocabulary), folded: text, content, wordSynonyms: synonyms };
  return new AlignedQuestion(question, knowledgeOf(lexicon, contrasts), analyser, indexOf(idf));
}
const weightsOf = ({ words }: AlignedQuestion): Record<string, number> =>
  Object.fromEntries(words.map(({ word, weight }) => [word, weight]));
/** Level of the first word in each text. */
const levels = (question: AlignedQuestion, ...texts: string[]): number[] =>
  texts.map((text) => Number((question.align(text).levels[0] ?? NaN).toFixed(4)));

describe('the words of a question', () => {
  it('weigh 1 together, a rare one more than one that many notices hold', () => {
    const weights = weightsOf(align('小猫门票', { words: ['小猫', '门票'], idf: { 门票: 1 } }));
    expect(weights['小猫']).toBeCloseTo(0.8, 10);
    expect(weights['门票']).toBeCloseTo(0.2, 10);
  });

  it('keep 0.3 of it where they are common in Chinese, and 0.4 as a single character', () => {
    const common = weightsOf(align('小猫门票', { words: ['小猫', '门票'], specificity: { 小猫: 1, 门票: 0 } }));
    expect((common['门票'] ?? 0) / (common['小猫'] ?? 0)).toBeCloseTo(0.3, 10);
    const single = weightsOf(align('小猫泳', { words: ['小猫'] }));
    expect((single['泳'] ?? 0) / (single['小猫'] ?? 0)).toBeCloseTo(0.4, 10);
  });

  it('are none of the characters that ask, at most 24, and nouns where they name something', () => {
    expect(weightsOf(align('门票多少钱', { words: ['门票'], content: '门票 钱' }))).toEqual({ 门票: 1 });
    expect(weightsOf(align('门票钱', { words: ['门票'] }))).toHaveProperty('钱');
    const many = Array.from({ length: 30 }, (_, n) => `猫${'甲乙丙丁戊己'.charAt(n % 6)}${'东西南北中'.charAt(n % 5)}`);
    expect(align(many.join(''), { words: many }).words).toHaveLength(24);
    const { words } = align('小猫门票', { words: ['小猫'], nouns: ['门票'] });
    expect(words.map(({ isNoun }) => isNoun)).toEqual([false, true]);
  });

  it('are words of the lexicon too that the dictionary lacks, but not those that ask', () => {
    const given = { lexicon: '= 毛孩子 宠物\n= 电话 号码' };
    expect(weightsOf(align('毛孩子电话', { ...given, content: ' ' }))).toEqual({ 毛孩子: 1 });
    expect(align('毛孩子', { ...given, words: ['毛孩子'] }).words).toHaveLength(1);
  });
});

describe('the level at which a text meets a word', () => {
  it('is 1 for its letters, and less the looser the word that stands for it', () => {
    const lexicon = '= 小猫 猫咪\n< 小猫 | 宠物\n@ 小猫 | 猫舍';
    const synonyms = [{ word: '小猫', synonyms: ['喵星人'] }];
    const question = align('小猫', { words: ['小猫'], lexicon, synonyms });
    expect(levels(question, '有小猫', '猫咪', '喵星人', '宠物', '猫舍', '小狗')).toEqual([1, 0.85, 0.75, 0.5, 0.4, 0]);
    expect(levels(question, '宠物猫咪')).toEqual([0.85]);
  });

  it('is less for what stands for a part of it, and that of the whole for a part of a known word', () => {
    expect(levels(align('小猫窝', { words: ['小猫窝'], lexicon: '= 小猫 猫咪' }), '猫咪')).toEqual([0.595]);
    expect(levels(align('小猫窝', { words: ['小猫'], lexicon: '= 小猫窝 猫舍' }), '猫舍')).toEqual([0.85]);
  });

  it('is by the longest word of the lexicon, not by one within it', () => {
    const lexicon = '= 电动自行车 电瓶车\n= 自行车 单车';
    expect(levels(align('电动自行车', { words: ['电动自行车'], lexicon }), '电瓶车', '单车')).toEqual([0.85, 0]);
  });

  it('is 0.6 of the share of its pairs, from half of them on', () => {
    const question = align('电动自行车', { words: ['电动自行车'] });
    expect(levels(question, '电动的自行车', '电动行车', '电动')).toEqual([0.45, 0.3, 0]);
  });
});

describe('what a text holds besides', () => {
  const question = align('硕士a12号楼30电话几号', {
    words: ['硕士', '上册'],
    content: '硕士a12号楼30',
    contrasts: '上册 下册\n本科 硕士 博士',
  });

  it('are named and other members of the contrasts, numbers and cues, each as a mask', () => {
    expect(question.contrasts).toEqual([{ named: ['硕士'], others: ['本科', '博士'] }]);
    expect(question.numbers).toEqual(['a12', '30']);
    expect(question.requested.cues).toEqual(['几号', '电话']);
    expect(question.align('博士30')).toMatchObject({ named: 0, others: 1, numbers: 2, cues: 0 });
    expect(question.align('硕士电话a12')).toMatchObject({ named: 1, others: 0, numbers: 1, cues: 2 });
    expect(question.align('')).toEqual(question.nothing);
  });

  it('is joined over texts: the higher level of each word, and all of the masks', () => {
    const [one, other] = [question.align('硕士30'), question.align('博士电话')];
    expect(question.join([one, other])).toEqual({ levels: one.levels, named: 1, others: 1, numbers: 2, cues: 2 });
    expect(question.join([other, one])).toEqual(question.join([one, other]));
    expect(question.join([])).toEqual(question.nothing);
    expect(question.join([one])).toEqual(one);
  });
});
