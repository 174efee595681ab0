import type { Logger } from 'pino';
import { adminMessages as m } from '../../messages/admin.js';
import type { NoticeStore } from '../../store/notice-store.js';
import type { ReindexProcess, StartReindexProcess } from './reindex-process.js';
import type { ReindexProgress, SavedCounts } from './reindex-protocol.js';
import type { RunSummary } from './run-summary.js';
import type { ConfiguredSource } from './configured-sources.js';

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
    const heard: { saved: SavedCounts | null; end: ProcessResult | null; silentTooLong: boolean } = {
      saved: null,
      end: null,
      silentTooLong: false,
    };
    const { dataDir, sourceMaxBytes } = deps;
    const present = deps.startProcess({ dataDir, sourceMaxBytes, sources: [...paths], dryRun }, (event) => {
      timer.refresh();
      if (event.kind === 'progress') onProgress(event);
      else if (event.kind === 'saved') heard.saved = event;
      else heard.end = event.kind === 'failed' ? { ...event, saved: heard.saved } : event;
    });
    const timer = setTimeout(() => {
      heard.silentTooLong = true;
      present.kill();
    }, deps.stalledAfterMs ?? STALLED_AFTER_MS);
    child = present;
    const { code, signal, stderr } = await present.ended;
    child = null;
    clearTimeout(timer);
    if (heard.end !== null) return heard.end;
    log.warn({ code, signal, stderr }, '更新索引的进程没有完成就结束了');
    const { saved, silentTooLong } = heard;
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
      if (end.kind === 'died') await recordDeath(startedAt, paths, end.message);
      // A process that died may have saved without reporting it.
      if (end.kind === 'died' || end.saved !== null) isIndexed = await catchUp(at);
    }
    if (!request.dryRun) await takeOver();
    const ms = now().getTime() - startedAt.getTime();
    log.info({ ms, dryRun: request.dryRun, end: end.kind }, '更新索引结束');
    const told: ReindexResult =
      end.kind === 'done'
        ? { ...end, ms }
        : { kind: 'failed', message: end.message, saved: end.saved && { ...end.saved, isIndexed }, ms };
    if (!request.dryRun) deps.onEnd?.(told);
    return told;
  }

  async function recordDeath(startedAt: Date, sources: readonly string[], error: string): Promise<void> {
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
  async function catchUp(onProgress: (progress: ReindexProgress) => void): Promise<boolean> {
    if (closing) return false;
    const end = await runProcess([], false, onProgress);
    if (end.kind !== 'done') log.warn({ reason: end.message }, '索引没能补齐，下次更新时会再试');
    return end.kind === 'done';
  }

  async function takeOver(): Promise<void> {
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
      const ending = run(request, onProgress)
        .catch((error: unknown): ReindexResult => {
          log.error({ err: error }, '更新索引时出错');
          const message = m.reindex.unexpected(error instanceof Error ? error.message : '');
          return { kind: 'failed', message, saved: null, ms: 0 };
        })
        .finally(() => {
          state = null;
        });
      finished = ending;
      return { kind: 'started', finished: ending };
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
