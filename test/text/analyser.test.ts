import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analyser } from '../../src/text/analyser.js';
import { bigramTerms } from '../../src/text/tokenizer.js';
import { fakeAnalyser } from '../support/fake-analyser.js';

const analyser: Analyser = fakeAnalyser({
  words: ['公示', '在线精品课程', '精品', '课程', '南岭区', '东湖', '校区', '哪个', '区', 'vr'],
  places: ['河北省', '天津', '中国', '蓟州区'],
  people: ['江小舟'],
  nouns: ['电话', '办公室'],
  specificity: { 公示: 0.2, 在线精品课程: 0.9, 精品: 0.4 },
});

describe('the index terms of a text', () => {
  it('are its pairs of Han characters, and never across punctuation', () => {
    expect(bigramTerms('公示期，截止')).toEqual(['公示', '示期', '截止']);
  });

  it('are whole runs of letters and digits', () => {
    expect(bigramTerms('电话022-83215136转vr2')).toEqual(['电话', '022', '83215136', '转', 'vr2']);
  });

  it('are single characters where nothing stands beside them', () => {
    expect(bigramTerms('第 3 名')).toEqual(['第', '3', '名']);
  });

  it('are also the words of three characters and more', () => {
    expect(analyser.terms('在线精品课程')).toEqual(['在线', '线精', '精品', '品课', '课程', '在线精品课程']);
  });

  it('hold a word of three characters, and one of two as a pair only', () => {
    expect(analyser.terms('办公室')).toEqual(['办公', '公室', '办公室']);
    expect(analyser.terms('电话')).toEqual(['电话']);
  });

  it('are those of the folded text', () => {
    expect(analyser.terms('在線精品課程ＶＲ')).toEqual(analyser.terms('在线精品课程vr'));
  });

  it('are none for a text without words', () => {
    expect(analyser.terms('，。 ！')).toEqual([]);
    expect(analyser.terms('')).toEqual([]);
  });

  it('hold no blanks, no punctuation and no capitals, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('公', '示', '，', 'A', '1', ' ', '。', 'Ｖ', '課', '（', '\n'),
          maxLength: 40,
        }),
        (text) => {
          for (const term of analyser.terms(text)) expect(term).toMatch(/^(?:[\u3400-\u9fff]+|[a-z0-9]+)$/);
        },
      ),
    );
  });
});

describe('the terms within words', () => {
  it('do not span two words', () => {
    expect(analyser.wordTerms('公示电话')).toEqual(['公示', '电话']);
  });

  it('are pairs of a longer word', () => {
    expect(analyser.wordTerms('在线精品课程')).toEqual(['在线', '线精', '精品', '品课', '课程']);
  });

  it('hold a pair that no dictionary joins, if the notices know it', () => {
    expect(analyser.wordTerms('窨井')).toEqual(['窨井']);
    expect(analyser.wordTerms('窨井', (pair) => pair === '窨井')).toEqual(['窨井']);
    expect(analyser.wordTerms('窨井', () => false)).toEqual([]);
  });

  it('hold no such pair with a function character', () => {
    expect(analyser.wordTerms('窨的')).toEqual([]);
    expect(analyser.wordTerms('窨井在')).toEqual(['窨井']);
  });

  it('hold no pair across a run of digits or punctuation', () => {
    expect(analyser.wordTerms('窨2井')).toEqual([]);
    expect(analyser.wordTerms('窨，井')).toEqual([]);
    expect(analyser.wordTerms('窨2024井')).toEqual(['2024']);
  });
});

describe('the specificity of a term', () => {
  it('is that of its word, the highest of several', () => {
    const found = analyser.specificity('精品公示，在线精品课程');
    expect(found.get('公示')).toBe(0.2);
    expect(found.get('精品')).toBe(0.9);
    expect(analyser.specificity('在线精品课程，精品').get('精品')).toBe(0.9);
    expect(found.get('品公')).toBeUndefined();
  });

  it('is full for letters and digits', () => {
    expect(analyser.specificity('2024公示').get('2024')).toBe(1);
  });

  it('is not known for single characters', () => {
    expect([...analyser.specificity('甲').keys()]).toEqual([]);
  });
});

describe('the pairs to check for misspellings', () => {
  it('are those within words, and those of single characters side by side', () => {
    expect(analyser.spellingPairs('公示客程')).toEqual(['公示', '客程']);
    expect(analyser.spellingPairs('客公示程')).toEqual(['公示']);
    expect(analyser.spellingPairs('2024')).toEqual([]);
  });
});

describe('the nouns, people and places of a text', () => {
  it('are the terms of its nouns', () => {
    expect(analyser.nounTerms('公示办公室电话')).toEqual(['办公', '公室', '电话']);
  });

  it('are the names of people', () => {
    expect(analyser.people('找江小舟老师')).toEqual(['江小舟']);
    expect(analyser.people('找老师')).toEqual([]);
  });

  it('are the places without their rank, each once', () => {
    expect(analyser.places('河北省的蓟州区，蓟州区')).toEqual(['河北', '蓟州']);
  });

  it('keep the rank of a name that would be one character, and leave out 中国', () => {
    expect(analyser.places('天津和中国')).toEqual(['天津']);
  });
});

describe('the subdivisions that a text names', () => {
  it('are read from one word or from a name and its kind', () => {
    expect(analyser.subdivisions('南岭区停水')).toEqual([{ name: '南岭', kind: '区' }]);
    expect(analyser.subdivisions('东湖校区食堂')).toEqual([{ name: '东湖', kind: '校区' }]);
  });

  it('are none for a kind without a name', () => {
    expect(analyser.subdivisions('哪个区停水')).toEqual([]);
    expect(analyser.subdivisions('区停水')).toEqual([]);
    expect(analyser.subdivisions('公示')).toEqual([]);
  });
});
