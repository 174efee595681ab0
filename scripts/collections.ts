import { createAskService } from '../src/answering/answer-pipeline.js';
import type { AskService } from '../src/answering/ask-service.js';
import { ingest } from '../src/ingest/pipeline/ingest.js';
import { LiveIndex } from '../src/index/live-index.js';
import { createIngestDependencies, loadData } from '../src/bootstrap/composition.js';
import type { LoadedIndex } from '../src/index/loaded-index.js';
import { createMemoryStore } from '../src/store/notices/memory-notice-store.js';
import type { NoticeStore } from '../src/store/notice-store.js';
import type { Analyser } from '../src/text/analyser.js';

/** A source, ingested and indexed in memory by the program's own pipeline. */
export interface Collection {
  readonly ask: AskService;
  readonly loaded: LoadedIndex;
  readonly store: NoticeStore;
  readonly now: () => Date;
}

/** Reads and indexes `file`. `now` is the clock of ingestion and of every question. */
export async function loadCollection(file: string, analyser: Analyser, now: () => Date): Promise<Collection> {
  const store = createMemoryStore();
  const settings = { dataDir: '', sourceMaxBytes: 64 * 1024 * 1024, now, onRebuild: () => undefined };
  await ingest([file], createIngestDependencies(settings, store));
  const knowledge = await LiveIndex.open({ store, analyser, fingerprint: '', snapshotFile: null });
  const ask = createAskService({ ...loadData(), liveIndex: knowledge, store, analyser, now });
  return { ask, loaded: knowledge.current, store, now };
}
