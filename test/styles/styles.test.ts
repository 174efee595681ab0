import { beforeAll, describe, expect, it } from 'vitest';
import { createAskService } from '../../src/app/ask.js';
import type { AskService } from '../../src/app/ask-service.js';
import { Conversation } from '../../src/app/conversation.js';
import { ingest } from '../../src/app/ingest.js';
import { Knowledge } from '../../src/app/knowledge.js';
import { ingestDependencies, loadData } from '../../src/composition.js';
import { readCases } from '../../src/eval/read-cases.js';
import type { EvalReport } from '../../src/eval/report.js';
import { runEval } from '../../src/eval/run.js';
import { createMemoryStore } from '../../src/store/memory-store.js';
import type { NoticeStore } from '../../src/store/notice-store.js';
import { realAnalyser } from '../support/texts.js';

const FIXTURES = 'test/fixtures/styles';
/** The questions are asked on this day; some say 今天 or 这周六. */
const NOW = new Date('2025-03-20T10:00:00+08:00');

let store: NoticeStore;
let ask: AskService;

beforeAll(async () => {
  store = createMemoryStore();
  const now = (): Date => NOW;
  const settings = { dataDir: '', sourceMaxBytes: 1_000_000, now, onRebuild: () => undefined };
  await ingest([`${FIXTURES}/notices.jsonl`], ingestDependencies(settings, store));
  const knowledge = await Knowledge.open({ store, analyser: realAnalyser(), fingerprint: '', snapshotFile: null });
  ask = createAskService({ ...loadData(), knowledge, store, analyser: realAnalyser(), now });
});

async function evaluate(file: string): Promise<EvalReport> {
  const { cases, problems } = await readCases([`${FIXTURES}/${file}`]);
  expect(problems).toEqual([]);
  return runEval(cases, {
    ask: (question) => ask.ask(question),
    newConversation: () => {
      const conversation = new Conversation();
      return { ask: (question) => ask.ask(question, conversation) };
    },
    notice: async (id) => (await store.get([id]))[0]?.notice ?? null,
  });
}

/**
 * Forty notices of other styles than those the program was developed on. The
 * floors lie a little below what is reached today: 109 questions of 120, and all of
 * 20 dialogues.
 */
describe('notices of other styles', () => {
  it('are answered right in seven of eight questions at least, and never against the invariants', async () => {
    const { judged, refusals, invariants } = await evaluate('questions.jsonl');
    console.log(`questions of other styles: ${JSON.stringify({ ...judged, refusals })}`);
    expect(judged.right).toBeGreaterThanOrEqual(105);
    expect(judged.saidWrongly).toBeLessThanOrEqual(9);
    expect(invariants).toMatchObject({ noQuote: 0, quoteNotInNotice: 0, digitLock: 0, noticeNotStored: 0 });
  });

  it('are talked about right in nine of ten turns at least', async () => {
    const { dialogues, invariants } = await evaluate('dialogues.jsonl');
    console.log(`dialogues: ${JSON.stringify(dialogues)}`);
    expect(dialogues?.turns.right).toBeGreaterThanOrEqual(80);
    expect(invariants).toMatchObject({ noQuote: 0, quoteNotInNotice: 0, digitLock: 0, noticeNotStored: 0 });
  });
});
