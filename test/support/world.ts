import { createAskService } from '../../src/answering/answer-pipeline.js';
import type { AskService } from '../../src/answering/ask-service.js';
import { LiveIndex, type LiveIndexOptions } from '../../src/index/live-index.js';
import { loadData } from '../../src/bootstrap/composition.js';
import type { Fact } from '../../src/domain/fact.js';
import type { Notice } from '../../src/domain/notice.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import { realAnalyser } from './real-analyser.js';

/** The program's way of a question over notices that a test made up. */
export async function asking(
  notices: readonly Notice[],
  now = new Date('2024-03-14T01:00:00Z'),
  extractFacts: (notice: Notice) => Fact[] = () => [],
): Promise<AskService> {
  const store = createMemoryStore();
  await store.save(notices.map((notice) => ({ notice, facts: extractFacts(notice) })));
  const options: LiveIndexOptions = { store, analyser: realAnalyser(), fingerprint: 'test', snapshotFile: null };
  return createAskService({
    ...loadData(),
    liveIndex: await LiveIndex.open(options),
    store,
    analyser: options.analyser,
    now: () => now,
  });
}
