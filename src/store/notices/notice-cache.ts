import { LRUCache } from 'lru-cache';
import type { NoticeStore, StoredNotice } from '../notice-store.js';

/** Default bound on the cached notices, of a few kilobytes each: as many as a day's questions are about. */
const MAX_CACHED_NOTICES = 300;

/**
 * Returns a `NoticeStore` that caches notices (least recently used first out) until the revision changes, and shares
 * one revision query among concurrent callers. As with `store`, a result is never older than the call.
 */
export function cacheRecentNotices(store: NoticeStore, max = MAX_CACHED_NOTICES): NoticeStore {
  const revision = coalesceCalls(() => store.revision());
  /** Cached notices by id, as of `cachedRevision`, and the ids by key. */
  const cached = new LRUCache<string, StoredNotice>({ max, dispose: ({ key }) => ids.delete(key) });
  const ids = new Map<number, string>();
  let cachedRevision = -1;

  /** Clears the cache when the revision has changed. Returns the current revision. */
  async function updateRevision(): Promise<number> {
    const present = await revision();
    if (present !== cachedRevision) cached.clear();
    cachedRevision = present;
    return present;
  }
  function put(stored: StoredNotice): void {
    cached.set(stored.notice.id, stored);
    ids.set(stored.key, stored.notice.id);
  }

  return {
    ...bindMethods(store),
    revision,
    async get(wanted) {
      const asOf = await updateRevision();
      // Taken before the read, during which another call may evict them.
      const known = new Map(wanted.map((id) => [id, cached.get(id)]));
      const missing = wanted.filter((id) => known.get(id) === undefined);
      for (const stored of missing.length === 0 ? [] : await store.get(missing)) known.set(stored.notice.id, stored);
      const all = [...known.values()].filter((stored) => stored !== undefined);
      // Not cached when another call has moved the cache to a newer revision meanwhile.
      if (asOf === cachedRevision) all.forEach(put);
      // A notice may have changed between the cached and the fresh read: then all are read together.
      return missing.length === 0 || asOf === (await revision())
        ? all.sort((a, b) => a.key - b.key)
        : store.get(wanted);
    },
    async getByKey(key) {
      const asOf = await updateRevision();
      const id = ids.get(key);
      const known = id === undefined ? undefined : cached.get(id);
      if (known !== undefined) return known;
      const stored = await store.getByKey(key);
      if (stored !== null && asOf === cachedRevision) put(stored);
      return stored;
    },
  };
}

function bindMethods(store: NoticeStore): NoticeStore {
  return {
    save: (records) => store.save(records),
    get: (ids) => store.get(ids),
    getByKey: (key) => store.getByKey(key),
    all: () => store.all(),
    count: () => store.count(),
    newestKey: () => store.newestKey(),
    after: (key, limit) => store.after(key, limit),
    withPeriods: (from, to, limit) => store.withPeriods(from, to, limit),
    revision: () => store.revision(),
    recordRun: (run) => store.recordRun(run),
    lastRuns: (limit) => store.lastRuns(limit),
    close: () => store.close(),
  };
}

/** Shares one call of `read` among all callers before it starts; never returns the result of an earlier call. */
function coalesceCalls<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    if (next !== null) return next;
    const mine = running.then(() => {
      next = null;
      return read();
    });
    next = mine;
    running = mine.catch(() => undefined);
    return mine;
  };
}
