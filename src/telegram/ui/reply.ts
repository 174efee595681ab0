import type { Context, Filter } from 'grammy';
import type { ForceReply, InlineKeyboardMarkup } from 'grammy/types';
import type { Message } from '../../render/message.js';
import { renderTelegram } from '../../render/telegram-html.js';

/** Context of an update with a text message. */
export type MessageContext = Filter<Context, 'message:text'>;

export interface ReplyOptions {
  /** Id of the message to reply to. If it was deleted, the reply is sent without the reference. */
  readonly replyTo?: number | undefined;
  /** Attached to the last part. */
  readonly buttons?: InlineKeyboardMarkup | ForceReply | undefined;
  /** As in `renderTelegram`, for messages that contain dates of notices. */
  readonly now?: Date | undefined;
}

/**
 * Sends a message to the chat (and forum topic, which ctx.reply keeps) of the update. Returns the id of its last part;
 * null when the message is empty.
 */
export async function reply(ctx: Context, message: Message, options: ReplyOptions = {}): Promise<number | null> {
  const parts = renderTelegram(message, options.now);
  let last: number | null = null;
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    const sent = await ctx.reply(part.html, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      // On every part: a pressed button finds its question through this reference.
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

/** Returns a message of one plain text. */
export function note(text: string): Message {
  return [{ kind: 'note', text }];
}
