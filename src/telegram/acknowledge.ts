import { GrammyError, type Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Logger } from 'pino';
import type { Message } from '../render/message.js';
import { renderTelegram } from '../render/telegram-html.js';

/**
 * Ends the spinning of a pressed button, with a line over the chat where there
 * is one to say. Telegram refuses this for a press of some time ago (after a
 * restart, say); what the button does is done all the same. Never rejects.
 */
export async function acknowledge(ctx: Context, log: Logger, text?: string): Promise<void> {
  try {
    await ctx.answerCallbackQuery(text === undefined ? {} : { text });
  } catch (error) {
    log.info({ err: error }, '按钮的点击未能确认');
  }
}

/** Puts a message of one part in the place of the one under the pressed button; a second press changes nothing. `now` as in `renderTelegram`. */
export async function editInPlace(
  ctx: Context,
  message: Message,
  buttons?: InlineKeyboardMarkup,
  now?: Date,
): Promise<void> {
  const [part] = renderTelegram(message, now);
  if (part === undefined) return;
  await unlessUnmodified(
    ctx.editMessageText(part.html, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...(buttons === undefined ? {} : { reply_markup: buttons }),
    }),
  );
}

export async function editButtons(ctx: Context, buttons: InlineKeyboardMarkup): Promise<void> {
  await unlessUnmodified(ctx.editMessageReplyMarkup({ reply_markup: buttons }));
}

/** Descriptions of the Bot API for an edit that is needless, or of a message that its readers deleted. */
const NEEDLESS = /message is not modified|message to edit not found|message can't be edited/;

async function unlessUnmodified(edit: Promise<unknown>): Promise<void> {
  try {
    await edit;
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400 && NEEDLESS.test(error.description))) throw error;
  }
}
