import { sequentialize } from '@grammyjs/runner';
import { Bot, type Context } from 'grammy';
import type { Logger } from 'pino';
import { ConversationCache } from '../answering/conversation/conversation.js';
import { noMetrics, type Metrics } from '../operations/metrics-port.js';
import type { KnownRefusals } from '../notify/delivery/classify-result.js';
import type { RateLimiter } from '../notify/delivery/rate-limiter.js';
import {
  createNoticeButtonHandler,
  createNoticePageHandler,
  createUnknownButtonHandler,
} from './panels/notice-buttons.js';
import { READER_COMMANDS } from './commands/reader-commands.js';
import { createCommandHandler } from './commands/command.js';
import { createErrorHandler } from './middleware/error-handling.js';
import { FLOOD_LIMITS, createFloodProtection, type FloodLimits } from './middleware/flood.js';
import { createInlineQueryHandler } from './commands/inline-query.js';
import { createMembershipHandler } from './middleware/membership.js';
import { observeUpdates, watchPolling } from './middleware/observe.js';
import { createFallbackHandler } from './middleware/fallback.js';
import { createCalendarHandler } from './panels/calendar.js';
import { createForgetHandler } from './panels/forget.js';
import { createFullTextHandler } from './panels/full-text.js';
import { createReminderHandler } from './panels/reminder-panel.js';
import { createReminderListHandler } from './panels/reminder-list.js';
import { createSettingsHandler, createWordReplyHandler } from './panels/settings-panel.js';
import { createVoteHandler } from './panels/votes.js';
import { createQuestionHandler } from './commands/question.js';
import { createErrorSerializer, createRedactor } from '../operations/redact.js';
import { installRetries } from './transport/retry.js';
import type { AdminFeatures, FeatureDependencies, ReaderServices, Retention } from './services.js';
import { OfferPageCache } from './ui/offered-notices.js';
import { apiRootOption } from './transport/connect.js';

export interface BotDependencies {
  readonly token: string;
  /** A self-hosted Bot API server; default https://api.telegram.org. */
  readonly apiRoot?: string | undefined;
  readonly services: ReaderServices;
  readonly retention: Retention;
  /** Known descriptions of refused sends. */
  readonly refusals: KnownRefusals;
  /** Features for admins; default none. */
  readonly admin?: AdminFeatures | undefined;
  readonly log: Logger;
  readonly now: () => Date;
  /** Aborts every call and every wait between retries; default never. */
  readonly signal?: AbortSignal | undefined;
  /** Delays between attempts after a network fault; default about a minute in total (retry.ts). For tests. */
  readonly networkDelaysMs?: readonly number[] | undefined;
  /** Default `FLOOD_LIMITS`. */
  readonly floodLimits?: FloodLimits | undefined;
  /** Send limiter shared with the queued deliveries; default none. */
  readonly limiter?: RateLimiter | undefined;
  /** Default: nothing is counted. */
  readonly metrics?: Pick<Metrics, 'update' | 'answered'> | undefined;
  /** Called after every getUpdates that succeeded. */
  readonly onPoll?: (() => void) | undefined;
}

/** Time-out of a call: longer than a long poll (30 s); a silently dead connection is noticed within it. */
const CALL_TIMEOUT_S = 45;

/** Creates the bot with all its features, not started; tests need only call `handleUpdate`. */
export function createBot(deps: BotDependencies): Bot {
  const log = createRedactingLogger(deps.log, deps.token);
  const bot = new Bot(deps.token, {
    client: { timeoutSeconds: CALL_TIMEOUT_S, ...apiRootOption(deps.apiRoot) },
  });
  installRetries(bot.api, {
    log,
    signal: deps.signal ?? new AbortController().signal,
    networkDelaysMs: deps.networkDelaysMs,
    limiter: deps.limiter,
  });

  if (deps.onPoll !== undefined) bot.api.config.use(watchPolling(deps.onPoll));

  const metrics = deps.metrics ?? noMetrics;
  const tools: FeatureDependencies = {
    services: deps.services,
    conversations: new ConversationCache(deps.now),
    offerPages: new OfferPageCache(),
    retention: deps.retention,
    adminCommandsOf: (userId) => (deps.admin?.ids.has(userId) === true ? deps.admin.menu : {}),
    metrics,
    log,
    now: deps.now,
  };

  // The order matters: what is handled by one feature is not seen by the next.
  bot.use(observeUpdates(metrics));
  bot.use(createFloodProtection(deps.floodLimits ?? FLOOD_LIMITS, deps.now, log));
  bot.use(sequentialize(chatKeyOf));
  bot.use(createErrorHandler({ log, refusals: deps.refusals }));
  bot.use(createMembershipHandler(tools));
  if (deps.admin !== undefined) bot.use(deps.admin.createHandler(tools));
  bot.use(createCommandHandler(READER_COMMANDS, tools));
  bot.use(createWordReplyHandler(tools));
  bot.use(createNoticeButtonHandler(tools));
  bot.use(createNoticePageHandler(tools));
  bot.use(createReminderHandler(tools));
  bot.use(createReminderListHandler(tools));
  bot.use(createCalendarHandler(tools));
  bot.use(createFullTextHandler(tools));
  bot.use(createVoteHandler(tools));
  bot.use(createSettingsHandler(tools));
  bot.use(createForgetHandler(tools));
  bot.use(createInlineQueryHandler(tools));
  bot.use(createQuestionHandler(tools));
  bot.use(createFallbackHandler());
  bot.use(createUnknownButtonHandler({ log }));

  // Reached only when the error handler itself fails.
  bot.catch(({ error, ctx }) => {
    log.error({ update: ctx.update.update_id, err: error }, '处理更新时出错');
  });
  return bot;
}

/** Returns the key for `sequentialize`: updates of one chat are handled one at a time, in order of arrival. */
function chatKeyOf(ctx: Context): string | undefined {
  return ctx.chatId === undefined ? undefined : String(ctx.chatId);
}

/** Returns a child logger that masks the secrets in logged errors, whatever serializers the given logger has. */
export function createRedactingLogger(log: Logger, ...secrets: readonly string[]): Logger {
  return log.child({ part: 'telegram' }, { serializers: { err: createErrorSerializer(createRedactor(...secrets)) } });
}
