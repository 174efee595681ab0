import type { Logger } from 'pino';
import type { AskService } from '../answering/ask-service.js';
import { Conversation } from '../answering/conversation/conversation.js';
import { runIndex } from '../ingest/pipeline/index-run.js';
import { askEachLine, askOnce } from '../cli/ask-command.js';
import { runTerminalChat } from '../cli/chat-command.js';
import { runDoctor } from '../cli/doctor-command.js';
import { runEvalCommand } from '../cli/eval-command.js';
import { printReport } from '../cli/index-command.js';
import type { Io } from '../cli/io.js';
import type { CommandActions } from '../cli/program.js';
import { createProgress } from '../cli/progress.js';
import { createChecks } from './doctor-checks.js';
import { openAnsweringServices, type AnsweringServices } from './answering-services.js';
import { readConfig, type Config } from './config.js';
import { createDryRunDependencies, createIndexRunDependencies, type RuntimeSettings } from './index-dependencies.js';
import { loadProgramData } from './program-data.js';
import { OperatorError } from '../domain/errors.js';
import type { EvalSubject } from '../eval/run.js';
import { chatMessages, cliMessages } from '../messages/cli.js';
import { reportMessages } from '../messages/index-report.js';
import { serve } from './serve.js';

export interface ActionDependencies {
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly io: Io;
  /** Resolves when the process is asked to end. Called once, by the action that runs until then. */
  readonly stopRequested: () => Promise<string>;
  readonly setExitCode: (code: number) => void;
  /** @param secrets values to mask in every log line */
  readonly createLogger: (level: string, secrets: readonly string[]) => Logger;
}

/** Creates the actions of the CLI commands. Each constructs its dependencies when it is run. */
export function createActions(deps: ActionDependencies): CommandActions {
  const { io } = deps;
  const config = (): Config => readConfig(deps.environment);
  return {
    index: (paths, options) => indexSources(paths, options, config(), deps),
    chat: (now) => runChat(config(), now, io),
    ask: async (question, { json, conversation, now }) => {
      const answering = await openToAsk(config(), now, io);
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
      const answering = await openToAsk(config(), now, io);
      if (answering.isSample()) io.err(cliMessages.sampleInUse);
      try {
        await runEvalCommand(files, toEvalAsker(answering.ask), io, { ...options, now });
      } finally {
        await answering.close();
      }
    },
    doctor: async () => {
      const failed = await runDoctor(createChecks(deps.environment), io);
      if (failed > 0) deps.setExitCode(1);
    },
    start: () => {
      const present = config();
      return present.telegram === null ? runChat(present, null, io) : runBot(present, deps);
    },
  };
}

/** Ingests the sources and updates the index, one run at a time per data directory; `dryRun` only reports changes. */
async function indexSources(
  paths: readonly string[],
  { dryRun }: { readonly dryRun: boolean },
  config: Config,
  { io }: ActionDependencies,
): Promise<void> {
  const progress = createProgress(io);
  try {
    const createDependencies = dryRun ? createDryRunDependencies : createIndexRunDependencies;
    const deps = createDependencies(loadProgramData(), toSettings(config, null, io));
    const { report, summary } = await runIndex(paths, { dryRun }, deps, { ...progress, saving: () => undefined });
    progress.stop();
    printReport(report, summary, io);
    if (report.files.length === 0) throw new OperatorError(cliMessages.nothingIndexed);
  } finally {
    progress.stop();
  }
}

/** Opens the answering services of a command; creates no database where there is none. */
function openToAsk(config: Config, now: Date | null, io: Io): Promise<AnsweringServices> {
  return openAnsweringServices(loadProgramData(), toSettings(config, now, io), { evenIfEmpty: false });
}

async function runChat(config: Config, now: Date | null, io: Io): Promise<void> {
  const answering = await openToAsk(config, now, io);
  const greeting = [chatMessages.greeting(answering.noticeCount())];
  if (answering.isSample()) greeting.push(chatMessages.sample);
  try {
    await runTerminalChat(answering.ask, io, greeting);
  } finally {
    await answering.close();
  }
}

async function runBot(config: Config, deps: ActionDependencies): Promise<void> {
  const { telegram } = config;
  if (telegram === null) throw new OperatorError(cliMessages.tokenMissing, { exitCode: 2 });
  const secrets = telegram.mode.kind === 'webhook' ? [telegram.token, telegram.mode.secret] : [telegram.token];
  const log = deps.createLogger(config.logLevel, secrets);
  const { version, environment } = deps;
  const stopRequested = deps.stopRequested();
  await serve({ ...config, telegram }, { version, environment, log, stopRequested, now: () => new Date() });
}

function toEvalAsker(ask: AskService): EvalSubject {
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

function toSettings(config: Config, now: Date | null, io: Io): RuntimeSettings {
  return {
    dataDir: config.dataDir,
    sourceMaxBytes: config.sourceMaxBytes,
    now: () => now ?? new Date(),
    onRebuild: (why) => {
      io.err(reportMessages.rebuilt(reportMessages.refusals[why]));
    },
  };
}
