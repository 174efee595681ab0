import { writeFileSync } from 'node:fs';
import { readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/errors.js';
import { acquireRunLock } from '../../src/store/run-lock.js';
import { inFolder } from './support/cast.js';

const now = () => new Date('2024-03-11T06:05:00.000Z');
const alive = { now, isAlive: () => true };
const dead = { now, isAlive: () => false };

describe('the run lock', () => {
  it('is refused while a live process has it, with the time in Shanghai and the process', () =>
    inFolder(async (dir) => {
      const lock = await acquireRunLock(dir, { ...alive, pid: 41 });
      const second = acquireRunLock(dir, { ...alive, pid: 42 });
      await expect(second).rejects.toThrow(OperatorError);
      await expect(second).rejects.toThrow(/3\/11 14:05 .*进程 41.*run\.lock/);
      await lock.release();
      await (await acquireRunLock(dir, { ...alive, pid: 42 })).release();
      expect(await readdir(dir)).toEqual([]);
    }));

  it('is refused to the same process too while it has it', () =>
    inFolder(async (dir) => {
      const lock = await acquireRunLock(dir);
      await expect(acquireRunLock(dir)).rejects.toThrow(`进程 ${String(process.pid)}`);
      await lock.release();
      await (await acquireRunLock(dir)).release();
    }));

  it('creates the folder, and says who has it since when', () =>
    inFolder(async (dir) => {
      const data = join(dir, 'a', 'b');
      const lock = await acquireRunLock(data, { ...alive, pid: 7 });
      expect(JSON.parse(await readFile(join(data, 'run.lock'), 'utf8'))).toMatchObject({
        pid: 7,
        startedAt: now().toISOString(),
      });
      await lock.release();
    }));

  it('is taken over from a process that is dead', () =>
    inFolder(async (dir) => {
      await acquireRunLock(dir, { ...alive, pid: 41 });
      const lock = await acquireRunLock(dir, { ...dead, pid: 42 });
      expect(await readFile(join(dir, 'run.lock'), 'utf8')).toContain('"pid":42');
      await lock.release();
      expect(await readdir(dir)).toEqual([]);
    }));

  it('is taken over from an earlier life with the same process number, as in a container', () =>
    inFolder(async (dir) => {
      await writeFile(join(dir, 'run.lock'), JSON.stringify({ pid: 1, startedAt: now().toISOString(), token: 'old' }));
      await (await acquireRunLock(dir, { ...alive, pid: 1 })).release();
    }));

  it('takes a file that it cannot read for a run that begins, and after a minute for rubbish', () =>
    inFolder(async (dir) => {
      const file = join(dir, 'run.lock');
      for (const text of ['', '{"pid":', '{"pid":-1}', 'null']) {
        await writeFile(file, text);
        await utimes(file, now(), now());
        await expect(acquireRunLock(dir, dead)).rejects.toThrow('尚不可读');
        const later = () => new Date(now().getTime() + 61_000);
        await (await acquireRunLock(dir, { ...dead, now: later })).release();
      }
    }));

  it('goes to exactly one of many that find the same stale file', () =>
    inFolder(async (dir) => {
      for (let round = 0; round < 20; round++) {
        await writeFile(
          join(dir, 'run.lock'),
          JSON.stringify({ pid: 999, startedAt: now().toISOString(), token: 'old' }),
        );
        const attempts = Array.from({ length: 12 }, (_, i) =>
          acquireRunLock(dir, { now, pid: i + 1, isAlive: (pid) => pid !== 999 }),
        );
        const won = (await Promise.allSettled(attempts)).flatMap((result) =>
          result.status === 'fulfilled' ? [result.value] : [],
        );
        expect(won).toHaveLength(1);
        for (const lock of won) await lock.release();
        expect(await readdir(dir)).toEqual([]);
      }
    }));

  it('is not taken from one who took it over after another had found it stale', () =>
    inFolder(async (dir) => {
      const file = join(dir, 'run.lock');
      const holder = (pid: number) => JSON.stringify({ pid, startedAt: now().toISOString(), token: String(pid) });
      await writeFile(file, holder(999));
      const isAlive = (pid: number) => {
        if (pid !== 999) return true;
        // Between the slow one's look and its removal, the fast one takes over.
        writeFileSync(file, holder(1));
        return false;
      };
      await expect(acquireRunLock(dir, { pid: 2, now, isAlive })).rejects.toThrow('进程 1');
      expect(await readFile(file, 'utf8')).toBe(holder(1));
    }));

  it('is taken over even when a crash left the guard of a take-over behind', () =>
    inFolder(async (dir) => {
      const guard = join(dir, 'run.lock.takeover');
      await writeFile(
        join(dir, 'run.lock'),
        JSON.stringify({ pid: 999, startedAt: now().toISOString(), token: 'old' }),
      );
      await writeFile(guard, '');
      await utimes(guard, new Date(now().getTime() - 61_000), new Date(now().getTime() - 61_000));
      await (await acquireRunLock(dir, dead)).release();
      expect(await readdir(dir)).toEqual([]);
    }));

  it("does not take away another's lock when it is released twice or too late", () =>
    inFolder(async (dir) => {
      const first = await acquireRunLock(dir, { ...alive, pid: 41 });
      await acquireRunLock(dir, { ...dead, pid: 42 });
      await first.release();
      await first.release();
      expect(await readFile(join(dir, 'run.lock'), 'utf8')).toContain('"pid":42');
    }));

  it('says so when the folder cannot be used', () =>
    inFolder(async (dir) => {
      await writeFile(join(dir, 'plain'), '');
      await expect(acquireRunLock(join(dir, 'plain'))).rejects.toThrow(/无法创建或使用文件夹 .*plain/);
    }));
});
