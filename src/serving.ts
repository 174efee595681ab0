import { join } from 'node:path';
import type { Logger } from 'pino';
import { openAdministration } from './administration.js';
import { job } from './app/job.js';
import { createPlanning } from './app/planning.js';
import { createReaderServices } from './app/reader-services.js';
import { keptDays } from './app/retention.js';
import { loadData, openAnswering, type Answering } from './composition.js';
import type { Config, TelegramConfig } from './config/config.js';
import { createConsequences } from './delivery/consequences.js';
import { createDeliverer } from './delivery/deliver.js';
import { Limiter, TELEGRAM_LIMITS, type SendLimits } from './delivery/limiter.js';
import { cliMessages } from './messages/cli.js';
import { reportMessages } from './messages/report.js';
import { correctionPlanner } from './notify/corrections.js';
import { digestPlanner } from './notify/digests.js';
import { reminderPlanner } from './notify/reminders.js';
import { Heart, patienceOf } from './operations/health.js';
import { createMetrics } from './operations/metrics.js';
import { startOperations } from './operations/server.js';
import { becomeSoleProcess } from './store/sole-process.js';
import type { StateStore } from './store/state-store.js';
import { openStateStore } from './store/state/open-state-store.js';
import { adminPart } from './telegram/admin/features.js';
import { createSend } from './telegram/send-delivery.js';
import { startTelegram } from './telegram/start-telegram.js';
import { Work } from './telegram/work.js';

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
const REFRESH_MS = 3000;

/** Opens the stores, runs the bot on them until it is asked to stop, and closes them. */
export async function serve(config: ServingConfig, deps: ServingDependencies): Promise<void> {
  const { log, now } = deps;
  const onRebuild: Parameters<typeof openAnswering>[0]['onRebuild'] = (why) => {
    log.warn({ why }, reportMessages.rebuilt(reportMessages.refusals[why]));
  };
  const answering = await openAnswering({ ...config, now, onRebuild }, { evenIfEmpty: true });
  try {
    const leave = await becomeSoleProcess(config.dataDir);
    try {
      await serveAlone(config, deps, answering);
    } finally {
      await leave();
    }
  } finally {
    await answering.close();
  }
}

async function serveAlone(config: ServingConfig, deps: ServingDependencies, answering: Answering): Promise<void> {
  const { log } = deps;
  if (answering.isSample()) log.warn(cliMessages.sampleInUse);
  const state = await openStateStore({
    file: join(config.dataDir, 'state.db'),
    onBadRow: (error) => {
      log.error({ err: error }, '一行数据无法读取，已跳过');
    },
  });
  try {
    await run(await assemble(config, answering, state, deps), config, deps);
  } finally {
    await state.close();
  }
}

type Assembled = Awaited<ReturnType<typeof assemble>>;

/** Constructs and connects all parts without starting them. */
async function assemble(
  config: ServingConfig,
  answering: Answering,
  state: StateStore,
  { version, environment, log, now, limits = TELEGRAM_LIMITS }: ServingDependencies,
) {
  const { ask, store, present, knowledge, analyser } = answering;
  const { recency, vocabulary, notify: rules, telegramErrors: refusals } = loadData();
  const { ingestMaxAgeHours, telegram } = config;
  const polls = telegram.mode.kind === 'polling';
  const heart = new Heart(patienceOf({ polls, plans: true, ingestMaxAgeHours }), now);
  const metrics = createMetrics({
    version,
    notices: answering.noticeCount,
    deliveries: () => state.ledger.counts(),
  });
  const limiter = new Limiter({ limits });
  const onOwed = (): void => {
    deliverer.wake();
  };

  const notified = { state, notices: store, rules, log };
  const planning = createPlanning({
    // Corrections come first, because they reschedule reminders.
    planners: [correctionPlanner(notified), reminderPlanner(notified), digestPlanner(notified)],
    onOwed,
    onPlanned: () => {
      heart.beat('plan');
    },
    log,
    now,
  });
  const refresh = async (): Promise<void> => {
    if (!(await knowledge.refresh())) return;
    log.info({ notices: knowledge.current.index.size }, '已换用新的索引');
    planning.wake();
  };
  const refreshing = job({
    everyMs: REFRESH_MS,
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
    knowledge,
    refresh,
    analyser,
    vocabulary,
    heart,
    metrics,
    onOwed,
    log,
    now,
  });
  const { pins } = administration;
  const services = createReaderServices({
    ask,
    pins,
    state,
    store,
    present,
    recency,
    rules,
    now,
    onLogFault: (error) => {
      log.warn({ err: error }, '提问记录未能写入');
    },
  });
  const consequences = createConsequences({ metrics, readers: services.readers, chats: state.chats, log });
  const { onOutcome } = consequences;
  const send = createSend(telegram);
  const deliverer = createDeliverer({ ledger: state.ledger, send, limiter, refusals, onOutcome, log, now });
  return { services, administration, planning, refreshing, deliverer, consequences, limiter, heart, metrics };
}

/** Starts the parts, waits to be asked to stop, and stops them. */
async function run(
  { services, administration, planning, refreshing, deliverer, consequences, limiter, heart, metrics }: Assembled,
  { telegram, operations, adminIds, questionLogDays }: ServingConfig,
  { version, stopRequested, log, now }: ServingDependencies,
): Promise<void> {
  const health = () => heart.health();
  const pages = operations === null ? null : await startOperations({ ...operations, health, metrics, version, log });
  const stopping = new AbortController();
  void stopRequested.then(() => {
    stopping.abort();
  });
  const work = new Work();
  try {
    const starting = startTelegram({
      ...telegram,
      services,
      limiter,
      metrics,
      work,
      log,
      now,
      admin: adminPart(adminIds, administration.services, (task) => void work.track(task)),
      retention: keptDays(questionLogDays),
      onPoll: () => {
        heart.beat('poll');
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
      await consequences.settled();
    }
  } finally {
    await pages?.close();
  }
}
