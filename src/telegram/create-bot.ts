import { sequentialize } from '@grammyjs/runner';
import { Bot, type Context } from 'grammy';
import type { Logger } from 'pino';
import type { AskService } from '../app/ask-service.js';
import { Conversations } from '../app/conversation.js';
import { candidateButtonPresses, unknownButtonPresses } from './candidates.js';
import { errorHandling } from './errors.js';
import { otherMessages } from './others.js';
import { questions } from './question.js';
import { errorSerializer, redact } from './redact.js';
import { beResilient } from './retry.js';
import { startAndHelp } from './start.js';
import { clientRoot } from './startup.js';

export interface BotDeps {
  readonly token: string;
  /** A self-hosted Bot API server; default https://api.telegram.org. */
  readonly apiRoot?: string | undefined;
  readonly ask: AskService;
  readonly log: Logger;
  readonly now: () => Date;
  /** Ends every call and every wait between retries; default never. */
  readonly signal?: AbortSignal | undefined;
  /** Waits between tries after a network fault; default about a minute of them (retry.ts). For tests. */
  readonly networkDelaysMs?: readonly number[] | undefined;
}

/** Longer than the 30 s of a long poll: a silently dead connection is noticed within this. */
const CALL_TIMEOUT_S = 45;

/** The bot with all its features, not started; `handleUpdate` alone is enough for a test. */
export function createBot(deps: BotDeps): Bot {
  const log = safeLog(deps.log, deps.token);
  const bot = new Bot(deps.token, {
    client: { timeoutSeconds: CALL_TIMEOUT_S, ...clientRoot(deps.apiRoot) },
  });
  beResilient(bot.api, {
    log,
    signal: deps.signal ?? new AbortController().signal,
    networkDelaysMs: deps.networkDelaysMs,
  });

  const conversations = new Conversations(deps.now);

  // The order matters: what is handled by one feature is not seen by the next.
  bot.use(sequentialize(chatOf));
  bot.use(errorHandling({ log }));
  bot.use(startAndHelp());
  bot.use(candidateButtonPresses({ ask: deps.ask, conversations, log }));
  bot.use(questions({ ask: deps.ask, conversations, log, now: deps.now }));
  bot.use(otherMessages());
  bot.use(unknownButtonPresses({ log }));

  // Reached only by a fault in the handling of errors itself.
  bot.catch(({ error, ctx }) => {
    log.error({ update: ctx.update.update_id, err: error }, '处理更新时出错');
  });
  return bot;
}

/** Updates of one chat are handled one after another, in the order they came. */
function chatOf(ctx: Context): string | undefined {
  return ctx.chatId === undefined ? undefined : String(ctx.chatId);
}

/** A logger whose errors cannot hold the token, whatever the caller's logger does. */
export function safeLog(log: Logger, ...secrets: readonly string[]): Logger {
  return log.child({ part: 'telegram' }, { serializers: { err: errorSerializer(redact(...secrets)) } });
}
