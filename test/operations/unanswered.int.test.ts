import { describe, expect, it } from 'vitest';
import { createSignatureReader } from '../../src/answering/query/question-signature.js';
import { createUnansweredQueue } from '../../src/operations/unanswered.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import type { LoggedQuestion } from '../../src/store/state-store.js';
import { realAnalyser } from '../support/real-analyser.js';
import { newState } from '../support/state.js';

const kindOf = createSignatureReader(realAnalyser(), loadProgramData().vocabulary);

const refused = (question: string, kind: LoggedQuestion['kind'] = 'none'): LoggedQuestion => ({
  at: '2024-03-11T01:00:00.000Z',
  userHash: 'u',
  chatHash: 'c',
  question,
  kind,
  reason: kind === 'none' ? 'unsupported' : null,
  intent: 'fact',
  noticeId: null,
  confidence: 0,
});

async function queue(...questions: readonly LoggedQuestion[]) {
  const { questions: log } = await newState();
  const ids: number[] = [];
  for (const question of questions) ids.push(await log.log(question));
  return { log, ids, unanswered: createUnansweredQueue(log, kindOf, () => 1) };
}

describe('the questions without a good answer', () => {
  it('are put together by what they mean, most frequent first, with the newest as the example', async () => {
    const { unanswered } = await queue(
      refused('校车几点发车'),
      refused('食堂电话'),
      refused('请问校车什么时候发车？'),
      refused('2023年招生计划'),
      refused('校车发车时间'),
      refused('2024年招生计划'),
      refused('食堂的电话是多少'),
      refused('校车的电话'),
    );
    const clusters = await unanswered.clusters();
    expect(clusters.map(({ newest, ids }) => [newest.question, ids.length])).toEqual([
      ['校车发车时间', 3],
      ['食堂的电话是多少', 2],
      ['校车的电话', 1],
      ['2024年招生计划', 1],
      ['2023年招生计划', 1],
    ]);
  });

  it('hold what was voted down and not what was answered well', async () => {
    const { log, ids, unanswered } = await queue(
      refused('食堂电话', 'answer'),
      refused('校车电话', 'answer'),
      refused('食堂电话'),
    );
    await log.vote(ids[0] ?? 0, 'u', 'down', 'outdated');
    expect(await unanswered.clusters()).toMatchObject([{ ids: [ids[2], ids[0]], refused: 1, votedDown: 1 }]);
  });

  it('are done as shown: those asked since the list was shown stay', async () => {
    const { log, ids, unanswered } = await queue(refused('食堂电话'), refused('食堂的电话'), refused('校车电话'));
    const later = await log.log(refused('食堂电话多少'));
    expect(await unanswered.markDone(ids[1] ?? 0, ids[1] ?? 0)).toBe(2);
    expect((await log.listUnresolved(9)).map(({ id }) => id)).toEqual([later, ids[2]]);
    expect(await unanswered.markDone(ids[1] ?? 0, ids[1] ?? 0)).toBe(0);
    expect(await unanswered.markDone(123_456, 999_999)).toBe(0);
  });

  it('are sorted in time while a reader waits, also when there are hundreds of kinds', async () => {
    const words = Array.from({ length: 400 }, (_, i) =>
      refused(`${String.fromCharCode(0x4e00 + i * 7)}园第${String(i)}号公示电话`),
    );
    const { unanswered } = await queue(...words);
    const startedMs = performance.now();
    expect(await unanswered.clusters()).toHaveLength(400);
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });
});
