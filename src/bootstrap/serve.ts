import { join } from 'node:path';
import type { Logger } from 'pino';
import { openAdministration } from './admin-services.js';
import { createPeriodicJob } from '../operations/periodic-job.js';
import { createPlanningJob } from '../notify/planning.js';
import { createReaderServices } from './reader-services.js';
import { createRetentionDays } from '../operations/retention.js';
import { openAnsweringServices, type AnsweringServices } from './answering-services.js';
import type { Config, TelegramConfig } from './config.js';
import { loadProgramData, type ProgramData } from './program-data.js';
import { createOutcomeHandler } from '../notify/delivery/outcome-handler.js';
import { createDeliverer } from '../notify/delivery/deliverer.js';
import { RateLimiter, TELEGRAM_LIMITS, type SendLimits } from '../notify/delivery/rate-limiter.js';
import { cliMessages } from '../messages/cli.js';
import { reportMessages } from '../messages/index-report.js';
import { createCorrectionPlanner } from '../notify/corrections/correction-planner.js';
import { createDigestPlanner } from '../notify/digests/digest-planner.js';
import { createReminderPlanner } from '../notify/reminders/reminder-planner.js';
import { Liveness, livenessDeadlines } from '../operations/health.js';
import { createMetrics } from '../operations/metrics.js';
import { startOperationsServer } from '../operations/server.js';
import { acquireProcessLock } from '../store/process-lock.js';
import type { StateStore } from '../store/state-store.js';
import { openStateStore } from '../store/state/open-state-store.js';
import type { RuntimeSettings } from './index-dependencies.js';
import { createAdminFeatures } from '../telegram/admin/features.js';
import { createDeliverySender } from '../telegram/transport/send-delivery.js';
import { startTelegram } from '../telegram/start-telegram.js';
import { InFlight } from '../telegram/transport/in-flight.js';

export type ServingConfig = Config & { readonly telegram: TelegramConfig };

export interface ServingDependencies {
  readonly version: string;
  /** Environment variables of the process; the re-index child gets them without the secrets. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  /** Resolves when the process is asked to end. */
  readonly stopRequested: Promise<string>;
  readonly now: () => Date;
  /** Send limits. Default `TELEGRAM_LIMITS`; others only for measuring without them. */
  readonly limits?: SendLimits;
}

/** Interval at which a running bot checks for an index that another process has written. */
const INDEX_REFRESH_MS = 3000;

/** Opens the stores, runs the bot on them until it is asked to stop, and closes them. */
export async function serve(config: ServingConfig, deps: ServingDependencies): Promise<void> {
  const { log, now } = deps;
  const data = loadProgramData();
  const onRebuild: RuntimeSettings['onRebuild'] = (why) => {
    log.warn({ why }, reportMessages.rebuilt(reportMessages.refusals[why]));
  };
  const answering = await openAnsweringServices(data, { ...config, now, onRebuild }, { evenIfEmpty: true });
  try {
    const release = await acquireProcessLock(config.dataDir, 'serve');
    try {
      await serveExclusively(config, deps, data, answering);
    } finally {
      await release();
    }
  } finally {
    await answering.close();
  }
}

async function serveExclusively(
  config: ServingConfig,
  deps: ServingDependencies,
  data: ProgramData,
  answering: AnsweringServices,
): Promise<void> {
  const { log } = deps;
  if (answering.isSample()) log.warn(cliMessages.sampleInUse);
  const state = await openStateStore({
    file: join(config.dataDir, 'state.db'),
    onUnreadableRow: (error) => {
      log.error({ err: error }, '一行数据无法读取，已跳过');
    },
  });
  try {
    await runParts(await createParts(config, data, answering, state, deps), config, deps);
  } finally {
    await state.close();
  }
}

type BotParts = Awaited<ReturnType<typeof createParts>>;

/** Constructs and connects all parts without starting them. */
async function createParts(
  config: ServingConfig,
  { recency, vocabulary, notify: rules, telegramErrors: refusals }: ProgramData,
  answering: AnsweringServices,
  state: StateStore,
  { version, environment, log, now, limits = TELEGRAM_LIMITS }: ServingDependencies,
) {
  const { ask, store, getCorpus: present, liveIndex: knowledge, analyser } = answering;
  const { ingestMaxAgeHours, telegram } = config;
  const polls = telegram.mode.kind === 'polling';
  const liveness = new Liveness(livenessDeadlines({ polls, plans: true, ingestMaxAgeHours }), now);
  const metrics = createMetrics({
    version,
    notices: answering.noticeCount,
    deliveries: () => state.ledger.countByState(),
  });
  const limiter = new RateLimiter({ limits });
  const onOwed = (): void => {
    deliverer.wake();
  };

  const notified = { state, notices: store, rules, log };
  const planning = createPlanningJob({
    // Corrections come first, because they reschedule reminders.
    planners: [createCorrectionPlanner(notified), createReminderPlanner(notified), createDigestPlanner(notified)],
    onQueued: onOwed,
    onPlanned: () => {
      liveness.record('plan');
    },
    log,
    now,
  });
  const refresh = async (): Promise<void> => {
    if (!(await knowledge.refresh())) return;
    log.info({ notices: knowledge.current.index.size }, '已换用新的索引');
    planning.wake();
  };
  const refreshing = createPeriodicJob({
    intervalMs: INDEX_REFRESH_MS,
    step: refresh,
    onError: (error) => {
      log.warn({ err: error }, '新的索引还不能用，继续使用现有索引');
    },
  });

  const administration = await openAdministration({
    config,
    version,
    environment,
    store,
    state,
    liveIndex: knowledge,
    refresh,
    analyser,
    vocabulary,
    liveness,
    metrics,
    onQueued: onOwed,
    log,
    now,
  });
  const { pins } = administration;
  const services = createReaderServices({
    ask,
    pins,
    state,
    store,
    getCorpus: present,
    recency,
    rules,
    now,
    onLogError: (error) => {
      log.warn({ err: error }, '提问记录未能写入');
    },
  });
  const outcomeHandler = createOutcomeHandler({ metrics, readers: services.chats, chats: state.chats, log });
  const { onOutcome } = outcomeHandler;
  const send = createDeliverySender(telegram);
  const deliverer = createDeliverer({ ledger: state.ledger, send, limiter, refusals, onOutcome, log, now });
  return {
    services,
    administration,
    planning,
    refreshing,
    deliverer,
    outcomeHandler,
    limiter,
    refusals,
    liveness,
    metrics,
  };
}

/** Starts the parts, waits to be asked to stop, and stops them. */
async function runParts(
  parts: BotParts,
  { telegram, operations, adminIds, questionLogDays }: ServingConfig,
  { version, stopRequested, log, now }: ServingDependencies,
): Promise<void> {
  const { services, administration, planning, refreshing, deliverer } = parts;
  const { outcomeHandler, limiter, refusals, liveness, metrics } = parts;
  const health = () => liveness.health();
  const pages =
    operations === null ? null : await startOperationsServer({ ...operations, health, metrics, version, log });
  const stopping = new AbortController();
  void stopRequested.then(() => {
    stopping.abort();
  });
  const work = new InFlight();
  try {
    const starting = startTelegram({
      ...telegram,
      services,
      limiter,
      refusals,
      metrics,
      inFlight: work,
      log,
      now,
      admin: createAdminFeatures(adminIds, administration.services, (task) => void work.track(task)),
      retention: createRetentionDays(questionLogDays),
      onPoll: () => {
        liveness.record('poll');
      },
      startSignal: stopping.signal,
    });
    // A stop request before the bot is connected aborts the start; that is not an error of Telegram.
    const running = await starting.catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error;
      return null;
    });
    if (running === null) return;
    const delivering = new AbortController();
    const delivered = deliverer.run(delivering.signal);
    administration.start();
    planning.start();
    refreshing.start();
    try {
      await Promise.race([stopRequested, running.finished]);
    } finally {
      delivering.abort();
      // Stopped concurrently: `running.stop` waits for background tasks that end only when the other parts stop.
      await Promise.all([running.stop(), administration.close(), planning.stop(), refreshing.stop(), delivered]);
      await outcomeHandler.flushed();
    }
  } finally {
    await pages?.close();
  }
}
