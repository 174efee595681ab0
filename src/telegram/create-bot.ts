import { sequentialize } from '@grammyjs/runner';
import { Bot, type Context, type Middleware } from 'grammy';
import type { Logger } from 'pino';
import { Conversations } from '../app/conversation.js';
import { noMetrics, type Metrics } from '../app/metrics.js';
import type { ReaderServices } from '../app/reader-services.js';
import type { Limiter } from '../delivery/limiter.js';
import { candidateButtonPresses, candidatePages, unknownButtonPresses } from './candidates.js';
import { READER_COMMANDS } from './commands/all.js';
import { readerCommands } from './commands/command.js';
import type { MenuTexts } from './commands/menus.js';
import { errorHandling } from './errors.js';
import { FLOOD_LIMITS, floodProtection, type FloodLimits } from './flood.js';
import { inlineQueries } from './inline.js';
import { membership } from './membership.js';
import { observeUpdates, watchPolling } from './observe.js';
import { otherMessages } from './others.js';
import { calendarPresses } from './panels/calendar.js';
import { forgetPresses } from './panels/forget.js';
import { fullTextPresses } from './panels/full-text.js';
import { reminderPresses } from './panels/reminder.js';
import { reminderListPresses } from './panels/reminder-list.js';
import { settingsPresses, wordReplies } from './panels/settings.js';
import { votePresses } from './panels/votes.js';
import { questions } from './question.js';
import { errorSerializer, redact } from './redact.js';
import { beResilient } from './retry.js';
import type { Retention, Tools } from './services.js';
import { ShownOffers } from './shown.js';
import { clientRoot } from './startup.js';

export interface BotDeps {
  readonly token: string;
  /** A self-hosted Bot API server; default https://api.telegram.org. */
  readonly apiRoot?: string | undefined;
  readonly services: ReaderServices;
  readonly retention: Retention;
  /** Features for admins; default none. */
  readonly admin?: AdminPart | undefined;
  readonly log: Logger;
  readonly now: () => Date;
  /** Aborts every call and every wait between retries; default never. */
  readonly signal?: AbortSignal | undefined;
  /** Delays between attempts after a network fault; default about a minute in total (retry.ts). For tests. */
  readonly networkDelaysMs?: readonly number[] | undefined;
  /** Default `FLOOD_LIMITS`. */
  readonly floodLimits?: FloodLimits | undefined;
  /** Send limiter shared with the queued deliveries; default none. */
  readonly limiter?: Limiter | undefined;
  /** Default: nothing is counted. */
  readonly metrics?: Pick<Metrics, 'update' | 'answered'> | undefined;
  /** Called after every getUpdates that succeeded. */
  readonly onPoll?: (() => void) | undefined;
}

/** Features for admins, in addition to those for readers. */
export interface AdminPart {
  readonly ids: ReadonlySet<number>;
  /** Admin commands, for the menu in the admins' private chats. */
  readonly menu: MenuTexts;
  /** Middleware for admin commands and buttons; passes everything else on to the readers' features. */
  readonly features: (tools: Tools) => Middleware;
}

/** Time-out of a call: longer than a long poll (30 s); a silently dead connection is noticed within it. */
const CALL_TIMEOUT_S = 45;

/** Creates the bot with all its features, not started; tests need only call `handleUpdate`. */
export function createBot(deps: BotDeps): Bot {
  const log = safeLog(deps.log, deps.token);
  const bot = new Bot(deps.token, {
    client: { timeoutSeconds: CALL_TIMEOUT_S, ...clientRoot(deps.apiRoot) },
  });
  beResilient(bot.api, {
    log,
    signal: deps.signal ?? new AbortController().signal,
    networkDelaysMs: deps.networkDelaysMs,
    limiter: deps.limiter,
  });

  if (deps.onPoll !== undefined) bot.api.config.use(watchPolling(deps.onPoll));

  const metrics = deps.metrics ?? noMetrics;
  const tools: Tools = {
    services: deps.services,
    conversations: new Conversations(deps.now),
    shown: new ShownOffers(),
    retention: deps.retention,
    adminCommandsOf: (userId) => (deps.admin?.ids.has(userId) === true ? deps.admin.menu : {}),
    metrics,
    log,
    now: deps.now,
  };

  // The order matters: what is handled by one feature is not seen by the next.
  bot.use(observeUpdates(metrics));
  bot.use(floodProtection(deps.floodLimits ?? FLOOD_LIMITS, deps.now, log));
  bot.use(sequentialize(chatOf));
  bot.use(errorHandling({ log }));
  bot.use(membership(tools));
  if (deps.admin !== undefined) bot.use(deps.admin.features(tools));
  bot.use(readerCommands(READER_COMMANDS, tools));
  bot.use(wordReplies(tools));
  bot.use(candidateButtonPresses(tools));
  bot.use(candidatePages(tools));
  bot.use(reminderPresses(tools));
  bot.use(reminderListPresses(tools));
  bot.use(calendarPresses(tools));
  bot.use(fullTextPresses(tools));
  bot.use(votePresses(tools));
  bot.use(settingsPresses(tools));
  bot.use(forgetPresses(tools));
  bot.use(inlineQueries(tools));
  bot.use(questions(tools));
  bot.use(otherMessages());
  bot.use(unknownButtonPresses({ log }));

  // Reached only when the error handler itself fails.
  bot.catch(({ error, ctx }) => {
    log.error({ update: ctx.update.update_id, err: error }, '处理更新时出错');
  });
  return bot;
}

/** Returns the key for `sequentialize`: updates of one chat are handled one at a time, in order of arrival. */
function chatOf(ctx: Context): string | undefined {
  return ctx.chatId === undefined ? undefined : String(ctx.chatId);
}

/** Returns a child logger that masks the secrets in logged errors, whatever serializers the given logger has. */
export function safeLog(log: Logger, ...secrets: readonly string[]): Logger {
  return log.child({ part: 'telegram' }, { serializers: { err: errorSerializer(redact(...secrets)) } });
}
