import { stat } from 'node:fs/promises';
import { IndexBuilder } from './index-builder.js';
import { assembleIndex, type LoadedIndex } from './loaded-index.js';
import { MiniSearchStore } from './minisearch-store.js';
import { PostingsView } from './postings-view.js';
import { readSnapshot, writeSnapshot, type IndexSnapshot, type SnapshotRefusal } from './snapshot.js';
import type { NoticeStore, SaveOutcome } from '../store/notice-store.js';
import type { Analyser } from '../text/analyser.js';

export interface LiveIndexOptions {
  readonly store: NoticeStore;
  readonly analyser: Pick<Analyser, 'terms'>;
  readonly fingerprint: string;
  /** Null keeps the index in memory only (the sample bulletin). */
  readonly snapshotFile: string | null;
  /** Called when the snapshot of a store that is not empty is unusable and the index is rebuilt. */
  readonly onRebuild?: (why: SnapshotRefusal) => void;
}

/**
 * Holder of the index that answers, kept up to date with the store. Readers hold one complete index while the next is
 * built; it is replaced as a whole.
 */
export class LiveIndex {
  readonly #options: LiveIndexOptions;
  #loaded: LoadedIndex;
  /** Identity of the snapshot file that `#loaded` came from. */
  #snapshotIdentity: string;

  private constructor(options: LiveIndexOptions, loaded: LoadedIndex, snapshotIdentity: string) {
    this.#options = options;
    this.#loaded = loaded;
    this.#snapshotIdentity = snapshotIdentity;
  }

  /** Loads the snapshot; if missing, damaged, stale or incompatible, rebuilds the index and calls `onRebuild`. */
  static async open(options: LiveIndexOptions): Promise<LiveIndex> {
    const { loaded, snapshotIdentity } = await loadOrBuild(options);
    return new LiveIndex(options, loaded, snapshotIdentity);
  }

  get current(): LoadedIndex {
    return this.#loaded;
  }

  /**
   * Loads a snapshot that another process (`bulletin-bot index`) has written since. Returns whether it did. An
   * incompatible one is ignored: rebuilding would hold up the answers. The store may already be ahead of it, when the
   * next run has begun.
   */
  async refresh(): Promise<boolean> {
    const { snapshotFile, fingerprint } = this.#options;
    const identity = await readSnapshotIdentity(snapshotFile);
    if (snapshotFile === null || identity === this.#snapshotIdentity || identity === '') return false;
    const snapshot = await readSnapshot(snapshotFile, { fingerprint, storeRevision: null });
    this.#snapshotIdentity = identity;
    if (typeof snapshot === 'string') return false;
    this.#loaded = toLoadedIndex(snapshot);
    return true;
  }
}

/**
 * Updates the index after a save and writes the new snapshot. When the old snapshot is usable, only changed notices are
 * analysed again; `total` in the callback is the number of notices to analyse.
 */
export async function updateIndex(
  options: LiveIndexOptions,
  revisionBefore: number,
  outcome: SaveOutcome,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const { store, analyser, fingerprint, snapshotFile } = options;
  const previous =
    snapshotFile === null ? 'absent' : await readSnapshot(snapshotFile, { fingerprint, storeRevision: revisionBefore });
  if (typeof previous === 'string') {
    await buildAll(options, onProgress);
    return;
  }
  // Refreshed notices too: terms are also derived from facts.
  const changed = [...outcome.new, ...outcome.changed, ...outcome.refreshed];
  const revision = await store.revision();
  if (revision === revisionBefore) return;
  const builder = new IndexBuilder(analyser, new MiniSearchStore(previous.postings), previous.notices);
  let done = 0;
  for (let i = 0; i < changed.length; i += NOTICES_PER_QUERY) {
    for (const stored of await store.get(changed.slice(i, i + NOTICES_PER_QUERY))) {
      builder.put(stored);
      onProgress(++done, changed.length);
    }
  }
  await finishIndex(options, builder, revision);
}

/** Notices per query: SQLite bounds the parameters of a statement. */
const NOTICES_PER_QUERY = 500;

async function loadOrBuild(options: LiveIndexOptions): Promise<{ loaded: LoadedIndex; snapshotIdentity: string }> {
  const { store, fingerprint, snapshotFile, onRebuild } = options;
  const snapshotIdentity = await readSnapshotIdentity(snapshotFile);
  const storeRevision = await store.revision();
  const snapshot = snapshotFile === null ? 'absent' : await readSnapshot(snapshotFile, { fingerprint, storeRevision });
  if (typeof snapshot === 'string') {
    if (snapshotFile !== null && (await store.count()) > 0) onRebuild?.(snapshot);
    const loaded = await buildAll(options);
    return { loaded, snapshotIdentity: await readSnapshotIdentity(snapshotFile) };
  }
  return { loaded: toLoadedIndex(snapshot), snapshotIdentity };
}

function toLoadedIndex({ postings, notices, storeRevision }: IndexSnapshot): LoadedIndex {
  return assembleIndex(new PostingsView(postings), notices, storeRevision);
}

async function buildAll(
  options: LiveIndexOptions,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<LoadedIndex> {
  const { store, analyser } = options;
  const revision = await store.revision();
  const total = await store.count();
  const builder = new IndexBuilder(analyser);
  let done = 0;
  for await (const stored of store.all()) {
    builder.put(stored);
    onProgress(++done, total);
  }
  return finishIndex(options, builder, revision);
}

async function finishIndex(options: LiveIndexOptions, builder: IndexBuilder, revision: number): Promise<LoadedIndex> {
  const loaded = await builder.finish(revision);
  if (options.snapshotFile !== null && loaded.index.size > 0) {
    await writeSnapshot(options.snapshotFile, {
      fingerprint: options.fingerprint,
      storeRevision: revision,
      postings: builder.postings.serialise(),
      notices: [...builder.notices.values()],
    });
  }
  return loaded;
}

async function readSnapshotIdentity(file: string | null): Promise<string> {
  if (file === null) return '';
  try {
    const { mtimeMs, ino, size } = await stat(file);
    return `${mtimeMs.toString()}:${ino.toString()}:${size.toString()}`;
  } catch {
    return '';
  }
}
