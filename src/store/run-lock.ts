import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { OperatorError } from '../domain/errors.js';
import { storeMessages as m } from '../messages/store.js';
import { errorCode } from './error-code.js';

export interface RunLockOptions {
  /** Default: the pid of this process. */
  readonly pid?: number;
  /** Default: the system clock. */
  readonly now?: () => Date;
  /** Returns whether a process with this pid runs on this machine. Default: asks the operating system. */
  readonly isAlive?: (pid: number) => boolean;
}

export interface RunLock {
  /** Releases the lock; a second call does nothing. */
  release(): Promise<void>;
}

const holderSchema = z.object({ pid: z.int().positive(), startedAt: z.iso.datetime(), token: z.string() });
type LockHolder = z.infer<typeof holderSchema>;

/** Age above which an unreadable lock file or a guard file was left by a crash; writing one takes far less. */
const STALE_AFTER_MS = 60_000;
const ATTEMPTS = 50;
const RETRY_MS = 20;

/**
 * Tokens of the locks that this process holds. A lock file with our own pid and none of these tokens was left by an
 * earlier process: in a container every process gets the same pid.
 */
const heldTokens = new Set<string>();

/**
 * Acquires the run lock (`dir/run.lock`), which one run holds at a time over all processes of one machine that share
 * `dir` (created when missing). Takes over the lock of a dead process. Does not wait: throws an `OperatorError` when
 * another run holds the lock, and when the folder cannot be used.
 */
export async function acquireRunLock(dir: string, options: RunLockOptions = {}): Promise<RunLock> {
  const { pid = process.pid, now = () => new Date(), isAlive = isProcessAlive } = options;
  const file = join(dir, 'run.lock');
  const mine: LockHolder = { pid, startedAt: now().toISOString(), token: randomUUID() };
  const look = () =>
    inspectLock(file, now(), (holder) => (holder.pid === pid ? heldTokens.has(holder.token) : isAlive(holder.pid)));
  try {
    await mkdir(dir, { recursive: true });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await createFile(file, JSON.stringify(mine))) {
        heldTokens.add(mine.token);
        return { release: () => release(file, mine.token) };
      }
      const state = await look();
      if (state.kind === 'held')
        throw new OperatorError(m.runHeld(localTime(state.holder.startedAt), state.holder.pid, file));
      if (state.kind === 'unreadable') throw new OperatorError(m.runHeldByUnknown(file));
      if (state.kind === 'stale') await removeStale(file, now, async () => (await look()).kind === 'stale');
    }
  } catch (cause) {
    if (cause instanceof OperatorError || errorCode(cause) === '') throw cause;
    throw new OperatorError(m.folderUnusable(dir, errorCode(cause)), { cause });
  }
  throw new OperatorError(m.runHeldByUnknown(file));
}

type LockState =
  { readonly kind: 'gone' | 'stale' | 'unreadable' } | { readonly kind: 'held'; readonly holder: LockHolder };

async function inspectLock(file: string, now: Date, holds: (holder: LockHolder) => boolean): Promise<LockState> {
  const text = await nullIfMissing(readFile(file, 'utf8'));
  if (text === null) return { kind: 'gone' };
  const holder = parseHolder(text);
  if (holder !== null) return holds(holder) ? { kind: 'held', holder } : { kind: 'stale' };
  const age = await ageMs(file, now);
  if (age === null) return { kind: 'gone' };
  return { kind: age > STALE_AFTER_MS ? 'stale' : 'unreadable' };
}

/**
 * Removes the lock file if it is still stale. Checking and removing are two steps: without a guard, a process that
 * checked before another took over would remove the other's new lock. So only the holder of the guard file removes, and
 * it checks again first. A guard file that a crash left behind is removed after a minute.
 */
async function removeStale(file: string, now: () => Date, isStill: () => Promise<boolean>): Promise<void> {
  const guard = `${file}.takeover`;
  if (!(await createFile(guard, ''))) {
    const age = await ageMs(guard, now());
    if (age !== null && age > STALE_AFTER_MS) await rm(guard, { force: true });
    else await sleep(RETRY_MS);
    return;
  }
  try {
    if (await isStill()) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function release(file: string, token: string): Promise<void> {
  if (!heldTokens.delete(token)) return;
  const text = await nullIfMissing(readFile(file, 'utf8'));
  // An operator may have removed the file, and another run may have started.
  if (text !== null && parseHolder(text)?.token === token) await rm(file, { force: true });
}

/** Returns false when the file exists. Creation is exclusive (`wx`): of two concurrent callers, one succeeds. */
async function createFile(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function ageMs(file: string, now: Date): Promise<number | null> {
  const stats = await nullIfMissing(stat(file));
  return stats === null ? null : now.getTime() - stats.mtimeMs;
}

async function nullIfMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function parseHolder(text: string): LockHolder | null {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function localTime(instant: string): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists but belongs to another user.
    return errorCode(error) === 'EPERM';
  }
}
