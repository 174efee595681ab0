import { randomBytes } from 'node:crypto';
import { Composer, type Context } from 'grammy';
import type { Logger } from 'pino';
import { telegramMessages as m } from '../../messages/telegram.js';
import type { KnownRefusals } from '../../notify/delivery/classify-result.js';
import { classifyError } from '../transport/classify-error.js';
import { acknowledge } from '../ui/callback-response.js';
import { note, reply } from '../ui/reply.js';

export interface ErrorHandlerDependencies {
  readonly log: Logger;
  readonly refusals: KnownRefusals;
}

/**
 * Catches what later middleware throws. The reader gets one sentence with a code, the log the same code with the
 * cause. Later updates of the same chat are handled normally.
 */
export function createErrorHandler(deps: ErrorHandlerDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      await report(ctx, error, deps);
    }
  });
  return composer;
}

async function report(ctx: Context, error: unknown, { log, refusals }: ErrorHandlerDependencies): Promise<void> {
  const failure = classifyError(error, refusals);
  // An unanswered callback query leaves the button loading. After a network fault this call would fail as well.
  if (ctx.callbackQuery !== undefined && failure.kind !== 'unreachable') await acknowledge(ctx, log);
  const update = ctx.update.update_id;
  if (failure.kind === 'write-refused') {
    // No fault of the bot: the reader blocked it or the group muted it.
    const { description } = failure.refusal;
    log.info({ update, chatId: ctx.chat?.id, description }, '对方不接收机器人的消息');
    return;
  }
  const code = `E-${randomBytes(2).toString('hex').toUpperCase()}`;
  log.error({ update, err: error, code }, '回答时出错');
  // Still 429 or no connection after all retries: another message would fail as well.
  if (failure.kind === 'flooded' || failure.kind === 'unreachable') return;
  try {
    await reply(ctx, note(m.failed(code)), { replyTo: ctx.message?.message_id });
  } catch (second) {
    log.warn({ update, code, err: second }, '出错的说明也没能送达');
  }
}
