import { randomBytes } from 'node:crypto';
import { Composer, GrammyError, HttpError, type Context } from 'grammy';
import type { Logger } from 'pino';
import { telegramMessages as m } from '../messages/telegram.js';
import { acknowledge } from './acknowledge.js';
import { note, reply } from './reply.js';

/**
 * Catches what the features after it throw. The reader gets one sentence with
 * a code, the log the same code with the cause; and the updates behind it in
 * the same chat are answered as if nothing had happened.
 */
export function errorHandling({ log }: { log: Logger }): Composer<Context> {
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
  // Whether or not the feature came to it: a button that nobody answers spins on. Cut off, this would fare no better.
  if (ctx.callbackQuery !== undefined && !(error instanceof HttpError)) await acknowledge(ctx, log);
  const about = { update: ctx.update.update_id, err: error };
  if (isClosedToUs(error)) {
    // Not our fault and nothing to mend: the reader blocked the bot or the group muted it.
    log.info({ update: about.update, chatId: ctx.chat?.id, description: error.description }, '对方不接收机器人的消息');
    return;
  }
  const code = `E-${randomBytes(2).toString('hex').toUpperCase()}`;
  log.error({ ...about, code }, '回答时出错');
  // Flooded or cut off after all retries: one more message would fare no better.
  if (isFlooded(error) || error instanceof HttpError) return;
  try {
    await reply(ctx, note(m.failed(code)), { replyTo: ctx.message?.message_id });
  } catch (second) {
    log.warn({ update: about.update, code, err: second }, '出错的说明也没能送达');
  }
}

/** Descriptions as the Bot API words them, for chats in which the bot may not write. */
const NO_RIGHT_TO_WRITE =
  /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|CHAT_ADMIN_REQUIRED|TOPIC_CLOSED|chat not found/i;

function isClosedToUs(error: unknown): error is GrammyError {
  if (!(error instanceof GrammyError)) return false;
  return error.error_code === 403 || (error.error_code === 400 && NO_RIGHT_TO_WRITE.test(error.description));
}

function isFlooded(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 429;
}
