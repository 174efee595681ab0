import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { errorCode } from '../../domain/errors.js';
import type { NoticeRecord, NoticeStore, SaveOutcome } from '../../store/notice-store.js';
import { acquireProcessLock } from '../../store/process-lock.js';
import { ingest, type IngestDependencies, type IngestProgress } from './ingest.js';
import { updateIndex, type LiveIndexOptions } from '../../index/live-index.js';
import { summariseRun, type IngestReport, type RunSummary } from './run-report.js';

export interface IndexRunDependencies {
  readonly dataDir: string;
  readonly openStore: () => Promise<NoticeStore>;
  readonly ingestion: (store: NoticeStore) => IngestDependencies;
  readonly indexOptions: (store: NoticeStore) => LiveIndexOptions;
  readonly now: () => Date;
}

export interface IndexRunProgress extends IngestProgress {
  readonly saving: (notices: number) => void;
  /** Called right after the save; a later failure does not undo it. */
  readonly saved?: (outcome: SaveOutcome) => void;
  readonly indexing: (done: number, total: number) => void;
}

export interface IndexRunResult {
  readonly report: IngestReport;
  readonly summary: RunSummary;
}

/**
 * Ingests the sources into the store and updates the snapshot; without sources only the latter. One run at a time per
 * data directory, across processes. Throws when it fails: then the snapshot is as before, and so is the store, unless
 * `progress.saved` was called; the next run or the next opening updates an index that the store is ahead of. A dry run
 * writes nothing and takes no lock.
 */
export async function runIndex(
  sources: readonly string[],
  { dryRun }: { readonly dryRun: boolean },
  deps: IndexRunDependencies,
  progress: IndexRunProgress,
): Promise<IndexRunResult> {
  const startedAt = deps.now().toISOString();
  const release = dryRun ? null : await acquireProcessLock(deps.dataDir, 'index');
  try {
    const store = await deps.openStore();
    try {
      const indexOptions = deps.indexOptions(store);
      if (!dryRun) await removePartialSnapshots(indexOptions.snapshotFile);
      const target = new SaveTarget(store, dryRun, progress);
      try {
        const revision = await store.revision();
        const report = await ingest(sources, { ...deps.ingestion(store), store: target }, progress);
        if (!dryRun && report.stored > 0) await updateIndex(indexOptions, revision, report.outcome, progress.indexing);
        if (!dryRun) await recordRun(store, startedAt, sources, deps.now(), 'done', report);
        return { report, summary: summariseRun(report, (id) => target.titles.get(id), dryRun) };
      } catch (error) {
        if (!dryRun) {
          const failure = { error: error instanceof Error ? error.message : String(error) };
          // The first error is reported, also when the disk is too full for this row.
          await recordRun(store, startedAt, sources, deps.now(), 'failed', failure).catch(() => undefined);
        }
        throw error;
      }
    } finally {
      await store.close();
    }
  } finally {
    await release?.();
  }
}

function recordRun(
  store: NoticeStore,
  startedAt: string,
  sources: readonly string[],
  endedAt: Date,
  outcome: 'done' | 'failed',
  report: object,
): Promise<void> {
  // A run without sources only completes an earlier one, and is not recorded.
  if (sources.length === 0) return Promise.resolve();
  return store.recordRun({
    startedAt,
    endedAt: endedAt.toISOString(),
    sources,
    outcome,
    report: JSON.stringify(report),
  });
}

/** Save target of a run: the store, or nothing on a dry run. Keeps the titles for the summary. */
class SaveTarget {
  readonly titles = new Map<string, string>();
  readonly #store: NoticeStore;
  readonly #dryRun: boolean;
  readonly #progress: Pick<IndexRunProgress, 'saving' | 'saved'>;
  #previewedNew = 0;

  constructor(store: NoticeStore, dryRun: boolean, progress: Pick<IndexRunProgress, 'saving' | 'saved'>) {
    this.#store = store;
    this.#dryRun = dryRun;
    this.#progress = progress;
  }

  async save(records: readonly NoticeRecord[]): Promise<SaveOutcome> {
    this.#progress.saving(records.length);
    for (const { notice } of records) this.titles.set(notice.id, notice.title);
    if (this.#dryRun) {
      const outcome = await previewSave(records, this.#store);
      this.#previewedNew = outcome.new.length;
      return outcome;
    }
    const outcome = await this.#store.save(records);
    this.#progress.saved?.(outcome);
    return outcome;
  }

  async count(): Promise<number> {
    return (await this.#store.count()) + this.#previewedNew;
  }
}

/** Notices per query: SQLite bounds the parameters of a statement, and whole notices are read. */
const NOTICES_PER_QUERY = 200;

/** Returns what `NoticeStore.save` would return for the records, without writing. */
async function previewSave(records: readonly NoticeRecord[], store: NoticeStore): Promise<SaveOutcome> {
  const received = new Map(records.map((record) => [record.notice.id, record]));
  const ids = [...received.keys()];
  const known = new Set<string>();
  const changed: string[] = [];
  const refreshed: string[] = [];
  for (let i = 0; i < ids.length; i += NOTICES_PER_QUERY) {
    for (const { notice, facts } of await store.get(ids.slice(i, i + NOTICES_PER_QUERY))) {
      known.add(notice.id);
      const record = received.get(notice.id);
      if (record?.notice.contentHash !== notice.contentHash) changed.push(notice.id);
      else if (!isDeepStrictEqual(record.facts, facts)) refreshed.push(notice.id);
    }
  }
  return { new: ids.filter((id) => !known.has(id)), changed, refreshed, unchanged: known.size - changed.length };
}

/** Removes partial snapshots of runs that were killed: at 10,000 notices each is some 100 MB. */
async function removePartialSnapshots(snapshotFile: string | null): Promise<void> {
  if (snapshotFile === null) return;
  const folder = dirname(snapshotFile);
  const prefix = `${basename(snapshotFile)}.`;
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(prefix) ? /^([0-9]{1,10})\.tmp$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid !== undefined && !isOtherRunningProcess(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** Returns whether another process with this id is running: it may be writing the file. */
function isOtherRunningProcess(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
