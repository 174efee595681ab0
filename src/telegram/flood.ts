import { Composer, type Context } from 'grammy';
import type { Logger } from 'pino';
import { commandMessages as m } from '../messages/commands.js';
import { acknowledge } from './acknowledge.js';
import { questionFor } from './addressing.js';
import { commandIn } from './commands/command.js';
import { PaceOfUsers } from './pace-of-users.js';
import { note, reply } from './reply.js';
import { WaitingRooms } from './waiting-rooms.js';

/** What one user may do in a minute; a person who types does less. */
export interface FloodLimits {
  readonly messagesPerMinute: number;
  /** Turning pages and setting a clock is quick. */
  readonly pressesPerMinute: number;
}

export const FLOOD_LIMITS: FloodLimits = { messagesPerMinute: 20, pressesPerMinute: 60 };

/**
 * Stops what a user does too fast, and what comes behind too much of the same
 * chat; the chat is told once. Stands before any feature, and before whatever
 * makes updates wait. What is not meant for the bot does not count.
 */
export function floodProtection(limits: FloodLimits, now: () => Date, log: Logger): Composer<Context> {
  const messages = new PaceOfUsers(limits.messagesPerMinute, now);
  const presses = new PaceOfUsers(limits.pressesPerMinute, now);
  const rooms = new WaitingRooms();
  const composer = new Composer<Context>();
  composer.on(['message', 'callback_query'], async (ctx, next) => {
    const { chatId } = ctx;
    const isPress = ctx.callbackQuery !== undefined;
    if (chatId === undefined || (!isPress && !isForBot(ctx))) {
      await next();
      return;
    }
    const pace = isPress ? presses.of(ctx.callbackQuery.from.id) : messages.of(senderOf(ctx));
    // Nothing is awaited between the two: of a burst the first find their places before the last are looked at.
    if (pace === 'calm' && rooms.enter(chatId)) {
      try {
        await next();
      } finally {
        rooms.leave(chatId);
      }
      return;
    }
    if (pace !== 'silence') log.info({ update: ctx.update.update_id, pace }, '消息来得太快或积压太多，这一条不再处理');
    const isTold = pace === 'silence' || !rooms.isFirstAway(chatId);
    await turnAway(ctx, isTold, log);
  });
  composer.on('inline_query', async (ctx, next) => {
    if (presses.of(ctx.from.id) === 'calm') await next();
  });
  return composer;
}

/** In words where nobody was told yet, else not at all; only a pressed button never spins on. Never rejects. */
async function turnAway(ctx: Context, isTold: boolean, log: Logger): Promise<void> {
  if (ctx.callbackQuery !== undefined) {
    await acknowledge(ctx, log, isTold ? undefined : m.flooded);
    return;
  }
  if (isTold) return;
  try {
    await reply(ctx, note(m.flooded), { replyTo: ctx.message?.message_id });
  } catch (error) {
    log.info({ update: ctx.update.update_id, err: error }, '未能告知来得太快');
  }
}

/** Whether a message is the bot's business; what people say to one another in a group is not. */
function isForBot({ message, chat, me }: Pick<Context, 'message' | 'chat' | 'me'>): boolean {
  if (message === undefined || chat === undefined) return false;
  return chat.type === 'private' || commandIn(message, me) !== null || questionFor(message, me) !== null;
}

/** Anonymous administrators all write through one account; they are told apart by their group. */
function senderOf(ctx: Context): number {
  return ctx.message?.sender_chat?.id ?? ctx.from?.id ?? 0;
}
