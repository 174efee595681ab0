import type { NoticeStore, StoredNotice } from '../notice-store.js';

/** Default bound on the cached notices, of a few kilobytes each: as many as a day's questions are about. */
const MAX_CACHED_NOTICES = 300;

/**
 * Returns a `NoticeStore` that caches notices (least recently used first out) until the revision changes, and shares
 * one revision query among concurrent callers. As with `store`, a result is never older than the call.
 */
export function cacheRecentNotices(store: NoticeStore, most = MAX_CACHED_NOTICES): NoticeStore {
  const revision = coalesceCalls(() => store.revision());
  /** Cached notices by id, least recently used first, as of revision `at`. */
  const known = new Map<string, StoredNotice>();
  const ids = new Map<number, string>();
  let at = -1;

  /** Clears the cache when the revision has changed. Returns the current revision. */
  async function bringUpToDate(): Promise<number> {
    const present = await revision();
    if (present === at) return present;
    known.clear();
    ids.clear();
    at = present;
    return present;
  }
  function remember(stored: StoredNotice): void {
    known.delete(stored.notice.id);
    known.set(stored.notice.id, stored);
    ids.set(stored.key, stored.notice.id);
    const [oldest] = known;
    if (known.size <= most || oldest === undefined) return;
    known.delete(oldest[0]);
    ids.delete(oldest[1].key);
  }

  return {
    ...bindMethods(store),
    revision,
    async get(wanted) {
      const asOf = await bringUpToDate();
      const missing = wanted.filter((id) => !known.has(id));
      const read = missing.length === 0 ? [] : await store.get(missing);
      const found = new Map(read.map((stored) => [stored.notice.id, stored]));
      const all = [...new Set(wanted)].flatMap((id) => found.get(id) ?? known.get(id) ?? []);
      // Not cached when another call has moved the cache to a newer revision meanwhile.
      if (asOf === at) all.forEach(remember);
      // A notice may have changed between the cached and the fresh read: then all are read together.
      return missing.length === 0 || asOf === (await revision())
        ? all.sort((a, b) => a.key - b.key)
        : store.get(wanted);
    },
    async getByKey(key) {
      const asOf = await bringUpToDate();
      const id = ids.get(key);
      const remembered = id === undefined ? undefined : known.get(id);
      if (remembered !== undefined) {
        remember(remembered);
        return remembered;
      }
      const stored = await store.getByKey(key);
      if (stored !== null && asOf === at) remember(stored);
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
