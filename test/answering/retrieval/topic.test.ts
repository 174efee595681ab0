import { describe, expect, it } from 'vitest';
import type { Query, QueryTerm } from '../../../src/answering/query/parse-query.js';
import { Regions } from '../../../src/answering/retrieval/regions.js';
import { separateTopic } from '../../../src/answering/retrieval/ranking-features.js';

const regions = new Regions([{ name: '广西', within: ['南宁'] }]);
const termOf = (term: string): QueryTerm => ({ term, weight: 1, synonyms: [], specificity: 1 });

function topicOf(text: string, ...terms: string[]) {
  return separateTopic({ text } as Query, terms.map(termOf), regions);
}

describe('the topic of a question', () => {
  it('is what it asks apart from its region', () => {
    const { regions: found, terms, weight } = topicOf('南宁市租房补贴标准', '南宁', '租房', '补贴', '标准');
    expect(found.map(({ name }) => name)).toEqual(['南宁']);
    expect(terms.map((one) => [one.term, one.weight])).toEqual([
      ['南宁', 0],
      ['租房', 1],
      ['补贴', 1],
      ['标准', 1],
    ]);
    expect(weight).toBe(3);
  });

  it('loses the words that only join the region to it', () => {
    expect(topicOf('广西壮族自治区政府对租房补贴').text.trim()).toBe('租房补贴');
    expect(topicOf('南宁的租房补贴').text.trim()).toBe('租房补贴');
  });

  it('keeps the words before the region', () => {
    expect(topicOf('请问南宁市补贴').text.replaceAll(' ', '')).toBe('请问补贴');
  });

  it('is the whole question where fewer than three terms would be left', () => {
    const { terms, weight } = topicOf('南宁补贴标准', '南宁', '补贴', '标准');
    expect(terms.map((one) => one.weight)).toEqual([1, 1, 1]);
    expect(weight).toBe(3);
  });

  it('is the whole question where it names no region', () => {
    expect(topicOf('租房补贴', '租房', '补贴')).toMatchObject({ regions: [], text: '租房补贴', weight: 2 });
  });
});
