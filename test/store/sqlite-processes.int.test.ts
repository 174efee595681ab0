import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/notices/sqlite-notice-store.js';
import { collect, inFolder, many } from './support/cast.js';
import { spawnChild } from './support/spawn-child.js';

const sizeOf = async (file: string) => (await stat(file).catch(() => ({ size: 0 }))).size;

describe('sqlite store across processes', { timeout: 30_000 }, () => {
  it('has the old state, whole, after its process was killed in the middle of a save', () =>
    inFolder(async (dir) => {
      const file = join(dir, 'bulletin.sqlite');
      const before = await openSqliteStore({ file });
      await before.save(many(300, 100));
      const old = await collect(before);
      const revision = await before.revision();
      await before.close();

      const child = spawnChild([file, 'big']);
      // A transaction too large for the cache flows into the log before it is committed.
      for (let i = 0; i < 1_000 && (await sizeOf(`${file}-wal`)) < 4_000_000; i++) await sleep(10);
      child.kill();
      expect((await child.ended).trim()).toBe('opened');
      expect(await sizeOf(`${file}-wal`)).toBeGreaterThan(1_000_000);

      const after = await openSqliteStore({ file });
      expect(await collect(after)).toEqual(old);
      expect(await after.revision()).toBe(revision);
      expect((await after.save(many(300, 100, '新'))).changed).toHaveLength(300);
      await after.close();
    }));

  it('lets two processes create one file and save into it at once', () =>
    inFolder(async (dir) => {
      const file = join(dir, 'bulletin.sqlite');
      const children = [spawnChild([file, 'save', 'a', '8']), spawnChild([file, 'save', 'b', '8'])];
      for (const child of children) expect((await child.ended).trim().split('\n')).toEqual(['opened', 'closed']);
      const store = await openSqliteStore({ file });
      expect(await store.count()).toBe(2 * 8 * 50);
      expect(await store.revision()).toBe(2 * 8);
      await store.close();
    }));

  // Root may write everywhere, so under root the child is somebody else; elsewhere it is who we are.
  it('says that a file, or the folder for its log, is not writable', () =>
    inFolder(async (dir) => {
      const uid = process.getuid?.() === 0 ? 65_534 : undefined;
      const file = join(dir, 'bulletin.sqlite');
      const store = await openSqliteStore({ file });
      await store.save(many(3, 10));
      await store.close();
      await chmod(file, 0o444);
      await chmod(dir, 0o777);
      expect(await spawnChild([file, 'open'], uid).ended).toMatch(/^operator: 无法写入 .*bulletin\.sqlite/);
      await chmod(file, 0o666);
      await chmod(dir, 0o555);
      expect(await spawnChild([file, 'open'], uid).ended).toMatch(/^operator: 无法写入 .*bulletin\.sqlite/);
      expect(await spawnChild([join(dir, 'sub', 'x.sqlite'), 'open'], uid).ended).toMatch(
        /^operator: 无法创建或使用文件夹 .*sub/,
      );
      await chmod(dir, 0o755);
    }));
});
