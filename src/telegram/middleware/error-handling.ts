import { randomBytes } from 'node:crypto';
import { Composer, GrammyError, HttpError, type Context } from 'grammy';
import type { Logger } from 'pino';
import { telegramMessages as m } from '../../messages/telegram.js';
import { acknowledge } from '../ui/callback-response.js';
import { note, reply } from '../ui/reply.js';

/**
 * Catches what later middleware throws. The reader gets one sentence with a code, the log the same code with the
 * cause. Later updates of the same chat are handled normally.
 */
export function createErrorHandler({ log }: { log: Logger }): Composer<Context> {
  const composer = new Composer<Context>();
  composer.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      await report(ctx, error, log);
    }
  });
  return composer;
}

async function report(ctx: Context, error: unknown, log: Logger): Promise<void> {
  // An unanswered callback query leaves the button loading. After a network fault this call would fail as well.
  if (ctx.callbackQuery !== undefined && !(error instanceof HttpError)) await acknowledge(ctx, log);
  const about = { update: ctx.update.update_id, err: error };
  if (isWriteForbidden(error)) {
    // No fault of the bot: the reader blocked it or the group muted it.
    log.info({ update: about.update, chatId: ctx.chat?.id, description: error.description }, '对方不接收机器人的消息');
    return;
  }
  const code = `E-${randomBytes(2).toString('hex').toUpperCase()}`;
  log.error({ ...about, code }, '回答时出错');
  // Still 429 or no connection after all retries: another message would fail as well.
  if (isTooManyRequests(error) || error instanceof HttpError) return;
  try {
    await reply(ctx, note(m.failed(code)), { replyTo: ctx.message?.message_id });
  } catch (second) {
    log.warn({ update: about.update, code, err: second }, '出错的说明也没能送达');
  }
}

/** Matches Bot API descriptions for chats in which the bot may not write. */
const NO_RIGHT_TO_WRITE =
  /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|CHAT_ADMIN_REQUIRED|TOPIC_CLOSED|chat not found/i;

function isWriteForbidden(error: unknown): error is GrammyError {
  if (!(error instanceof GrammyError)) return false;
  return error.error_code === 403 || (error.error_code === 400 && NO_RIGHT_TO_WRITE.test(error.description));
}

function isTooManyRequests(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 429;
}
