import { createAskService } from '../../src/app/ask.js';
import type { AskService } from '../../src/app/ask-service.js';
import { LiveIndex, type LiveIndexOptions } from '../../src/app/knowledge.js';
import { loadData } from '../../src/composition.js';
import type { Fact } from '../../src/domain/fact.js';
import type { Notice } from '../../src/domain/notice.js';
import { createMemoryStore } from '../../src/store/memory-store.js';
import { realAnalyser } from '../support/texts.js';

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
