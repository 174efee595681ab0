import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { NoticeRecord, NoticeStore, SaveOutcome } from '../store/notice-store.js';
import { acquireRunLock } from '../store/run-lock.js';
import { ingest, type IngestDependencies, type IngestProgress } from './ingest.js';
import { updateIndex, type KnowledgeOptions } from './knowledge.js';
import type { IngestReport } from './report.js';
import { summarise, type RunSummary } from './reindex-summary.js';

export interface IndexRunDependencies {
  readonly dataDir: string;
  readonly openStore: () => Promise<NoticeStore>;
  readonly ingestion: (store: NoticeStore) => IngestDependencies;
  readonly knowledge: (store: NoticeStore) => KnowledgeOptions;
  readonly now: () => Date;
}

export interface IndexRunProgress extends IngestProgress {
  readonly saving: (notices: number) => void;
  readonly indexing: (done: number, total: number) => void;
}

export interface IndexRunResult {
  readonly report: IngestReport;
  readonly summary: RunSummary;
}

/**
 * One run: reads the sources into the store and brings the snapshot up to it;
 * without sources only the latter. One run at a time on a data directory, over
 * all processes. Throws when it fails: then the store is as before, and so is
 * the snapshot; only between the two is there a moment at which the store is
 * ahead, which the next run or the next opening makes good. A dry run writes
 * nothing.
 */
export async function runIndex(
  sources: readonly string[],
  { dryRun }: { readonly dryRun: boolean },
  deps: IndexRunDependencies,
  progress: IndexRunProgress,
): Promise<IndexRunResult> {
  const startedAt = deps.now().toISOString();
  const lock = await acquireRunLock(deps.dataDir);
  try {
    const store = await deps.openStore();
    try {
      const knowledge = deps.knowledge(store);
      if (!dryRun) await removeLeftovers(knowledge.snapshotFile);
      const saving = new Saving(store, dryRun, progress.saving);
      try {
        const revision = await store.revision();
        const report = await ingest(sources, { ...deps.ingestion(store), store: saving }, progress);
        if (!dryRun && report.stored > 0) await updateIndex(knowledge, revision, report.outcome, progress.indexing);
        if (!dryRun) await record(store, startedAt, sources, deps.now(), 'done', report);
        return { report, summary: summarise(report, (id) => saving.titles.get(id), dryRun) };
      } catch (error) {
        if (!dryRun) {
          const said = { error: error instanceof Error ? error.message : String(error) };
          // What went wrong first is what is told, also when the disk is full for this row too.
          await record(store, startedAt, sources, deps.now(), 'failed', said).catch(() => undefined);
        }
        throw error;
      }
    } finally {
      await store.close();
    }
  } finally {
    await lock.release();
  }
}

function record(
  store: NoticeStore,
  startedAt: string,
  sources: readonly string[],
  endedAt: Date,
  outcome: 'done' | 'failed',
  report: object,
): Promise<void> {
  // A run without sources only caught up with an earlier one.
  if (sources.length === 0) return Promise.resolve();
  return store.recordRun({
    startedAt,
    endedAt: endedAt.toISOString(),
    sources,
    outcome,
    report: JSON.stringify(report),
  });
}

/** Where a run saves to: the store, or on a dry run nowhere. Remembers the titles for the summary. */
class Saving {
  readonly titles = new Map<string, string>();
  readonly #store: NoticeStore;
  readonly #dryRun: boolean;
  readonly #begun: (notices: number) => void;
  #wouldBeNew = 0;

  constructor(store: NoticeStore, dryRun: boolean, begun: (notices: number) => void) {
    this.#store = store;
    this.#dryRun = dryRun;
    this.#begun = begun;
  }

  async save(records: readonly NoticeRecord[]): Promise<SaveOutcome> {
    this.#begun(records.length);
    for (const { notice } of records) this.titles.set(notice.id, notice.title);
    if (!this.#dryRun) return this.#store.save(records);
    const outcome = await previewSave(records, this.#store);
    this.#wouldBeNew = outcome.new.length;
    return outcome;
  }

  async count(): Promise<number> {
    return (await this.#store.count()) + this.#wouldBeNew;
  }
}

/** SQLite takes a bounded number of parameters in one statement, and whole notices are read. */
const CHUNK = 200;

/** What `NoticeStore.save` would say to these records; nothing is written. */
async function previewSave(records: readonly NoticeRecord[], store: NoticeStore): Promise<SaveOutcome> {
  const hashes = new Map(records.map(({ notice }) => [notice.id, notice.contentHash]));
  const ids = [...hashes.keys()];
  const known = new Map<string, string>();
  for (let i = 0; i < ids.length; i += CHUNK) {
    for (const { notice } of await store.get(ids.slice(i, i + CHUNK))) known.set(notice.id, notice.contentHash);
  }
  const changed = ids.filter((id) => known.has(id) && known.get(id) !== hashes.get(id));
  return { new: ids.filter((id) => !known.has(id)), changed, unchanged: known.size - changed.length };
}

/** Half-written snapshots of runs that were killed: at 10,000 notices each is some 100 MB. */
async function removeLeftovers(snapshotFile: string | null): Promise<void> {
  if (snapshotFile === null) return;
  const folder = dirname(snapshotFile);
  const prefix = `${basename(snapshotFile)}.`;
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(prefix) ? /^([0-9]{1,10})\.tmp$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid !== undefined && !isOfAnother(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** Whether another process with this number runs: it may be writing at this moment. */
function isOfAnother(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
