import { Composer, type Context } from 'grammy';
import type { Logger } from 'pino';
import { commandMessages as m } from '../../messages/commands.js';
import { acknowledge } from '../ui/callback-response.js';
import { extractQuestion, parseCommand } from './addressing.js';
import { UserRateLimiter } from './user-rate-limiter.js';
import { note, reply } from '../ui/reply.js';
import { PendingUpdates } from './pending-updates.js';

/** Limits for one user; a person who types stays below them. */
export interface FloodLimits {
  readonly messagesPerMinute: number;
  /** Higher, because turning pages and setting a time take many quick presses. */
  readonly pressesPerMinute: number;
}

export const FLOOD_LIMITS: FloodLimits = { messagesPerMinute: 20, pressesPerMinute: 60 };

/**
 * Rejects updates of a user who is too fast and of a chat that has too many pending ones; tells the chat once. Must
 * precede all features and `sequentialize`, which makes updates wait. Counts only updates addressed to the bot.
 */
export function createFloodProtection(limits: FloodLimits, now: () => Date, log: Logger): Composer<Context> {
  const messages = new UserRateLimiter(limits.messagesPerMinute, now);
  const presses = new UserRateLimiter(limits.pressesPerMinute, now);
  const pending = new PendingUpdates();
  const composer = new Composer<Context>();
  composer.on(['message', 'callback_query'], async (ctx, next) => {
    const { chatId } = ctx;
    const isPress = ctx.callbackQuery !== undefined;
    if (chatId === undefined || (!isPress && !isAddressedToBot(ctx))) {
      await next();
      return;
    }
    const pace = isPress ? presses.record(ctx.callbackQuery.from.id) : messages.record(senderOf(ctx));
    // No await between the two checks: the first updates of a burst take their places before the last are checked.
    if (pace === 'calm' && pending.acquire(chatId)) {
      try {
        await next();
      } finally {
        pending.release(chatId);
      }
      return;
    }
    if (pace !== 'silence') log.info({ update: ctx.update.update_id, pace }, '消息来得太快或积压太多，这一条不再处理');
    const isInformed = pace === 'silence' || !pending.recordRejection(chatId);
    await rejectUpdate(ctx, isInformed, log);
  });
  composer.on('inline_query', async (ctx, next) => {
    if (presses.record(ctx.from.id) === 'calm') await next();
  });
  return composer;
}

/** Says that the update was rejected, unless the chat knows already; always acknowledges a press. Never rejects. */
async function rejectUpdate(ctx: Context, isInformed: boolean, log: Logger): Promise<void> {
  if (ctx.callbackQuery !== undefined) {
    await acknowledge(ctx, log, isInformed ? undefined : m.flooded);
    return;
  }
  if (isInformed) return;
  try {
    await reply(ctx, note(m.flooded), { replyTo: ctx.message?.message_id });
  } catch (error) {
    log.info({ update: ctx.update.update_id, err: error }, '未能告知来得太快');
  }
}

/** Returns whether a message is addressed to the bot; what people say to one another in a group is not. */
function isAddressedToBot({ message, chat, me }: Pick<Context, 'message' | 'chat' | 'me'>): boolean {
  if (message === undefined || chat === undefined) return false;
  return chat.type === 'private' || parseCommand(message, me) !== null || extractQuestion(message, me) !== null;
}

/** Returns the sender's id; for anonymous administrators, who all share one account, the id of their group. */
function senderOf(ctx: Context): number {
  return ctx.message?.sender_chat?.id ?? ctx.from?.id ?? 0;
}
