import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Logger } from 'pino';
import { adminMessages as m } from '../../messages/admin.js';
import type { NoticeStore } from '../../store/notice-store.js';
import type { ConfiguredSource } from './configured-sources.js';
import {
  reindexEventSchema,
  type ReindexEvent,
  type ReindexJob,
  type ReindexProgress,
  type SavedCounts,
} from './reindex-protocol.js';
import type { RunSummary } from './run-report.js';

export interface ReindexRequest {
  readonly sources: readonly ConfiguredSource[];
  readonly dryRun: boolean;
}

export interface ReindexState extends ReindexRequest {
  readonly startedAt: string;
  /** Null until the process has reported progress. */
  readonly progress: ReindexProgress | null;
}

/**
 * Result of a run. `message` is for the admin. `saved`: what a failed run had stored, which stays, and whether the
 * index was updated for it; null when nothing was stored.
 */
export type ReindexResult =
  | { readonly kind: 'done'; readonly summary: RunSummary; readonly ms: number }
  | { readonly kind: 'failed'; readonly message: string; readonly saved: PartialSave | null; readonly ms: number };

export interface PartialSave extends SavedCounts {
  /** False: the old index answers until the next run or start updates it. */
  readonly isIndexed: boolean;
}

export type StartResult =
  /** `finished` never rejects. */
  | { readonly kind: 'started'; readonly finished: Promise<ReindexResult> }
  | { readonly kind: 'running'; readonly state: ReindexState }
  | { readonly kind: 'stopping' };

export interface Reindexer {
  /** Starts a run, unless one is running. */
  start(request: ReindexRequest, onProgress?: (state: ReindexState) => void): StartResult;
  readonly running: ReindexState | null;
  /** Kills a running process, losing what is not saved yet, and refuses further runs. Resolves when it has ended. */
  close(): Promise<void>;
}

/** Child process that runs one job. */
export interface ReindexProcess {
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>;
  kill(): void;
}

export type StartReindexProcess = (job: ReindexJob, onEvent: (event: ReindexEvent) => void) => ReindexProcess;

export interface ReindexerDependencies {
  readonly dataDir: string;
  readonly sourceMaxBytes: number;
  readonly startProcess: StartReindexProcess;
  readonly store: Pick<NoticeStore, 'recordRun'>;
  /** Loads the new index, so that it answers when the result is reported. */
  readonly refresh: () => Promise<unknown>;
  /** Called with the result of every run but dry ones; default nothing. */
  readonly onEnd?: ((end: ReindexResult) => void) | undefined;
  readonly log: Logger;
  readonly now: () => Date;
  /** Silence, in ms, after which a process is killed. Default 15 minutes. */
  readonly stalledAfterMs?: number;
}

/** Saving 100,000 notices takes minutes without an event; a longer silence is a hang. */
const STALLED_AFTER_MS = 15 * 60_000;

type ProcessResult =
  | { readonly kind: 'done'; readonly summary: RunSummary }
  | { readonly kind: 'failed'; readonly message: string; readonly saved: SavedCounts | null }
  /** Ended without `done` or `failed`, so the run is not recorded. */
  | { readonly kind: 'died'; readonly message: string; readonly saved: SavedCounts | null };

/** Creates the re-indexer: one run at a time, in a process of its own beside the bot's work. */
export function createReindexer(deps: ReindexerDependencies): Reindexer {
  const { log, now } = deps;
  let state: ReindexState | null = null;
  let child: ReindexProcess | null = null;
  let finished: Promise<unknown> = Promise.resolve();
  let closing = false;

  /** Runs one process to its end, and kills it when it is silent for too long. */
  async function runProcess(
    paths: readonly string[],
    dryRun: boolean,
    onProgress: (progress: ReindexProgress) => void,
  ): Promise<ProcessResult> {
    const received: { saved: SavedCounts | null; end: ProcessResult | null; silentTooLong: boolean } = {
      saved: null,
      end: null,
      silentTooLong: false,
    };
    const { dataDir, sourceMaxBytes } = deps;
    const started = deps.startProcess({ dataDir, sourceMaxBytes, sources: [...paths], dryRun }, (event) => {
      timer.refresh();
      if (event.kind === 'progress') onProgress(event);
      else if (event.kind === 'saved') received.saved = event;
      else received.end = event.kind === 'failed' ? { ...event, saved: received.saved } : event;
    });
    const timer = setTimeout(() => {
      received.silentTooLong = true;
      started.kill();
    }, deps.stalledAfterMs ?? STALLED_AFTER_MS);
    child = started;
    const { code, signal, stderr } = await started.ended;
    child = null;
    clearTimeout(timer);
    if (received.end !== null) return received.end;
    log.warn({ code, signal, stderr }, '更新索引的进程没有完成就结束了');
    const { saved, silentTooLong } = received;
    if (closing) return { kind: 'died', message: m.reindex.stopped, saved };
    return { kind: 'died', message: silentTooLong ? m.reindex.stalled : m.reindex.died(signal ?? String(code)), saved };
  }

  async function run(request: ReindexRequest, onProgress: (state: ReindexState) => void): Promise<ReindexResult> {
    const startedAt = now();
    const paths = request.sources.map(({ path }) => path);
    const at = (progress: ReindexProgress): void => {
      state = { ...request, startedAt: startedAt.toISOString(), progress };
      onProgress(state);
    };
    const end = await runProcess(paths, request.dryRun, at);
    let isIndexed = false;
    if (end.kind !== 'done' && !request.dryRun) {
      if (end.kind === 'died') await recordFailure(startedAt, paths, end.message);
      // A process that died may have saved without reporting it.
      if (end.kind === 'died' || end.saved !== null) isIndexed = await completeIndex(at);
    }
    if (!request.dryRun) await refreshIndex();
    const ms = now().getTime() - startedAt.getTime();
    log.info({ ms, dryRun: request.dryRun, end: end.kind }, '更新索引结束');
    const result: ReindexResult =
      end.kind === 'done'
        ? { ...end, ms }
        : { kind: 'failed', message: end.message, saved: end.saved && { ...end.saved, isIndexed }, ms };
    if (!request.dryRun) deps.onEnd?.(result);
    return result;
  }

  async function recordFailure(startedAt: Date, sources: readonly string[], error: string): Promise<void> {
    try {
      await deps.store.recordRun({
        startedAt: startedAt.toISOString(),
        endedAt: now().toISOString(),
        sources,
        outcome: 'failed',
        report: JSON.stringify({ error }),
      });
    } catch (cause) {
      log.warn({ err: cause }, '没能记录失败的运行');
    }
  }

  /** Runs without sources, in case the failed run ended between save and snapshot. Returns whether that succeeded. */
  async function completeIndex(onProgress: (progress: ReindexProgress) => void): Promise<boolean> {
    if (closing) return false;
    const end = await runProcess([], false, onProgress);
    if (end.kind !== 'done') log.warn({ reason: end.message }, '索引没能补齐，下次更新时会再试');
    return end.kind === 'done';
  }

  async function refreshIndex(): Promise<void> {
    try {
      await deps.refresh();
    } catch (error) {
      log.warn({ err: error }, '新的索引还不能用，继续使用现有索引');
    }
  }

  return {
    start(request, onProgress = () => undefined) {
      if (closing) return { kind: 'stopping' };
      if (state !== null) return { kind: 'running', state };
      state = { ...request, startedAt: now().toISOString(), progress: null };
      const result = run(request, onProgress)
        .catch((error: unknown): ReindexResult => {
          log.error({ err: error }, '更新索引时出错');
          const message = m.reindex.unexpected(error instanceof Error ? error.message : '');
          return { kind: 'failed', message, saved: null, ms: 0 };
        })
        .finally(() => {
          state = null;
        });
      finished = result;
      return { kind: 'started', finished: result };
    },
    get running() {
      return state;
    },
    async close() {
      closing = true;
      child?.kill();
      await finished;
    },
  };
}

export interface ReindexProcessOptions {
  /** The child's entry: `reindex-entry.js` beside `main.js`. */
  readonly entry: string;
  /** Environment variables of the child; without the token, which it does not need. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Flags for Node.js; default none. */
  readonly execArgv?: readonly string[];
}

/** Length, in UTF-16 units, of the end of the child's stderr that is kept for the log. */
const MAX_STDERR_LENGTH = 4000;

/**
 * Returns a function that runs each job in its own process: parsing and segmenting would hold up the answers, jieba's
 * 260 MB go back to the system with the process, and what kills it (memory, a native fault, an operator) does not
 * affect the bot.
 */
export function createReindexProcessStarter({
  entry,
  environment,
  execArgv = [],
}: ReindexProcessOptions): StartReindexProcess {
  return (job, onEvent) => {
    const child = fork(entry, {
      env: { ...environment },
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = `${stderr}${text}`.slice(-MAX_STDERR_LENGTH);
    });
    child.on('message', (message) => {
      const event = reindexEventSchema.safeParse(message);
      if (event.success) onEvent(event.data);
    });
    const ended = new Promise<Awaited<ReindexProcess['ended']>>((resolve) => {
      child.once('error', (error) => {
        resolve({ code: null, signal: null, stderr: error.message });
      });
      child.once('close', (code, signal) => {
        resolve({ code, signal, stderr });
      });
    });
    child.once('spawn', () => {
      lowerPriority(child.pid);
      // An error means that the child has ended, which `ended` reports.
      child.send(job, () => undefined);
    });
    return {
      ended,
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
}

/** Lowers the priority of the child, so that answers come first when processors are scarce. */
function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not every system permits this.
  }
}
