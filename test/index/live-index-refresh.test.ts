import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveIndex, updateIndex, type LiveIndexOptions } from '../../src/index/live-index.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import { fakeAnalyser } from '../support/fake-analyser.js';
import { notice } from '../support/texts.js';

async function stage() {
  const folder = await mkdtemp(join(tmpdir(), 'bulletin-refresh-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const options: LiveIndexOptions & { snapshotFile: string } = {
    store: createMemoryStore(),
    analyser: fakeAnalyser(),
    fingerprint: 'f1',
    snapshotFile: join(folder, 'index.snapshot'),
  };
  const save = async (id: string, using: LiveIndexOptions = options): Promise<void> => {
    const before = await options.store.revision();
    const outcome = await options.store.save([{ notice: notice(id, `公告${id}`, '周一停水。'), facts: [] }]);
    await updateIndex(using, before, outcome);
  };
  await save('1');
  return { options, save, knowledge: await LiveIndex.open(options) };
}

describe('taking over a new index while running', () => {
  it('works although the next run has saved already', async () => {
    const { options, save, knowledge } = await stage();
    await save('2');
    await options.store.save([{ notice: notice('3', '公告3', '周三停气。'), facts: [] }]);
    const written = await readFile(options.snapshotFile);
    expect(await knowledge.refresh()).toBe(true);
    expect(knowledge.current.index.size).toBe(2);
    // Nothing is built nor written in the bot's own process.
    expect(await readFile(options.snapshotFile)).toEqual(written);
  });

  it.each([
    ['damaged', (file: string) => writeFile(file, '{"half')],
    ['of another version', async (_: string, save: () => Promise<void>) => save()],
  ])('leaves a snapshot alone that is %s', async (_, spoil) => {
    const { options, save, knowledge } = await stage();
    const held = knowledge.current;
    await spoil(options.snapshotFile, () => save('2', { ...options, fingerprint: 'f2' }));
    const written = await readFile(options.snapshotFile);
    expect(await knowledge.refresh()).toBe(false);
    expect(knowledge.current).toBe(held);
    expect(await readFile(options.snapshotFile)).toEqual(written);
    await save('4');
    expect(await knowledge.refresh()).toBe(true);
    expect(knowledge.current.notices.has('4')).toBe(true);
  });
});
