import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { LiveIndex, updateIndex, type LiveIndexOptions } from '../../src/index/live-index.js';
import type { Fact } from '../../src/domain/fact.js';
import type { SnapshotRefusal } from '../../src/index/snapshot.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import { fakeAnalyser } from '../support/fake-analyser.js';
import { notice } from '../support/texts.js';

let options: LiveIndexOptions & { rebuilt: SnapshotRefusal[]; snapshotFile: string };

beforeEach(async () => {
  const rebuilt: SnapshotRefusal[] = [];
  options = {
    store: createMemoryStore(),
    analyser: fakeAnalyser(),
    fingerprint: 'f1',
    snapshotFile: join(await mkdtemp(join(tmpdir(), 'knowledge-')), 'index.snapshot'),
    onRebuild: (why) => rebuilt.push(why),
    rebuilt,
  };
});

async function save(id: string, body: string, facts: readonly Fact[] = []): Promise<void> {
  const before = await options.store.revision();
  const outcome = await options.store.save([{ notice: notice(id, `公告${id}`, body), facts }]);
  await updateIndex(options, before, outcome);
}

const found = (knowledge: LiveIndex, term: string): string[] =>
  knowledge.current.index.search([{ term, weight: 1 }], 10).map(({ id }) => id);

describe('the index', () => {
  it('grows by what is new and forgets what a changed notice no longer says', async () => {
    await save('1', '周一停水。');
    await save('2', '周二停电。');
    await save('1', '周三停气。');
    const knowledge = await LiveIndex.open(options);
    expect(options.rebuilt).toEqual([]);
    expect(found(knowledge, '停水')).toEqual([]);
    expect(found(knowledge, '停气')).toEqual(['1']);
    expect(found(knowledge, '停电')).toEqual(['2']);
  });

  it('learns the people and numbers that are found in the same content later', async () => {
    const body = '咨询电话：王丽楠，022—8321 5136。';
    const at = { start: 0, end: body.length };
    await save('1', body);
    expect(found(await LiveIndex.open(options), '02283215136')).toEqual([]);
    await save('1', body, [
      {
        kind: 'contact',
        channel: 'phone',
        value: '022—8321 5136',
        normalised: '02283215136',
        persons: ['王丽楠'],
        role: null,
        office: null,
        span: at,
        at,
      },
    ]);
    const knowledge = await LiveIndex.open(options);
    expect(options.rebuilt).toEqual([]);
    expect(found(knowledge, '02283215136')).toEqual(['1']);
    expect([...knowledge.current.people]).toEqual(['王丽楠']);
  });

  it.each([
    [
      'absent',
      async () => {
        await options.store.save([{ notice: notice('9', '新公告', '没有索引。'), facts: [] }]);
      },
    ],
    [
      'corrupt',
      async () => {
        await save('9', '没有索引。');
        await writeFile(options.snapshotFile, '{"half');
      },
    ],
    [
      'other-fingerprint',
      async () => {
        await save('9', '没有索引。');
        options = { ...options, fingerprint: 'f2' };
      },
    ],
    [
      'stale',
      async () => {
        await save('8', '旧的。');
        await options.store.save([{ notice: notice('9', '新公告', '没有索引。'), facts: [] }]);
      },
    ],
  ] as [SnapshotRefusal, () => Promise<void>][])(
    'is rebuilt from the store when the snapshot is %s, and that is said',
    async (why, arrange) => {
      await arrange();
      const knowledge = await LiveIndex.open(options);
      expect(options.rebuilt).toEqual([why]);
      expect(found(knowledge, '索引')).toEqual(['9']);
      await LiveIndex.open(options);
      expect(options.rebuilt).toHaveLength(1);
      expect(await readdir(join(options.snapshotFile, '..'))).toEqual(['index.snapshot']);
    },
  );

  it('is taken over while running when another run has put a new one in place', async () => {
    await save('1', '周一停水。');
    const knowledge = await LiveIndex.open(options);
    const held = knowledge.current;
    expect(await knowledge.refresh()).toBe(false);
    await save('2', '周二停电。');
    expect(found(knowledge, '停电')).toEqual([]);
    expect(await knowledge.refresh()).toBe(true);
    expect(found(knowledge, '停电')).toEqual(['2']);
    // Whoever began with the old index ends with it.
    expect(held.index.size).toBe(1);
  });

  it('analyses only what a save changed, and reports how far it is', async () => {
    await save('1', '周一停水。');
    await save('2', '周二停电。');
    const analysed: string[] = [];
    const { analyser } = options;
    options = { ...options, analyser: { ...analyser, terms: (text) => (analysed.push(text), analyser.terms(text)) } };
    const before = await options.store.revision();
    const outcome = await options.store.save([
      { notice: notice('1', '公告1', '周一停水。'), facts: [] },
      { notice: notice('2', '公告2', '周三停气。'), facts: [] },
      { notice: notice('3', '公告3', '周四停诊。'), facts: [] },
    ]);
    const progress: [number, number][] = [];
    await updateIndex(options, before, outcome, (done, total) => progress.push([done, total]));
    expect(analysed.map((text) => text.split('\n')[1]).sort()).toEqual(['周三停气。', '周四停诊。'].sort());
    expect(progress).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const knowledge = await LiveIndex.open(options);
    expect(found(knowledge, '停水')).toEqual(['1']);
    expect(found(knowledge, '停诊')).toEqual(['3']);
  });

  it('is not written again by a save that changes nothing', async () => {
    await save('1', '周一停水。');
    const { mtimeMs, ino } = await stat(options.snapshotFile);
    await save('1', '周一停水。');
    expect(await stat(options.snapshotFile)).toMatchObject({ mtimeMs, ino });
  });

  it('lives in memory where it has no file', async () => {
    const inMemory = { ...options, snapshotFile: null };
    await options.store.save([{ notice: notice('1', '公告1', '周一停水。'), facts: [] }]);
    const knowledge = await LiveIndex.open(inMemory);
    expect(found(knowledge, '停水')).toEqual(['1']);
    expect(await knowledge.refresh()).toBe(false);
    expect(await readdir(join(options.snapshotFile, '..'))).toEqual([]);
    expect(options.rebuilt).toEqual([]);
  });

  it('of an empty store is empty, writes no file and says nothing of it', async () => {
    const knowledge = await LiveIndex.open(options);
    expect(knowledge.current.index.size).toBe(0);
    expect(await readdir(join(options.snapshotFile, '..'))).toEqual([]);
    expect(options.rebuilt).toEqual([]);
  });

  it('knows the revision of the store that it was made of', async () => {
    await save('1', '周一停水。');
    await save('2', '周二停电。');
    const knowledge = await LiveIndex.open(options);
    expect(knowledge.current.storeRevision).toBe(await options.store.revision());
    expect([...knowledge.current.notices.keys()].sort()).toEqual(['1', '2']);
  });
});
