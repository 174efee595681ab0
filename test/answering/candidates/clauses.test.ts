import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PassageGenerator, type MatchedClause } from '../../../src/answering/candidates/passages.js';
import type { RankedNotice } from '../../../src/answering/retrieval/retrieve.js';
import type { IndexedNotice } from '../../../src/index/indexed-notice.js';
import { indexed } from '../../support/small-index.js';

/** The clauses of a sentence of a notice, for a question without terms. */
function clausesIn(notice: IndexedNotice, sentence: number): readonly MatchedClause[] {
  return new PassageGenerator({ notice, titleMatches: [] } as unknown as RankedNotice, [], 'fact').clausesOf(sentence);
}

/** The clauses of a body of one sentence. */
const clausesOf = (body: string): readonly MatchedClause[] => clausesIn(indexed('标题', body), 0);
/** The same as they are written in the body. */
const texts = (body: string): string[] => clausesOf(body).map(({ span }) => body.slice(span.start, span.end));

describe('the clauses of a sentence', () => {
  it('end at commas, semicolons, colons and ends of sentences, which they keep', () => {
    expect(texts('公示期五天，逾期不候：请注意。')).toEqual(['公示期五天，', '逾期不候：', '请注意。']);
  });

  it('keep the closing marks behind their end', () => {
    expect(texts('他说“可以，”随后离开')).toEqual(['他说“可以，”', '随后离开']);
  });

  it('are not split inside brackets and titles', () => {
    expect(texts('名单（甲，乙，丙）见附件，请查收')).toEqual(['名单（甲，乙，丙）见附件，', '请查收']);
    expect(texts('按《甲，乙》办理，即日起')).toEqual(['按《甲，乙》办理，', '即日起']);
    expect(texts('（甲（乙，丙），丁）戊，己')).toEqual(['（甲（乙，丙），丁）戊，', '己']);
  });

  it('are split behind a bracket that never closes', () => {
    expect(texts('名单（甲，乙')).toEqual(['名单（甲，', '乙']);
  });

  it('are not split inside times, amounts and addresses of the net', () => {
    expect(texts('上午9:30开会，发1,200元')).toEqual(['上午9:30开会，', '发1,200元']);
    expect(texts('见http://a.cn，请查')).toEqual(['见http://a.cn，', '请查']);
  });

  it.each([
    ['一、', '一、按时报名，带齐材料', '按时报名，'],
    ['（二）', '（二）带齐材料，按时报名', '带齐材料，'],
    ['3.', '3.按时报名，带齐材料', '按时报名，'],
    ['一是', '一是按时报名，二是带齐材料', '按时报名，'],
    ['第三条', '第三条按时报名，带齐材料', '按时报名，'],
  ])('begin behind the list marker %s', (_mark, body, first) => {
    expect(texts(body)[0]).toBe(first);
    expect(clausesOf(body)[0]?.precededBy).toBe('mark');
  });

  it('do not take a decimal or a date for a list marker', () => {
    expect(texts('2.85万个学位，已交付')[0]).toBe('2.85万个学位，');
    expect(clausesOf('2.85万个学位，已交付')[0]?.precededBy).toBe('start');
  });

  it('say what precedes them and which ends the sentence', () => {
    const read = clausesOf('公示如下：第一名江小舟，第二名罗一帆。');
    expect(read.map(({ precededBy, endsSentence }) => [precededBy, endsSentence])).toEqual([
      ['start', false],
      ['colon', false],
      ['clause', true],
    ]);
  });

  it('know where they stand in the body', () => {
    const body = '第一句。公示期五天， 逾期不候。';
    const notice = indexed('标题', body);
    const read = clausesIn(notice, 1);
    expect(read.map(({ span }) => body.slice(span.start, span.end))).toEqual(['公示期五天，', '逾期不候。']);
    expect(read.map(({ sentence }) => sentence)).toEqual([1, 1]);
  });

  it('are the whole sentence where folding changed its length', () => {
    expect(clausesOf('面积50㎡，租金800元')).toMatchObject([
      { sentence: 0, text: '面积50m2,租金800元', span: { start: 0, end: 12 }, precededBy: 'start', endsSentence: true },
    ]);
  });

  it('hold folded text, to be compared with a folded question', () => {
    expect(clausesOf('ＶＲ課程，開始。').map(({ text }) => text)).toEqual(['vr课程,', '开始。']);
  });

  it('are literal pieces of the body in order, whatever it is', () => {
    const body = fc.string({
      unit: fc.constantFrom(
        '公',
        '示',
        '，',
        '：',
        '；',
        '。',
        '（',
        '）',
        '《',
        '》',
        '1',
        ':',
        '3',
        ' ',
        '一',
        '、',
        '.',
        '\n',
      ),
      maxLength: 60,
    });
    fc.assert(
      fc.property(body, (text) => {
        const notice = indexed('标题', text);
        notice.sentences.forEach((sentence, i) => {
          let end = notice.spans[i]?.start ?? 0;
          for (const clause of clausesIn(notice, i)) {
            expect(clause.span.start).toBeGreaterThanOrEqual(end);
            expect(clause.span.end).toBeGreaterThan(clause.span.start);
            expect(sentence).toContain(clause.text);
            end = clause.span.end;
          }
          expect(end).toBe(notice.spans[i]?.end);
        });
      }),
    );
  });
});
