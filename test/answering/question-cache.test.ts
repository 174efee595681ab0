import { describe, expect, it } from 'vitest';
import { QuestionCache } from '../../src/answering/question-cache.js';
import type { LoadedIndex } from '../../src/index/loaded-index.js';
import type { Query } from '../../src/answering/query/parse-query.js';

/** Readings that note what was read; questions that only have their text. */
function noting() {
  const read: string[] = [];
  const readings = new QuestionCache((text) => {
    read.push(text);
    return { text } as Query;
  });
  return { read, readings };
}

const anIndex = (): LoadedIndex => ({}) as LoadedIndex;
const NOON = new Date('2024-12-31T12:00:00+08:00');
const MIDNIGHT = new Date('2025-01-01T00:00:00+08:00');

describe('questions read before', () => {
  it('are not read again', () => {
    const { read, readings } = noting();
    const index = anIndex();
    expect(readings.get('公示到哪天', index, NOON)).toBe(readings.get('公示到哪天', index, NOON));
    expect(read).toEqual(['公示到哪天']);
  });

  it('are read anew from another index: it knows other people and other words', () => {
    const { read, readings } = noting();
    readings.get('王丽楠电话', anIndex(), NOON);
    readings.get('王丽楠电话', anIndex(), NOON);
    expect(read).toHaveLength(2);
  });

  it('are read anew on another day in Shanghai: 去年 is another year', () => {
    const { read, readings } = noting();
    const index = anIndex();
    readings.get('去年的通知', index, NOON);
    readings.get('去年的通知', index, MIDNIGHT);
    expect(read).toHaveLength(2);
  });

  it('are forgotten when many others came', () => {
    const { read, readings } = noting();
    const index = anIndex();
    for (let i = 0; i < 1000; i++) readings.get(`问题${i}`, index, NOON);
    readings.get('问题999', index, NOON);
    expect(read).toHaveLength(1000);
    readings.get('问题0', index, NOON);
    expect(read).toHaveLength(1001);
  });
});
