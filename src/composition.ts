import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { amendmentsSchema } from './answer/editions.js';
import { supportSchema } from './answer/support.js';
import { createAskService } from './app/ask.js';
import type { AskService } from './app/ask-service.js';
import { ingest, type IngestDependencies } from './app/ingest.js';
import { Knowledge, type KnowledgeOptions } from './app/knowledge.js';
import type { ReaderServiceDependencies } from './app/reader-services.js';
import type { IndexRunDependencies } from './app/reindex-run.js';
import { readDataFile } from './config/data-file.js';
import { dataFiles } from './data-files.js';
import { refusalSchema } from './delivery/classify.js';
import { createFactExtractor, loadFactRules } from './facts/extract.js';
import { createNameReader } from './facts/contact/names.js';
import { createTableFinder } from './facts/table/tables.js';
import type { SnapshotRefusal } from './index/snapshot.js';
import { loadNotifyRules } from './notify/rules.js';
import { followUpSchema } from './question/follow-up.js';
import { recencySchema } from './question/recency.js';
import { loadVocabulary } from './question/vocabulary.js';
import { loadRepairRules } from './repair/rules.js';
import { loadColumnRules } from './source/columns.js';
import { createMemoryStore } from './store/memory-store.js';
import type { NoticeStore } from './store/notice-store.js';
import { rememberRecent } from './store/recent-notices.js';
import { openSqliteStore } from './store/sqlite-store.js';
import { createAnalyser, type Analyser } from './text/analyser.js';
import { fingerprintOf } from './text/fingerprint.js';
import { loadSegmenter } from './text/segmenter.js';

/** Values from the configuration and from command-line options. */
export interface Settings {
  readonly dataDir: string;
  readonly sourceMaxBytes: number;
  readonly now: () => Date;
  readonly onRebuild: (why: SnapshotRefusal) => void;
}

/** The answer service, the index and stores behind it, and `close` to release them. */
export interface Answering {
  readonly ask: AskService;
  readonly knowledge: Knowledge;
  /** True when nothing is stored yet and the sample bulletin answers instead. */
  readonly isSample: () => boolean;
  readonly noticeCount: () => number;
  /** Store of the operator's notices; the sample's in-memory store where no database exists. */
  readonly store: NoticeStore;
  /** Returns the notices and the store that currently answer: the operator's, or the sample's. */
  readonly present: ReaderServiceDependencies['present'];
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
    readName: createNameReader(facts.contacts).bare,
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

export function knowledgeOptions(settings: Settings, store: NoticeStore, analyser: Analyser): KnowledgeOptions {
  return {
    store,
    analyser,
    fingerprint: fingerprintOf(dataFiles.userDictionary),
    snapshotFile: snapshotFile(settings.dataDir),
    onRebuild: settings.onRebuild,
  };
}

export function ingestDependencies(settings: Settings, store: NoticeStore): IngestDependencies {
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
export function indexRunDependencies(settings: Settings): IndexRunDependencies {
  let loaded: Analyser | undefined;
  const analyser = (): Analyser => (loaded ??= loadAnalyser());
  const onDemand: Analyser = {
    terms: (text) => analyser().terms(text),
    wordTerms: (text, isKnown) => analyser().wordTerms(text, isKnown),
    specificity: (text) => analyser().specificity(text),
    writtenPairs: (text) => analyser().writtenPairs(text),
    nounTerms: (text) => analyser().nounTerms(text),
    people: (text) => analyser().people(text),
    parts: (text) => analyser().parts(text),
    places: (text) => analyser().places(text),
  };
  return {
    dataDir: settings.dataDir,
    openStore: () => openStore(settings.dataDir),
    ingestion: (store) => ingestDependencies(settings, store),
    knowledge: (store) => knowledgeOptions(settings, store, onDemand),
    now: settings.now,
  };
}

/** Returns the dependencies of a dry run: where no database exists, an in-memory store, so that none is created. */
export function dryRunDependencies(settings: Settings): IndexRunDependencies {
  const deps = indexRunDependencies(settings);
  return existsSync(databaseFile(settings.dataDir))
    ? deps
    : { ...deps, openStore: () => Promise.resolve(createMemoryStore()) };
}

/** Opens the stored notices with their index; while none are stored, the sample bulletin answers. */
export async function openAnswering(settings: Settings, options: { evenIfEmpty: boolean }): Promise<Answering> {
  const analyser = loadAnalyser();
  const sample = await openSample(settings, analyser);
  const close = (): Promise<void> => Promise.resolve();
  // Trying the program creates no data folder; a running bot needs the store, to see what is indexed later.
  if (!options.evenIfEmpty && !existsSync(databaseFile(settings.dataDir))) {
    const noticeCount = (): number => sample.knowledge.current.index.size;
    return { ...sample, analyser, isSample: () => true, noticeCount, close };
  }
  const store = rememberRecent(await openStore(settings.dataDir));
  const knowledge = await Knowledge.open(knowledgeOptions(settings, store, analyser));
  const own = askServiceOf(settings, store, knowledge, analyser);
  const isSample = (): boolean => knowledge.current.index.size === 0;
  const present = (): AskService => (isSample() ? sample.ask : own);
  return {
    knowledge,
    store,
    analyser,
    isSample,
    present: () => (isSample() ? sample.present() : presentIn(knowledge, store)),
    noticeCount: () => (isSample() ? sample.knowledge : knowledge).current.index.size,
    ask: {
      ask: (question, conversation) => present().ask(question, conversation),
      askWithin: (question, key) => present().askWithin(question, key),
      keyOf: (id) => present().keyOf(id),
      notice: (key) => present().notice(key),
    },
    close: () => store.close(),
  };
}

type Sample = Pick<Answering, 'ask' | 'knowledge' | 'store' | 'present'>;

async function openSample(settings: Settings, analyser: Analyser): Promise<Sample> {
  const store = createMemoryStore();
  await ingest([dataFiles.sample], ingestDependencies(settings, store));
  const options = { store, analyser, fingerprint: '', snapshotFile: null };
  const knowledge = await Knowledge.open(options);
  const ask = askServiceOf(settings, store, knowledge, analyser);
  return { knowledge, store, ask, present: () => presentIn(knowledge, store) };
}

function presentIn(knowledge: Knowledge, store: NoticeStore): ReturnType<Answering['present']> {
  return { notices: knowledge.current.notices, store };
}

function askServiceOf(settings: Settings, store: NoticeStore, knowledge: Knowledge, analyser: Analyser): AskService {
  return createAskService({ ...loadData(), knowledge, store, analyser, now: settings.now });
}
