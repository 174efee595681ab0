import { existsSync } from 'node:fs';
import { createAskService } from '../answering/answer-pipeline.js';
import type { AskService } from '../answering/ask-service.js';
import { LiveIndex } from '../index/live-index.js';
import { ingest } from '../ingest/pipeline/ingest.js';
import type { NoticeStore } from '../store/notice-store.js';
import { createMemoryStore } from '../store/notices/memory-notice-store.js';
import { cacheRecentNotices } from '../store/notices/notice-cache.js';
import type { Analyser } from '../text/analyser.js';
import { dataFiles } from './data-files.js';
import {
  createIngestDependencies,
  createLiveIndexOptions,
  databaseFile,
  openStore,
  type RuntimeSettings,
} from './index-dependencies.js';
import { loadAnalyser } from './load-analyser.js';
import type { ProgramData } from './program-data.js';
import type { ReaderServiceDependencies } from './reader-services.js';

/** The answer service, the index and stores behind it, and `close` to release them. */
export interface AnsweringServices {
  readonly ask: AskService;
  readonly liveIndex: LiveIndex;
  /** True when nothing is stored yet and the sample bulletin answers instead. */
  readonly isSample: () => boolean;
  readonly noticeCount: () => number;
  /** Store of the operator's notices; the sample's in-memory store where no database exists. */
  readonly store: NoticeStore;
  /** Returns the notices and the store that currently answer: the operator's, or the sample's. */
  readonly getCorpus: ReaderServiceDependencies['getCorpus'];
  readonly analyser: Analyser;
  close(): Promise<void>;
}

/** Opens the stored notices with their index; while none are stored, the sample bulletin answers. */
export async function openAnsweringServices(
  data: ProgramData,
  settings: RuntimeSettings,
  options: { evenIfEmpty: boolean },
): Promise<AnsweringServices> {
  const analyser = loadAnalyser();
  const sample = await openSample(data, settings, analyser);
  // Trying the program creates no data folder; a running bot needs the store, to see what is indexed later.
  if (!options.evenIfEmpty && !existsSync(databaseFile(settings.dataDir))) {
    const noticeCount = (): number => sample.liveIndex.current.index.size;
    return { ...sample, analyser, isSample: () => true, noticeCount, close: () => Promise.resolve() };
  }
  const store = cacheRecentNotices(await openStore(settings.dataDir));
  const liveIndex = await LiveIndex.open(createLiveIndexOptions(settings, store, analyser));
  const own = createAskService({ ...data, liveIndex, store, analyser, now: settings.now });
  const isSample = (): boolean => liveIndex.current.index.size === 0;
  const present = (): AskService => (isSample() ? sample.ask : own);
  return {
    liveIndex,
    store,
    analyser,
    isSample,
    getCorpus: () => (isSample() ? sample.getCorpus() : { notices: liveIndex.current.notices, store }),
    noticeCount: () => (isSample() ? sample.liveIndex : liveIndex).current.index.size,
    ask: {
      ask: (question, conversation) => present().ask(question, conversation),
      askNotice: (question, key) => present().askNotice(question, key),
      keyOf: (id) => present().keyOf(id),
      notice: (key) => present().notice(key),
    },
    close: () => store.close(),
  };
}

type SampleServices = Pick<AnsweringServices, 'ask' | 'liveIndex' | 'store' | 'getCorpus'>;

/** Ingests the sample bulletin and indexes it, both in memory. */
async function openSample(data: ProgramData, settings: RuntimeSettings, analyser: Analyser): Promise<SampleServices> {
  const store = createMemoryStore();
  await ingest([dataFiles.sample], createIngestDependencies(data, settings, store));
  const liveIndex = await LiveIndex.open({ store, analyser, fingerprint: '', snapshotFile: null });
  const ask = createAskService({ ...data, liveIndex, store, analyser, now: settings.now });
  return { liveIndex, store, ask, getCorpus: () => ({ notices: liveIndex.current.notices, store }) };
}
