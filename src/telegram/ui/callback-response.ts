import type { Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Logger } from 'pino';
import type { Message } from '../../render/message.js';
import { renderTelegram } from '../../render/telegram-html.js';
import { classifyError } from '../transport/classify-error.js';

/**
 * Answers the callback query of a pressed button, which ends its loading state; shows `text` over the chat if given.
 * Never rejects: Telegram refuses answers to old presses (after a restart, say); the button's action still runs.
 */
export async function acknowledge(ctx: Context, log: Logger, text?: string): Promise<void> {
  try {
    await ctx.answerCallbackQuery(text === undefined ? {} : { text });
  } catch (error) {
    log.info({ err: error }, '按钮的点击未能确认');
  }
}

/** Returns the keyboard that holds the pressed button; null when Telegram no longer shows the message. */
export function getPressedKeyboard(ctx: Context): InlineKeyboardMarkup | null {
  const message = ctx.callbackQuery?.message;
  return message !== undefined && 'reply_markup' in message ? (message.reply_markup ?? null) : null;
}

/** Replaces the pressed button's message by a one-part `message`. No-op if unchanged. `now`: see `renderTelegram`. */
export async function editInPlace(
  ctx: Context,
  message: Message,
  buttons?: InlineKeyboardMarkup,
  now?: Date,
): Promise<void> {
  const [part] = renderTelegram(message, now);
  if (part === undefined) return;
  await ignoreNoopEdit(
    ctx.editMessageText(part.html, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...(buttons === undefined ? {} : { reply_markup: buttons }),
    }),
  );
}

export async function editButtons(ctx: Context, buttons: InlineKeyboardMarkup): Promise<void> {
  await ignoreNoopEdit(ctx.editMessageReplyMarkup({ reply_markup: buttons }));
}

/** Awaits an edit; ignores that it changed nothing, or that its message is deleted or not editable. */
async function ignoreNoopEdit(edit: Promise<unknown>): Promise<void> {
  try {
    await edit;
  } catch (error) {
    const { kind } = classifyError(error);
    if (kind !== 'unmodified' && kind !== 'uneditable') throw error;
  }
}
