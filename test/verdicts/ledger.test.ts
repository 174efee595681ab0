import { describe, expect, it } from 'vitest';
import {
  describeDiff,
  diffLedgers,
  formatLedger,
  isEmptyDiff,
  parseLedger,
  type VerdictRow,
} from '../../scripts/verdicts/ledger.js';

const row = (id: string, rest: Partial<VerdictRow> = {}): VerdictRow => ({
  id,
  kind: 'answer',
  verdict: 'right',
  noticeId: 'n1',
  answer: '3月15日',
  ...rest,
});

const refused = row('q2', { kind: 'none', verdict: 'wrong', noticeId: null, answer: '' });

describe('the ledger of verdicts', () => {
  it('reads back what it wrote', () => {
    const rows = [row('q1'), refused, row('d1#2', { verdict: 'right@1' })];
    expect(parseLedger(formatLedger('train/x', rows))).toEqual(rows);
  });

  it('states the counts of the set in its first line', () => {
    const [first] = formatLedger('train/x', [row('q1'), refused]).split('\n');
    expect(first).toContain('train/x: 1 of 2 right, 0 said wrongly, 1 refused wrongly');
  });

  it('keeps a row on one line whatever the answer holds', () => {
    const [back] = parseLedger(formatLedger('train/x', [row('q1', { answer: '甲\t乙\n丙' })]));
    expect(back?.answer).toBe('甲 乙 丙');
  });

  it('names the line of a row that it cannot read', () => {
    expect(() => parseLedger('# head\nq1\tanswer\tright\n')).toThrow('line 2');
    expect(() => parseLedger('q1\tmaybe\tright\tn1\tx\n')).toThrow('line 1');
  });

  it('tells what was lost from what was gained and what only changed its wording', () => {
    const before = [row('q1'), refused, row('q3'), row('q4')];
    const after = [row('q1', { verdict: 'wrong' }), row('q2'), row('q3', { answer: '15日' }), row('q5')];
    const diff = diffLedgers(before, after);
    expect(diff.lost.map(({ after: { id } }) => id)).toEqual(['q1']);
    expect(diff.gained.map(({ after: { id } }) => id)).toEqual(['q2']);
    expect(diff.reworded.map(({ after: { id } }) => id)).toEqual(['q3']);
    expect(diff.added.map(({ id }) => id)).toEqual(['q5']);
    expect(diff.removed.map(({ id }) => id)).toEqual(['q4']);
    expect(describeDiff('train/x', diff)).toContain('    + right  answer  [n1] 15日');
  });

  it('finds no difference between equal runs', () => {
    expect(isEmptyDiff(diffLedgers([row('q1')], [row('q1')]))).toBe(true);
  });
});
