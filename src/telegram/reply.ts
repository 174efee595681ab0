import type { Context } from 'grammy';
import type { ForceReply, InlineKeyboardMarkup } from 'grammy/types';
import type { Message } from '../render/message.js';
import { renderTelegram } from '../render/telegram-html.js';

export interface ReplyOptions {
  /** The message to hang the reply on. Should it be deleted meanwhile, the reply comes without. */
  readonly replyTo?: number | undefined;
  /** Stand under the last part. */
  readonly buttons?: InlineKeyboardMarkup | ForceReply | undefined;
  /** As in `renderTelegram`, for what names the dates of notices. */
  readonly now?: Date | undefined;
}

/**
 * Sends a message into the chat (and forum topic, which ctx.reply keeps) of the
 * update. Returns the id of its last part; null when there was nothing to say.
 */
export async function reply(ctx: Context, message: Message, options: ReplyOptions = {}): Promise<number | null> {
  const parts = renderTelegram(message, options.now);
  let last: number | null = null;
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    const sent = await ctx.reply(part.html, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      // On every part: a button finds its question through the message it stands under.
      ...replyParameters(options.replyTo),
      ...(isLast && options.buttons !== undefined ? { reply_markup: options.buttons } : {}),
    });
    last = sent.message_id;
  }
  return last;
}

export function replyParameters(replyTo: number | undefined) {
  return replyTo === undefined ? {} : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } };
}

/** A plain sentence of the bot's own. */
export function note(text: string): Message {
  return [{ kind: 'note', text }];
}
