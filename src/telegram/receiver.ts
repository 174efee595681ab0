import { BotError, type Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from 'pino';
import type { Work } from './work.js';

/** One way of getting updates to the bot. */
export interface Receiver {
  /** Takes no further updates; those taken already go on and are counted in `work`. */
  close(): Promise<void>;
  /** Called after all work is done: tells Telegram what need not be sent again. */
  settle(): Promise<void>;
}

export interface ReceiverDeps {
  readonly log: Logger;
  readonly work: Work;
  /** Called once when no update will ever come again, such as after the token was revoked. */
  readonly fail: (error: Error) => void;
}

/** The kinds of update that a feature exists for; Telegram keeps the others to itself. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'inline_query', 'my_chat_member'] as const;

/** Answers one update; never rejects. grammY calls its error handler only in its own polling. */
export async function handle(bot: Bot, update: Update, log: Logger): Promise<void> {
  try {
    await bot.handleUpdate(update);
  } catch (error) {
    if (error instanceof BotError) await bot.errorHandler(error as BotError);
    else log.error({ update: update.update_id, err: error }, '处理更新时出错');
  }
}
