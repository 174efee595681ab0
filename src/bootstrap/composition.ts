import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { amendmentsSchema } from '../answering/candidates/editions.js';
import { supportSchema } from '../answering/scoring/confidence.js';
import { createAskService } from '../answering/answer-pipeline.js';
import type { AskService } from '../answering/ask-service.js';
import { ingest, type IngestDependencies } from '../ingest/pipeline/ingest.js';
import { LiveIndex, type LiveIndexOptions } from '../index/live-index.js';
import type { ReaderServiceDependencies } from './reader-services.js';
import type { IndexRunDependencies } from '../ingest/pipeline/index-run.js';
import { readDataFile } from '../config/data-file.js';
import { dataFiles } from './data-files.js';
import { refusalSchema } from '../notify/delivery/classify-result.js';
import { createFactExtractor, loadFactRules } from '../ingest/facts/extract-facts.js';
import { createPersonNameReader } from '../ingest/facts/contact/names.js';
import { createTableFinder } from '../ingest/facts/table/find-tables.js';
import type { SnapshotRefusal } from '../index/snapshot.js';
import { loadNotifyRules } from '../notify/deadline-rules.js';
import { followUpSchema } from '../answering/conversation/conversation-cues.js';
import { recencySchema } from '../answering/query/news-query.js';
import { loadVocabulary } from '../answering/query/vocabulary.js';
import { loadRepairRules } from '../ingest/repair/rules.js';
import { loadColumnRules } from '../ingest/source/column-names.js';
import { createMemoryStore } from '../store/notices/memory-notice-store.js';
import type { NoticeStore } from '../store/notice-store.js';
import { cacheRecentNotices } from '../store/notices/notice-cache.js';
import { openSqliteStore } from '../store/notices/sqlite-notice-store.js';
import { createAnalyser, type Analyser } from '../text/analyser.js';
import { fingerprintOf } from '../text/fingerprint.js';
import { loadSegmenter } from '../text/segmenter.js';

/** Values from the configuration and from command-line options. */
export interface RuntimeSettings {
  readonly dataDir: string;
  readonly sourceMaxBytes: number;
  readonly now: () => Date;
  readonly onRebuild: (why: SnapshotRefusal) => void;
}

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

export const databaseFile = (dataDir: string): string => join(dataDir, 'bulletin.db');
const snapshotFile = (dataDir: string): string => join(dataDir, 'index.snapshot');

/** Reads and validates all data files that ship with the program. Throws an `OperatorError` naming the bad one. */
export function loadData() {
  const facts = loadFactRules(dataFiles.directory);
  return {
    repairs: loadRepairRules(dataFiles.repairs),
    columns: loadColumnRules(dataFiles.columns),
    facts,
    tablesIn: createTableFinder(facts.tables),
    readName: createPersonNameReader(facts.contacts).readUnannounced,
    vocabulary: loadVocabulary(dataFiles.directory),
    recency: readDataFile(dataFiles.recency, recencySchema),
    amendments: readDataFile(dataFiles.amendments, amendmentsSchema),
    support: readDataFile(dataFiles.support, supportSchema),
    followUps: readDataFile(dataFiles.followUps, followUpSchema),
    notify: loadNotifyRules(dataFiles.notify),
    telegramErrors: readDataFile(dataFiles.telegramErrors, refusalSchema),
  };
}

export function loadAnalyser(): Analyser {
  return createAnalyser(loadSegmenter(dataFiles.userDictionary));
}

export function openStore(dataDir: string): Promise<NoticeStore> {
  return openSqliteStore({ file: databaseFile(dataDir) });
}

export function createLiveIndexOptions(
  settings: RuntimeSettings,
  store: NoticeStore,
  analyser: Analyser,
): LiveIndexOptions {
  return {
    store,
    analyser,
    fingerprint: fingerprintOf(dataFiles.userDictionary),
    snapshotFile: snapshotFile(settings.dataDir),
    onRebuild: settings.onRebuild,
  };
}

export function createIngestDependencies(settings: RuntimeSettings, store: NoticeStore): IngestDependencies {
  const { repairs, columns, facts } = loadData();
  return {
    store,
    repairs,
    columns,
    extractFacts: createFactExtractor(facts),
    now: settings.now,
    maxBytes: settings.sourceMaxBytes,
  };
}

/** Returns the dependencies of an index run; the dictionary loads at first use, as most runs find nothing new. */
export function createIndexRunDependencies(settings: RuntimeSettings): IndexRunDependencies {
  let loaded: Analyser | undefined;
  const analyser = (): Analyser => (loaded ??= loadAnalyser());
  const onDemand: Analyser = {
    terms: (text) => analyser().terms(text),
    wordTerms: (text, isKnown) => analyser().wordTerms(text, isKnown),
    specificity: (text) => analyser().specificity(text),
    spellingPairs: (text) => analyser().spellingPairs(text),
    nounTerms: (text) => analyser().nounTerms(text),
    people: (text) => analyser().people(text),
    subdivisions: (text) => analyser().subdivisions(text),
    places: (text) => analyser().places(text),
  };
  return {
    dataDir: settings.dataDir,
    openStore: () => openStore(settings.dataDir),
    ingestion: (store) => createIngestDependencies(settings, store),
    knowledge: (store) => createLiveIndexOptions(settings, store, onDemand),
    now: settings.now,
  };
}

/** Returns the dependencies of a dry run: where no database exists, an in-memory store, so that none is created. */
export function createDryRunDependencies(settings: RuntimeSettings): IndexRunDependencies {
  const deps = createIndexRunDependencies(settings);
  return existsSync(databaseFile(settings.dataDir))
    ? deps
    : { ...deps, openStore: () => Promise.resolve(createMemoryStore()) };
}

/** Opens the stored notices with their index; while none are stored, the sample bulletin answers. */
export async function openAnsweringServices(
  settings: RuntimeSettings,
  options: { evenIfEmpty: boolean },
): Promise<AnsweringServices> {
  const analyser = loadAnalyser();
  const sample = await openSample(settings, analyser);
  const close = (): Promise<void> => Promise.resolve();
  // Trying the program creates no data folder; a running bot needs the store, to see what is indexed later.
  if (!options.evenIfEmpty && !existsSync(databaseFile(settings.dataDir))) {
    const noticeCount = (): number => sample.liveIndex.current.index.size;
    return { ...sample, analyser, isSample: () => true, noticeCount, close };
  }
  const store = cacheRecentNotices(await openStore(settings.dataDir));
  const knowledge = await LiveIndex.open(createLiveIndexOptions(settings, store, analyser));
  const own = buildAskService(settings, store, knowledge, analyser);
  const isSample = (): boolean => knowledge.current.index.size === 0;
  const present = (): AskService => (isSample() ? sample.ask : own);
  return {
    liveIndex: knowledge,
    store,
    analyser,
    isSample,
    getCorpus: () => (isSample() ? sample.getCorpus() : createCorpus(knowledge, store)),
    noticeCount: () => (isSample() ? sample.liveIndex : knowledge).current.index.size,
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

async function openSample(settings: RuntimeSettings, analyser: Analyser): Promise<SampleServices> {
  const store = createMemoryStore();
  await ingest([dataFiles.sample], createIngestDependencies(settings, store));
  const options = { store, analyser, fingerprint: '', snapshotFile: null };
  const knowledge = await LiveIndex.open(options);
  const ask = buildAskService(settings, store, knowledge, analyser);
  return { liveIndex: knowledge, store, ask, getCorpus: () => createCorpus(knowledge, store) };
}

function createCorpus(knowledge: LiveIndex, store: NoticeStore): ReturnType<AnsweringServices['getCorpus']> {
  return { notices: knowledge.current.notices, store };
}

function buildAskService(
  settings: RuntimeSettings,
  store: NoticeStore,
  knowledge: LiveIndex,
  analyser: Analyser,
): AskService {
  return createAskService({ ...loadData(), liveIndex: knowledge, store, analyser, now: settings.now });
}
