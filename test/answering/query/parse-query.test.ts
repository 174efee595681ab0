import { describe, expect, it } from 'vitest';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { parseQuery, type IndexVocabulary, type Query } from '../../../src/answering/query/parse-query.js';
import type { Vocabulary } from '../../../src/answering/query/vocabulary.js';
import { fakeAnalyser } from '../../support/fake-analyser.js';

/** The shipped cues, with a handful of frames, synonyms and paraphrases of this test's own. */
const vocabulary: Vocabulary = {
  ...loadProgramData().vocabulary,
  frames: ['请问', '的', '呢', '吗'],
  englishFrames: new Set(['the', 'is']),
  chitchat: new Set(['你好', '谢谢', '您好']),
  rejectedPhrases: ['忽略以上'],
  synonyms: new Map([
    ['开门', ['开放']],
    ['天大', ['天津大学']],
    ['专升本', ['专科升本科']],
  ]),
  synonymWeight: 0.5,
  paraphrases: [
    { phrase: '要带啥', replacement: '携带', synonyms: ['自带'], namesFactKind: true },
    { phrase: '收钱', replacement: '收费', synonyms: [], namesFactKind: false },
  ],
};
const analyser = fakeAnalyser({
  words: [
    '公示',
    '报名',
    '开门',
    '天大',
    '今天',
    '大会',
    '体检',
    '携带',
    '理发',
    '收费',
    '南岭区',
    '截止',
    '招生',
    '课程',
  ],
  places: ['天津'],
  people: ['江小舟'],
  nouns: ['图书馆'],
  specificity: { 公示: 0.1 },
});
const NOW = new Date('2025-12-31T20:00:00Z');
const read = (text: string, known?: IndexVocabulary): Query => parseQuery(text, analyser, vocabulary, known, NOW);
const weights = (text: string): Record<string, number> =>
  Object.fromEntries(read(text).terms.map(({ term, weight }) => [term, weight]));

describe('the terms of a query', () => {
  it('leave out the words that only put the question', () => {
    expect(weights('请问招生的课程呢')).toEqual({ 招生: 1, 课程: 1 });
    expect(weights('what is the VR')).toEqual({ what: 1, vr: 1 });
  });

  it('weigh less where they only name the kind of fact', () => {
    expect(weights('招生的电话')).toEqual({ 招生: 1, 电话: 0.3 });
  });

  it('weigh fully where the question asks for nothing but the kind of fact', () => {
    expect(weights('电话')).toEqual({ 电话: 1 });
  });

  it('are the whole question where it is made of frames only', () => {
    expect(Object.keys(weights('请问呢'))).toEqual(['请问', '问呢']);
  });

  it('are each listed once, at the highest weight', () => {
    const { terms } = read('公示公示的公示');
    expect(terms.filter(({ term }) => term === '公示')).toHaveLength(1);
  });

  it('know how specific their word is, and those across words count fully', () => {
    const { terms } = read('公示甲乙');
    expect(terms.find(({ term }) => term === '公示')?.specificity).toBe(0.1);
    expect(terms.find(({ term }) => term === '示甲')?.specificity).toBe(1);
  });

  it('know the synonyms of their word, also of a longer one', () => {
    const alternatives = (text: string, of: string) => read(text).terms.find(({ term }) => term === of)?.synonyms;
    expect(alternatives('图书馆开门', '开门')).toEqual(['开放']);
    expect(alternatives('图书馆开门', '图书')).toEqual([]);
    expect(alternatives('专升本', '升本')).toEqual(['专科升本科']);
  });

  it('take a short word for one with synonyms only where it is a word', () => {
    expect(read('今天大会').terms.flatMap(({ synonyms }) => synonyms)).toEqual([]);
    expect(read('天大招生').terms.flatMap(({ synonyms }) => synonyms)).toContain('天津大学');
  });

  it('are expanded by those of the synonyms, at their weight and without its own', () => {
    expect(read('图书馆开门').expansions).toEqual([{ term: '开放', weight: 0.5 }]);
    expect(read('天大招生').expansions.map(({ term }) => term)).toEqual(['天津', '津大', '大学']);
    expect(read('公示').expansions).toEqual([]);
    expect(read('开放时开门').expansions).toEqual([]);
  });

  it('are those of the words by which notices say a paraphrase', () => {
    const { terms, subject, factKindWords } = read('体检要带啥');
    expect(terms.map(({ term }) => term).sort()).toEqual(['体检', '携带']);
    expect(terms.find(({ term }) => term === '携带')).toMatchObject({ weight: 0.3, synonyms: ['自带'] });
    expect([...subject]).toEqual(['体检']);
    expect(factKindWords).toContain('要带啥');
    expect([...read('理发收钱').subject]).toEqual(['理发', '收费']);
  });
});

describe('a query that is misspelt by ear', () => {
  const known = (...held: string[]): IndexVocabulary => ({
    people: new Set(),
    index: { holds: (pair) => held.includes(pair), idf: (pair) => pair.charCodeAt(0) },
  });

  it('takes what the notices hold as a synonym', () => {
    const [term] = read('客程', known('课程', '公示')).terms;
    expect(term).toMatchObject({ term: '客程', synonyms: ['课程'] });
  });

  it('is left alone where a notice holds it as it stands', () => {
    expect(read('客程', known('课程', '客程')).terms[0]?.synonyms).toEqual([]);
  });

  it('is about a pair that no dictionary joins only if a notice holds it', () => {
    expect([...read('窨井', known('窨井')).subject]).toEqual(['窨井']);
    expect([...read('窨井', known('课程')).subject]).toEqual([]);
    expect([...read('窨井').subject]).toEqual(['窨井']);
  });

  it('is left alone where no index is given', () => {
    expect(read('客程').terms[0]?.synonyms).toEqual([]);
  });
});

describe('the kind of a query', () => {
  it.each([
    ['你好', 'chitchat'],
    ['你好，谢谢！', 'chitchat'],
    ['忽略以上，公示到哪天', 'chitchat'],
    ['您好，公示电话', 'contact'],
    ['报名什么时候截止', 'deadline'],
    ['大会', vocabulary.fallback],
  ])('%s is %s', (text, intent) => {
    expect(read(text).intent).toBe(intent);
  });

  it('is a passage for a yes-no question that names a channel only as a means', () => {
    expect(read('能打电话报名吗').ask).toEqual({ kind: 'passage' });
    expect(read('有电话吗').ask).toMatchObject({ kind: 'contact', channels: ['phone'] });
  });

  it('is a value only where a yes-no question asks for one', () => {
    expect(read('能看时间吗').ask).toEqual({ kind: 'passage' });
    expect(read('什么时间能看吗').ask.kind).toBe('period');
  });

  it('reads through typing errors in its cue words', () => {
    expect(read('公示什么时侯结束').ask).toMatchObject({ kind: 'period', edge: 'end' });
    expect(read('南岭区那天停水').folded).toBe('南岭区哪天停水');
    expect(read('那天停水是什么时候').folded).toContain('那天');
  });
});

describe('what a query names', () => {
  it('are batches, sessions and years', () => {
    expect(read('2024年第三批和第2届').ordinals).toEqual(['第三批', '第2届']);
    expect(read('2024年第三批和2025年').years).toEqual(['2024', '2025']);
    expect(read('电话20241234').years).toEqual([]);
  });

  it('are the years that 去年 and 今年 mean in Shanghai at the moment of asking', () => {
    expect(read('去年的公示').relativeYears).toEqual(['2025']);
    expect(read('今年和前年的公示').relativeYears).toEqual(['2026', '2024']);
    expect(read('公示').relativeYears).toEqual([]);
  });

  it('are days with two digits each', () => {
    expect(read('3月5日到12月31号').days).toEqual(['03-05', '12-31']);
  });

  it('are holidays, with all their names', () => {
    const { occasions } = read('国庆放假几天');
    expect(occasions.named.flat()).toContain('国庆');
    expect(occasions.all.length).toBeGreaterThan(occasions.named.length);
  });

  it('are parts, places and people', () => {
    expect(read('天津南岭区江小舟')).toMatchObject({
      parts: [{ name: '南岭', kind: '区' }],
      places: ['天津'],
      named: ['江小舟'],
    });
  });

  it('are the people of the notices, also with one character wrong', () => {
    const known: IndexVocabulary = { people: new Set(['耿昊伟', '罗一帆']), index: null };
    expect(read('耿昊伟电话', known).people).toEqual(['耿昊伟']);
    expect(read('耿浩伟电话', known).people).toEqual(['耿昊伟']);
    expect(read('耿浩为电话', known).people).toEqual([]);
  });
});

describe('the head of a query', () => {
  it('is the event behind the interrogative, or what stands before it', () => {
    expect(read('哪天报名').head).toBe('报名');
    expect(read('课程多少').head).toBe('课程');
    expect(read('公示').head).toBeNull();
  });
});
