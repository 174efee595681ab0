import { createAskService } from '../src/answering/answer-pipeline.js';
import type { AskService } from '../src/answering/ask-service.js';
import { ingest } from '../src/ingest/pipeline/ingest.js';
import { LiveIndex } from '../src/index/live-index.js';
import { createIngestDependencies } from '../src/bootstrap/index-dependencies.js';
import { loadAnalyser } from '../src/bootstrap/load-analyser.js';
import { loadProgramData, type ProgramData } from '../src/bootstrap/program-data.js';
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

/** What the program loads once. */
export type Program = ProgramData & { readonly analyser: Analyser };

export function loadProgram(): Program {
  return { ...loadProgramData(), analyser: loadAnalyser() };
}

/** Reads and indexes `file`. `now` is the clock of ingestion and of every question. */
export async function loadCollection(file: string, program: Program, now: () => Date): Promise<Collection> {
  const store = createMemoryStore();
  const settings = { dataDir: '', sourceMaxBytes: 64 * 1024 * 1024, now, onRebuild: () => undefined };
  await ingest([file], createIngestDependencies(program, settings, store));
  const { analyser } = program;
  const liveIndex = await LiveIndex.open({ store, analyser, fingerprint: '', snapshotFile: null });
  const ask = createAskService({ ...program, liveIndex, store, now });
  return { ask, loaded: liveIndex.current, store, now };
}
