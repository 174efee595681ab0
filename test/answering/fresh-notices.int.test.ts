import { describe, expect, it } from 'vitest';
import { createAskService } from '../../src/answering/answer-pipeline.js';
import { LiveIndex } from '../../src/index/live-index.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import { realAnalyser } from '../support/real-analyser.js';
import { notice } from '../support/texts.js';

const data = loadProgramData();
const NOW = new Date('2025-05-06T01:00:00Z');
const OLD = '泳池换水期间不开放。市体育馆泳池门票价格为每人三十元。咨询请到服务台。';
const NEW = '原公告有误，现更正如下，请以此为准，不便之处敬请谅解。市体育馆泳池门票价格为每人五十元。咨询请到二楼。';

/** The store is a save ahead of the index, as while a reindex runs. */
async function between(body: string) {
  const store = createMemoryStore();
  const other = notice('read', '社区读书会通知', '读书会在社区二楼举行，欢迎参加。');
  await store.save([
    { notice: notice('pool', '市体育馆泳池门票价格公告', OLD), facts: [] },
    { notice: other, facts: [] },
  ]);
  const options = { store, analyser: realAnalyser(), fingerprint: 'test', snapshotFile: null };
  const knowledge = await LiveIndex.open(options);
  const ask = createAskService({ ...data, ...options, liveIndex: knowledge, now: () => NOW });
  await store.save([{ notice: notice('pool', '市体育馆泳池门票价格公告', body), facts: [] }]);
  expect(knowledge.current.storeRevision).not.toBe(await store.revision());
  return ask;
}

describe('while the store is ahead of the index', () => {
  it('a changed notice is quoted as it reads now, sentence by sentence', async () => {
    const answer = await (await between(NEW)).ask('市体育馆泳池门票价格是多少');
    expect(answer).toMatchObject({ kind: 'answer', answer: expect.stringContaining('五十元') as string });
    expect(answer.kind === 'answer' && NEW.includes(answer.quote)).toBe(true);
    expect(JSON.stringify(answer)).not.toContain('三十');
  });

  it('a chosen notice too', async () => {
    const answer = await (await between(NEW)).askNotice('市体育馆泳池门票价格是多少', 1);
    expect(answer).toMatchObject({ kind: 'answer', answer: expect.stringContaining('五十元') as string });
  });

  it('what the new text no longer says is not answered from the old', async () => {
    const answer = await (await between('本公告已撤回。')).ask('市体育馆泳池门票价格是多少');
    expect(JSON.stringify(answer)).not.toContain('三十');
  });
});
