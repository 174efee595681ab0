import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { createAdminAccess } from '../operations/admin-access.js';
import { createBroadcasts } from '../notify/broadcasts.js';
import { createPeriodicJob } from '../operations/periodic-job.js';
import type { LiveIndex } from '../index/live-index.js';
import type { Metrics } from '../operations/metrics-port.js';
import { openPins, type Pins } from '../operations/pins.js';
import { createSignatureReader } from '../answering/query/question-signature.js';
import { createReindexer, createReindexProcessStarter } from '../ingest/pipeline/reindexer.js';
import { createRetentionStep, createRetentionDays, type PruneResult } from '../operations/retention.js';
import { nameSources } from '../ingest/pipeline/configured-sources.js';
import { collectStatus, findLastRuns } from '../operations/status.js';
import { createUnansweredQueue } from '../operations/unanswered.js';
import type { Config } from './config.js';
import { calendarWarning } from '../operations/calendar-warning.js';
import type { Liveness } from '../operations/health.js';
import type { Vocabulary } from '../answering/query/vocabulary.js';
import type { NoticeStore } from '../store/notice-store.js';
import type { StateStore } from '../store/state-store.js';
import type { AdminServices } from '../telegram/admin/dependencies.js';
import type { Analyser } from '../text/analyser.js';

export interface AdministrationDependencies {
  readonly config: Config;
  readonly version: string;
  /** Environment variables of the process; the re-index child gets them without the secrets. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly store: NoticeStore;
  readonly state: StateStore;
  readonly liveIndex: Pick<LiveIndex, 'current'>;
  /** Loads the index that a re-index run has written. */
  readonly refresh: () => Promise<unknown>;
  readonly analyser: Analyser;
  readonly vocabulary: Vocabulary;
  readonly liveness: Liveness;
  readonly metrics: Pick<Metrics, 'reindexed'>;
  /** Called when new deliveries are queued. */
  readonly onQueued: () => void;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface Administration {
  readonly services: AdminServices;
  /** Pinned answers, looked up before retrieval; see `composePin`. */
  readonly pins: Pins;
  /** Resumes an interrupted broadcast and starts the periodic jobs. */
  start(): void;
  /** Kills a running re-index, stops the jobs and waits for pending writes. */
  close(): Promise<void>;
}

/** Interval at which the last successful index run, of any process, is read for the health check. */
const LAST_RUN_CHECK_MS = 60_000;
/** Interval at which the retention job checks whether today's deletion is due. */
const PRUNE_CHECK_MS = 3_600_000;
const DAY_MS = 86_400_000;
const RUNS_LOOKED_AT = 10;
/** Exclusive upper bound of broadcast ids: 15 digits, which fit the callback data of a button. */
const BROADCAST_ID_LIMIT = 2 ** 47;

/** Creates the services of the admin commands and the housekeeping jobs. */
export async function openAdministration(deps: AdministrationDependencies): Promise<Administration> {
  const { config, store, state, liveIndex: knowledge, log, now } = deps;
  const startedAt = now();
  const kindOf = createSignatureReader(deps.analyser, deps.vocabulary);
  const weightOf = (term: string): number => knowledge.current.index.idf(term);
  const pins = await openPins(state.pins, kindOf, weightOf, now);
  const reindexer = createReindexer({
    dataDir: config.dataDir,
    sourceMaxBytes: config.sourceMaxBytes,
    startProcess: createReindexProcessStarter({
      entry: fileURLToPath(new URL('./reindex-entry.js', import.meta.url)),
      environment: { ...deps.environment, BOT_TOKEN: undefined, WEBHOOK_SECRET: undefined },
    }),
    store,
    refresh: deps.refresh,
    onEnd: ({ kind, ms }) => {
      deps.metrics.reindexed(kind, ms / 1000);
    },
    log,
    now,
  });
  const broadcasts = createBroadcasts({
    state,
    log,
    now,
    newId: () => randomInt(1, BROADCAST_ID_LIMIT),
    onQueued: deps.onQueued,
  });
  const prune = createRetentionStep(state, createRetentionDays(config.questionLogDays), now);
  const onError = (error: unknown): void => {
    log.error({ err: error }, '定时任务出错，稍后再试');
  };
  const jobs = [
    createPeriodicJob({ intervalMs: LAST_RUN_CHECK_MS, step: () => recordLastRun(store, deps.liveness), onError }),
    createPeriodicJob({ intervalMs: PRUNE_CHECK_MS, step: () => reportPruned(prune, log), onError }),
    // Checked daily: the process runs for months, and the holiday calendar ends.
    createPeriodicJob({ intervalMs: DAY_MS, step: () => warnOfCalendarEnd(now(), log), onError }),
  ];
  const sources = nameSources(config.sources);
  return {
    pins,
    services: {
      access: createAdminAccess(config.adminIds, state.audit, now),
      sources,
      lastRuns: () => findLastRuns(config.sources, store),
      reindexer,
      status: () =>
        collectStatus({
          version: deps.version,
          startedAt,
          now,
          store,
          index: () => knowledge.current,
          running: () => reindexer.running,
          state,
          memoryBytes: () => process.memoryUsage.rss(),
        }),
      unanswered: createUnansweredQueue(state.questions, kindOf, weightOf),
      pins,
      broadcasts,
    },
    start() {
      broadcasts.resume().catch((error: unknown) => {
        log.error({ err: error }, '中断的群发未能继续');
      });
      for (const { start } of jobs) start();
    },
    async close() {
      await Promise.all([reindexer.close(), broadcasts.close(), ...jobs.map(({ stop }) => stop())]);
    },
  };
}

async function recordLastRun(store: NoticeStore, liveness: Liveness): Promise<void> {
  const done = (await store.lastRuns(RUNS_LOOKED_AT)).find(({ outcome }) => outcome === 'done');
  if (done !== undefined) liveness.record('ingest', new Date(done.endedAt));
}

async function reportPruned(prune: () => Promise<PruneResult | null>, log: Logger): Promise<void> {
  const pruning = await prune();
  if (pruning?.kind === 'done') log.info({ rows: pruning.rows }, '已清理过期的记录');
  if (pruning?.kind === 'put-off') {
    const { today, lastDay } = pruning;
    log.warn({ today, lastDay }, '距上次清理已很久，可能是系统时钟走快了，过几天再清理；请核对时钟');
  }
}

function warnOfCalendarEnd(now: Date, log: Logger): Promise<void> {
  const warning = calendarWarning(now);
  if (warning !== null) log.warn(warning);
  return Promise.resolve();
}
