import { Composer, type Context } from 'grammy';
import type { Logger } from 'pino';
import { acknowledge } from './acknowledge.js';
import { isForBot } from './flood.js';

/**
 * Updates of one chat that may wait for one another. A private chat's are
 * answered one a second, a group's twenty a minute: what comes behind so many
 * would be answered after nobody waits for it any more, and each that waits
 * holds one of the bot's places.
 */
const MOST_WAITING = { private: 20, group: 10 } as const;

/** Drops what comes behind too many updates of the same chat, of those that are for the bot. Stands before whatever makes them wait. */
export function backlog(log: Logger): Composer<Context> {
  const waiting = new Map<number, number>();
  const composer = new Composer<Context>();
  composer.use(async (ctx, next) => {
    const { chatId } = ctx;
    if (chatId === undefined || (ctx.message !== undefined && !isForBot(ctx))) {
      await next();
      return;
    }
    const before = waiting.get(chatId) ?? 0;
    if (before >= MOST_WAITING[chatId > 0 ? 'private' : 'group']) {
      log.warn({ update: ctx.update.update_id, waiting: before }, '同一聊天积压的消息太多，这一条不再处理');
      // Else the button spins on; this is no message, and waits for none.
      if (ctx.callbackQuery !== undefined) await acknowledge(ctx, log);
      return;
    }
    waiting.set(chatId, before + 1);
    try {
      await next();
    } finally {
      const left = (waiting.get(chatId) ?? 1) - 1;
      if (left === 0) waiting.delete(chatId);
      else waiting.set(chatId, left);
    }
  });
  return composer;
}
