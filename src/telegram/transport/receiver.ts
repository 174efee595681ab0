import { BotError, type Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from 'pino';
import type { InFlight } from './in-flight.js';

/** Source of updates: long polling or webhook. */
export interface UpdateReceiver {
  /** Stops taking updates; those already taken continue and are tracked in `work`. */
  close(): Promise<void>;
  /** Called after all work is done: confirms the updates to Telegram, which then does not send them again. */
  confirm(): Promise<void>;
}

export interface ReceiverDependencies {
  readonly log: Logger;
  readonly inFlight: InFlight;
  /** Called once when no further update can arrive, such as after the token was revoked. */
  readonly onFatal: (error: Error) => void;
}

/** Kinds of update that features handle; Telegram does not send the others. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'inline_query', 'my_chat_member'] as const;

/** Handles one update; never rejects. Calls the error handler, which grammY calls only in its own polling. */
export async function dispatchUpdate(bot: Bot, update: Update, log: Logger): Promise<void> {
  try {
    await bot.handleUpdate(update);
  } catch (error) {
    if (error instanceof BotError) await bot.errorHandler(error as BotError);
    else log.error({ update: update.update_id, err: error }, '处理更新时出错');
  }
}
