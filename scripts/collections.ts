import { createAskService } from '../src/app/ask.js';
import type { AskService } from '../src/app/ask-service.js';
import { ingest } from '../src/app/ingest.js';
import { LiveIndex } from '../src/app/knowledge.js';
import { createIngestDependencies, loadData } from '../src/composition.js';
import type { LoadedIndex } from '../src/index/loaded-index.js';
import { createMemoryStore } from '../src/store/memory-store.js';
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
