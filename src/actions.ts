import type { Logger } from 'pino';
import type { AskService } from './app/ask-service.js';
import { Conversation } from './app/conversation.js';
import { ingest } from './app/ingest.js';
import { updateIndex } from './app/knowledge.js';
import { askEachLine, askOnce } from './cli/ask-command.js';
import { chat } from './cli/chat-command.js';
import { doctor } from './cli/doctor-command.js';
import { evaluate } from './cli/eval-command.js';
import { printReport } from './cli/index-command.js';
import type { Io } from './cli/io.js';
import type { Actions } from './cli/program.js';
import { createProgress } from './cli/progress.js';
import { keepFresh } from './cli/serve-command.js';
import { createChecks } from './checks.js';
import {
  ingestDependencies,
  knowledgeOptions,
  loadAnalyser,
  openAnswering,
  openStore,
  type Answering,
  type Settings,
} from './composition.js';
import { readConfig, type Config, type TelegramConfig } from './config/config.js';
import { OperatorError } from './domain/errors.js';
import type { Asker } from './eval/run.js';
import { chatMessages } from './messages/chat.js';
import { cliMessages } from './messages/cli.js';
import { reportMessages } from './messages/report.js';
import { acquireRunLock } from './store/run-lock.js';
import { startTelegram } from './telegram/start-telegram.js';

export interface ActionDependencies {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly io: Io;
  /** Resolves when the process is asked to end; called once, by what runs until then. */
  readonly stopRequested: () => Promise<string>;
  readonly setExitCode: (code: number) => void;
  readonly createLogger: (level: string) => Logger;
}

/** The commands, each put together from its parts when it is run. */
export function createActions(deps: ActionDependencies): Actions {
  const { io } = deps;
  const config = (): Config => readConfig(deps.environment);
  return {
    index: (paths) => indexSources(paths, config(), deps),
    chat: (now) => runChat(config(), now, io),
    ask: async (question, { json, conversation, now }) => {
      const answering = await openAnswering(settingsOf(config(), now, io), { evenIfEmpty: false });
      if (answering.isSample()) io.err(cliMessages.sampleInUse);
      try {
        if (question === '-') await askEachLine(answering.ask, io, json, conversation ? new Conversation() : undefined);
        else await askOnce(question, answering.ask, io, json);
      } finally {
        await answering.close();
      }
    },
    serve: () => runBot(config(), deps),
    evaluate: async (files, { now, ...options }) => {
      const answering = await openAnswering(settingsOf(config(), now, io), { evenIfEmpty: false });
      if (answering.isSample()) io.err(cliMessages.sampleInUse);
      try {
        await evaluate(files, askerOf(answering.ask), io, { ...options, now });
      } finally {
        await answering.close();
      }
    },
    doctor: async () => {
      const failed = await doctor(createChecks(deps.environment), io);
      if (failed > 0) deps.setExitCode(1);
    },
    start: () => {
      const present = config();
      return present.telegram === null ? runChat(present, null, io) : runBot(present, deps);
    },
  };
}

/** Reads sources into the store and brings the index up to it, one run at a time on a data directory. */
async function indexSources(paths: readonly string[], config: Config, deps: ActionDependencies): Promise<void> {
  const { io } = deps;
  const settings = settingsOf(config, null, io);
  const startedAt = new Date();
  const lock = await acquireRunLock(config.dataDir);
  const progress = createProgress(io);
  try {
    const store = await openStore(config.dataDir);
    try {
      const revision = await store.revision();
      const report = await ingest(paths, ingestDependencies(settings, store), progress);
      const options = knowledgeOptions(settings, store, loadAnalyser());
      if (report.stored > 0) await updateIndex(options, revision, report.outcome, progress.indexing);
      await store.recordRun({
        startedAt: startedAt.toISOString(),
        endedAt: new Date().toISOString(),
        sources: paths,
        outcome: 'done',
        report: JSON.stringify(report),
      });
      progress.stop();
      printReport(report, io);
      if (report.files.length === 0) throw new OperatorError(cliMessages.nothingIndexed);
    } finally {
      await store.close();
    }
  } finally {
    progress.stop();
    await lock.release();
  }
}

async function runChat(config: Config, now: Date | null, io: Io): Promise<void> {
  const answering = await openAnswering(settingsOf(config, now, io), { evenIfEmpty: false });
  const greeting = [chatMessages.greeting(answering.noticeCount())];
  if (answering.isSample()) greeting.push(chatMessages.sample);
  try {
    await chat(answering.ask, io, greeting);
  } finally {
    await answering.close();
  }
}

async function runBot(config: Config, deps: ActionDependencies): Promise<void> {
  if (config.telegram === null) throw new OperatorError(cliMessages.tokenMissing, { exitCode: 2 });
  const log = deps.createLogger(config.logLevel);
  const answering = await openAnswering(
    {
      ...settingsOf(config, null, deps.io),
      onRebuild: (why) => {
        log.warn({ why }, reportMessages.rebuilt(reportMessages.refusals[why]));
      },
    },
    { evenIfEmpty: true },
  );
  if (answering.isSample()) log.warn(cliMessages.sampleInUse);
  const stopRefreshing = keepFresh(answering.knowledge, log);
  try {
    await serveUntilStopped(config.telegram, answering, log, deps.stopRequested());
  } finally {
    stopRefreshing();
    await answering.close();
  }
}

async function serveUntilStopped(
  telegram: TelegramConfig,
  answering: Answering,
  log: Logger,
  stopRequested: Promise<string>,
): Promise<void> {
  const starting = new AbortController();
  void stopRequested.then(() => {
    starting.abort();
  });
  const running = await startTelegram({
    ...telegram,
    ask: answering.ask,
    log,
    now: () => new Date(),
    startSignal: starting.signal,
  });
  try {
    await Promise.race([stopRequested, running.finished]);
  } finally {
    await running.stop();
  }
}

function askerOf(ask: AskService): Asker {
  return {
    ask: (question) => ask.ask(question),
    newConversation: () => {
      const conversation = new Conversation();
      return { ask: (question) => ask.ask(question, conversation) };
    },
    notice: async (id) => {
      const key = ask.keyOf(id);
      return key === null ? null : ((await ask.notice(key))?.notice ?? null);
    },
  };
}

function settingsOf(config: Config, now: Date | null, io: Io): Settings {
  return {
    dataDir: config.dataDir,
    sourceMaxBytes: config.sourceMaxBytes,
    now: () => now ?? new Date(),
    onRebuild: (why) => {
      io.err(reportMessages.rebuilt(reportMessages.refusals[why]));
    },
  };
}
