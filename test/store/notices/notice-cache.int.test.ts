import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/store/notices/memory-notice-store.js';
import { cacheRecentNotices } from '../../../src/store/notices/notice-cache.js';
import { openSqliteStore } from '../../../src/store/notices/sqlite-notice-store.js';
import { describeStore } from '../suite.js';
import { inFolder, record } from '../support/cast.js';

describeStore('a store that remembers', () => {
  const store = cacheRecentNotices(createMemoryStore(), 2);
  return Promise.resolve({ store, dispose: () => store.close() });
});

describe('what a store remembers', () => {
  it('is read once, and the revision once for all who ask together', async () => {
    const under = createMemoryStore();
    await under.save([record('a', '甲'), record('b', '乙')]);
    const reads: string[] = [];
    const store = cacheRecentNotices({
      ...under,
      get: (ids) => (reads.push(`get ${ids.join()}`), under.get(ids)),
      getByKey: (key) => (reads.push(`key ${key}`), under.getByKey(key)),
      revision: () => (reads.push('revision'), under.revision()),
    });
    const both = await store.get(['b', 'a']);
    expect(reads).toEqual(['revision', 'get b,a', 'revision']);
    reads.length = 0;
    const again = await Promise.all([store.get(['a']), store.get(['b', 'a']), store.getByKey(both[0]?.key ?? 0)]);
    expect(again).toEqual([[both[0]], both, both[0]]);
    expect(reads).toEqual(['revision']);
  });

  it('is bounded', async () => {
    const under = createMemoryStore();
    await under.save(['a', 'b', 'c'].map((id) => record(id, id)));
    const read: string[] = [];
    const revision = () => under.revision();
    const store = cacheRecentNotices({ ...under, revision, get: (ids) => (read.push(...ids), under.get(ids)) }, 2);
    for (const id of ['a', 'b', 'c', 'b', 'a']) await store.get([id]);
    expect(read).toEqual(['a', 'b', 'c', 'a']);
  });

  it('is found also when another call pushes it out while the rest is read', async () => {
    const under = createMemoryStore();
    await under.save(['a', 'b', 'c'].map((id) => record(id, id)));
    const revision = () => under.revision();
    const store = cacheRecentNotices({ ...under, revision, get: (ids) => readSlowly(ids) }, 1);
    const readSlowly = async (ids: readonly string[]) => {
      if (ids.includes('b')) await store.get(['c']);
      return under.get(ids);
    };
    await store.get(['a']);
    expect((await store.get(['a', 'b'])).map(({ notice }) => notice.id)).toEqual(['a', 'b']);
  });

  it('is never older than what is stored, whatever another process saves between', () =>
    inFolder(async (dir) => {
      const file = join(dir, 'bulletin.db');
      const other = await openSqliteStore({ file });
      const under = await openSqliteStore({ file });
      const store = cacheRecentNotices(under, 3);
      try {
        const step = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), body: fc.integer({ min: 0, max: 3 }) });
        await fc.assert(
          fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
            for (const { id, body } of steps) {
              await other.save([record(id, `正文${body}`)]);
              const wanted = [id, 'a', 'd'];
              const [seen, truth] = [await store.get(wanted), await other.get(wanted)];
              expect(seen).toEqual(truth);
              expect(await store.getByKey(truth[0]?.key ?? 0)).toEqual(truth[0]);
            }
          }),
          { numRuns: 15 },
        );
      } finally {
        await under.close();
        await other.close();
      }
    }));
});
