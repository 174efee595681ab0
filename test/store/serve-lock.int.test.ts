import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/errors.js';
import { acquireServeLock } from '../../src/store/serve-lock.js';
import { spawnChild } from './support/spawn-child.js';

describe('the sole process of a folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'bulletin-sole-'));
  });
  afterEach(async () => {
    await rm(dir, { recursive: true, force: true });
  });

  it('is one at a time, and after it has left the next', async () => {
    const leave = await acquireServeLock(dir);
    await expect(acquireServeLock(dir)).rejects.toThrow(OperatorError);
    await leave();
    await (
      await acquireServeLock(dir)
    )();
  });

  it('leaves also when it is killed', async () => {
    const child = spawnChild([dir], undefined, new URL('./support/sole-child.ts', import.meta.url));
    await expect.poll(child.output, { timeout: 20_000 }).toBe('sole\n');
    await expect(acquireServeLock(dir)).rejects.toThrow('另一个机器人进程');
    child.kill();
    await child.ended;
    await (
      await acquireServeLock(dir)
    )();
  });
});
