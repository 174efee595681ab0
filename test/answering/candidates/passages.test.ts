import { describe, expect, it } from 'vitest';
import { PassageGenerator } from '../../../src/answering/candidates/passages.js';
import type { QueryTerm } from '../../../src/answering/query/parse-query.js';
import type { RankedNotice } from '../../../src/answering/retrieval/retrieve.js';
import { TermMatcher } from '../../../src/answering/retrieval/term-matcher.js';
import type { Intent } from '../../../src/domain/answer.js';
import { indexed } from '../../support/small-index.js';

const termOf = (term: string): QueryTerm => ({ term, weight: 1, synonyms: [], specificity: 1 });

function generator(body: string, words: readonly string[] = [], intent: Intent = 'fact', title = '标题') {
  const terms = words.map(termOf);
  const notice = indexed(title, body);
  const titleMatches = new TermMatcher(terms, () => 1).match(notice.foldedTitle);
  return new PassageGenerator({ notice, titleMatches } as unknown as RankedNotice, terms, intent);
}
const passages = (body: string, sentence = 0): string[] =>
  [...generator(body).passagesFrom(sentence)].map(({ span }) => body.slice(span.start, span.end));

describe('the passages of a notice', () => {
  it('are the runs of clauses from each clause of the sentence, the shorter first', () => {
    expect(passages('公示五天，逾期不候。请注意。')).toEqual([
      '公示五天',
      '公示五天，逾期不候。',
      '公示五天，逾期不候。请注意。',
      '逾期不候。',
      '逾期不候。请注意。',
    ]);
  });

  it('begin in the given sentence only', () => {
    expect(passages('公示五天。逾期不候。', 1)).toEqual(['逾期不候。']);
    expect(passages('公示五天。', 1)).toEqual([]);
  });

  it('do not end with the comma or colon of an unfinished sentence', () => {
    expect(passages('公示如下：甲，乙。').slice(0, 3)).toEqual(['公示如下', '公示如下：甲', '公示如下：甲，乙。']);
  });

  it('reach over nine sentences at most', () => {
    const longest = passages('甲。乙。丙。丁。戊。己。庚。辛。壬。癸。').at(-1);
    expect(longest).toBe('甲。乙。丙。丁。戊。己。庚。辛。壬。');
  });

  it('are at most 300 characters long, and a longer clause is cut there', () => {
    const long = `${'甲'.repeat(200)}，${'乙'.repeat(200)}。`;
    for (const passage of passages(long)) expect(passage.length).toBeLessThanOrEqual(300);
    // Too long for one sentence too: the second half begins another, and does not fit behind the first.
    expect(passages(long)).toEqual(['甲'.repeat(200)]);
    const [cut] = passages('甲'.repeat(299) + '乙'.repeat(50) + '。');
    expect(cut).toHaveLength(300);
  });

  it('of a text of commas stay few', () => {
    expect(passages('甲，'.repeat(100)).length).toBeLessThanOrEqual(40 * 40);
  });

  it('know the clauses before them and the clause after', () => {
    const found = [...generator('前一句。公示五天，逾期不候。后一句。').passagesFrom(1)];
    const of = found.find(({ clauses }) => clauses.map(({ text }) => text).join('') === '逾期不候。');
    expect(of?.before.map(({ text }) => text)).toEqual(['前一句。', '公示五天,']);
    expect(of?.next?.text).toBe('后一句。');
    expect(found.at(-1)?.next).toBeNull();
  });
});

describe('a clause of a passage', () => {
  it('knows the terms that it holds and the title does not', () => {
    const [clause] = generator('停水三天', ['停水', '三天'], 'fact', '停水通知').clausesOf(0);
    expect(clause?.termsBeyondTitle).toEqual([1]);
    const [untitled] = generator('停水三天', ['停水', '三天'], 'fact', '通知').clausesOf(0);
    expect(untitled?.termsBeyondTitle).toEqual([0, 1]);
  });

  it.each<[Intent, string, string, string]>([
    ['deadline', '3月15日结束', '2024年结束', '尽快结束'],
    ['contact', '电话83215136', '请拨打电话', '请来人'],
    ['place', '地点在东门', '请到活动中心', '请到场'],
    ['number', '新增85门课程', '新增三门课程', '新增课程'],
  ])('looks more or less like an answer to a question of intent %s', (intent, full, half, none) => {
    const [best, some, least] = [full, half, none].map(
      (body) => generator(body, [], intent).clausesOf(0)[0]?.surfaceScore,
    );
    expect(best).toBeGreaterThan(some ?? 1);
    expect(some).toBeGreaterThan(least ?? 1);
    expect(least).toBe(0);
  });

  it('does not exist in a sentence that does not exist', () => {
    expect(generator('停水三天').clausesOf(-1)).toEqual([]);
    expect(generator('停水三天').clausesOf(1)).toEqual([]);
  });
});
