import type { Answer } from '../../src/domain/answer.js';
import { createAskService } from '../../src/answering/answer-pipeline.js';
import type { AskService } from '../../src/answering/ask-service.js';
import { LiveIndex } from '../../src/index/live-index.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import type { Fact } from '../../src/domain/fact.js';
import type { Notice } from '../../src/domain/notice.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import { realAnalyser } from './real-analyser.js';

const data = loadProgramData();

/** The program's way of a question over notices that a test made up. */
export async function asking(
  notices: readonly Notice[],
  now = new Date('2024-03-14T01:00:00Z'),
  extractFacts: (notice: Notice) => Fact[] = () => [],
): Promise<AskService> {
  const store = createMemoryStore();
  await store.save(notices.map((notice) => ({ notice, facts: extractFacts(notice) })));
  const analyser = realAnalyser();
  const liveIndex = await LiveIndex.open({ store, analyser, fingerprint: 'test', snapshotFile: null });
  return createAskService({ ...data, liveIndex, store, analyser, now: () => now });
}

/** Returns whether something is said as a fact: what is only near is not. */
export function isSaid(answer: Answer): boolean {
  return answer.kind === 'answer' && answer.sure;
}
