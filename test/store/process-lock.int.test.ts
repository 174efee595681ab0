import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/errors.js';
import { acquireProcessLock } from '../../src/store/process-lock.js';
import { spawnChild } from './support/spawn-child.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bulletin-lock-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function acquireAndRelease(kind: 'index' | 'serve'): Promise<void> {
  const release = await acquireProcessLock(dir, kind);
  await release();
}

function spawnHolder(kind: 'index' | 'serve') {
  return spawnChild([dir, kind], undefined, new URL('./support/lock-child.ts', import.meta.url));
}

describe.each([
  ['index', '另一次运行', '请等它结束'],
  ['serve', '另一个机器人进程', '请先停掉它'],
] as const)('the %s lock of a folder', (kind, holder, advice) => {
  it('is refused, with the folder and what to do, while another process holds it, and free once that is killed', async () => {
    const child = spawnHolder(kind);
    await expect.poll(child.output, { timeout: 20_000 }).toBe('held\n');
    const refused = await acquireProcessLock(dir, kind).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OperatorError);
    for (const words of [holder, dir, advice]) expect(String(refused)).toContain(words);
    child.kill();
    await child.ended;
    await acquireAndRelease(kind);
  });

  it('is refused to the same process too while it holds it, and free after the release', async () => {
    const release = await acquireProcessLock(dir, kind);
    await expect(acquireProcessLock(dir, kind)).rejects.toThrow(OperatorError);
    await release();
    await acquireAndRelease(kind);
  });

  it('is not taken from its next holder by a second release', async () => {
    const release = await acquireProcessLock(dir, kind);
    await release();
    const releaseNext = await acquireProcessLock(dir, kind);
    await release();
    await expect(acquireProcessLock(dir, kind)).rejects.toThrow(holder);
    await releaseNext();
  });
});

describe('a process lock', () => {
  it('goes to exactly one of several processes that start together', async () => {
    const children = Array.from({ length: 3 }, () => spawnHolder('index'));
    const outputs = () => children.map((child) => child.output()).sort();
    const refusal = expect.stringContaining('另一次运行') as string;
    await expect.poll(outputs, { timeout: 30_000 }).toEqual(['held\n', refusal, refusal]);
    for (const child of children) child.kill();
    await Promise.all(children.map(({ ended }) => ended));
  });

  it('of one kind leaves the other free: the bot serves while an index run works', async () => {
    const release = await acquireProcessLock(dir, 'serve');
    await acquireAndRelease('index');
    await release();
  });

  it('does not heed the run.lock that an older version left, even one that names a live process', async () => {
    const leftover = JSON.stringify({ pid: process.ppid, startedAt: '2024-03-11T06:05:00.000Z', token: 'old' });
    await writeFile(join(dir, 'run.lock'), leftover);
    await acquireAndRelease('index');
    expect(await readFile(join(dir, 'run.lock'), 'utf8')).toBe(leftover);
  });

  it('creates the folder, and is an empty file that stays', async () => {
    const nested = join(dir, 'a', 'b');
    const release = await acquireProcessLock(nested, 'index');
    await release();
    expect(await readFile(join(nested, 'index.lock'), 'utf8')).toBe('');
  });

  it('names a folder that cannot be used', async () => {
    await writeFile(join(dir, 'plain'), '');
    await expect(acquireProcessLock(join(dir, 'plain'), 'index')).rejects.toThrow(/无法创建或使用文件夹 .*plain/);
  });
});
