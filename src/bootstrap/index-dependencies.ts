import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveIndexOptions } from '../index/live-index.js';
import type { SnapshotRefusal } from '../index/snapshot.js';
import { createFactExtractor } from '../ingest/facts/extract-facts.js';
import type { IndexRunDependencies } from '../ingest/pipeline/index-run.js';
import type { IngestDependencies } from '../ingest/pipeline/ingest.js';
import type { NoticeStore } from '../store/notice-store.js';
import { createMemoryStore } from '../store/notices/memory-notice-store.js';
import { openSqliteStore } from '../store/notices/sqlite-notice-store.js';
import type { Analyser } from '../text/analyser.js';
import { fingerprintOf } from '../text/fingerprint.js';
import { dataFiles } from './data-files.js';
import { loadAnalyser } from './load-analyser.js';
import type { ProgramData } from './program-data.js';

/** Values from the configuration and from command-line options. */
export interface RuntimeSettings {
  readonly dataDir: string;
  readonly sourceMaxBytes: number;
  readonly now: () => Date;
  readonly onRebuild: (why: SnapshotRefusal) => void;
}

export const databaseFile = (dataDir: string): string => join(dataDir, 'bulletin.db');

export function openStore(dataDir: string): Promise<NoticeStore> {
  return openSqliteStore({ file: databaseFile(dataDir) });
}

/** Returns where the snapshot of the index lies, and the fingerprint under which it is valid. */
export function locateSnapshot(dataDir: string): { readonly snapshotFile: string; readonly fingerprint: string } {
  return { snapshotFile: join(dataDir, 'index.snapshot'), fingerprint: fingerprintOf(dataFiles.userDictionary) };
}

export function createLiveIndexOptions(
  { dataDir, onRebuild }: RuntimeSettings,
  store: NoticeStore,
  analyser: LiveIndexOptions['analyser'],
): LiveIndexOptions {
  return { store, analyser, ...locateSnapshot(dataDir), onRebuild };
}

export function createIngestDependencies(
  { repairs, columns, facts }: ProgramData,
  { now, sourceMaxBytes }: RuntimeSettings,
  store: NoticeStore,
): IngestDependencies {
  return { store, repairs, columns, extractFacts: createFactExtractor(facts), now, maxBytes: sourceMaxBytes };
}

/** Returns the dependencies of an index run; the dictionary loads at first use, as most runs find nothing new. */
export function createIndexRunDependencies(data: ProgramData, settings: RuntimeSettings): IndexRunDependencies {
  let loaded: Analyser | undefined;
  const onDemand = { terms: (text: string): string[] => (loaded ??= loadAnalyser()).terms(text) };
  return {
    dataDir: settings.dataDir,
    openStore: () => openStore(settings.dataDir),
    ingestion: (store) => createIngestDependencies(data, settings, store),
    indexOptions: (store) => createLiveIndexOptions(settings, store, onDemand),
    now: settings.now,
  };
}

/** Returns the dependencies of a dry run: where no database exists, an in-memory store, so that none is created. */
export function createDryRunDependencies(data: ProgramData, settings: RuntimeSettings): IndexRunDependencies {
  const deps = createIndexRunDependencies(data, settings);
  return existsSync(databaseFile(settings.dataDir))
    ? deps
    : { ...deps, openStore: () => Promise.resolve(createMemoryStore()) };
}
