import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.js';
import { compareReports } from '../../src/eval/compare.js';
import { runEval } from '../../src/eval/run.js';
import { candidate, caseOf, found, refused, stubAsker } from './stub.js';

const question = (id: string, q: string) => caseOf({ id, q, type: 't', expect: { all: ['5月10日'] } });
const gold = (q: string) => caseOf({ id: 'g', docid: 'pool', question: q, answer: '泳池5月8日至5月10日换水' });
const right = found('5月10日');
const wrong = found('换水', { quote: '换水' });

async function compared(before: Answer, after: Answer, one = question('a', '问')): Promise<string> {
  const report = (answer: Answer) => runEval([one], stubAsker({ 问: answer }));
  const { better, worse, same } = compareReports(await report(before), await report(after));
  return `${better.length} ${worse.length} ${same}`;
}

describe('two reports', () => {
  it('agree when the answers do', async () => {
    expect(await compared(right, right)).toBe('0 0 1');
  });

  it('rank a right answer above a refusal and a refusal above a wrong answer', async () => {
    expect(await compared(wrong, refused)).toBe('1 0 0');
    expect(await compared(refused, right)).toBe('1 0 0');
    expect(await compared(right, wrong)).toBe('0 1 0');
  });

  it('count a broken promise as worse even when the words are right', async () => {
    expect(await compared(right, found('5月10日', { quote: '不在通知里' }))).toBe('0 1 0');
  });

  it('see in gold texts first what is covered, then ROUGE-L, then the rank', async () => {
    const part = found('换水', { quote: '换水' });
    const behind = found('换水', { quote: '换水', candidates: [candidate('read'), candidate('pool')] });
    const wordier = found('泳池换水', { quote: '换水' });
    expect(await compared(part, found('5月10日'), gold('问'))).toBe('1 0 0');
    expect(await compared(behind, part, gold('问'))).toBe('1 0 0');
    expect(await compared(wordier, part, gold('问'))).toBe('0 1 0');
  });

  it('match questions by id and wording, and count those of one report only', async () => {
    const asker = stubAsker({ 甲: right, 乙: right });
    const before = await runEval([question('1', '甲'), question('2', '乙')], asker, { at: new Date(0) });
    const after = await runEval([question('2', '乙'), question('1', '丙'), question('3', '甲')], asker);
    expect(compareReports(before, after)).toMatchObject({
      since: '1970-01-01T00:00:00.000Z',
      ...{ better: [], worse: [], same: 1, added: 2, removed: 1 },
    });
  });

  it('list the figures that differ, and tell a missing figure from 0', async () => {
    const clockMs = () => 0;
    const before = await runEval([question('1', '甲')], stubAsker({}), { clockMs });
    const after = await runEval([question('1', '甲'), gold('乙')], stubAsker({ 甲: right }), { clockMs });
    const { figures } = compareReports(before, after);
    expect(figures.slice(0, 3)).toEqual([
      { figure: 'right', before: 0, after: 1 },
      { figure: 'refusedWrongly', before: 1, after: 0 },
      { figure: 'r1', before: null, after: 1 },
    ]);
    expect(figures.map(({ figure }) => figure)).not.toContain('p50Ms');
  });
});
