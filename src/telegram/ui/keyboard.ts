import type { Context } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { OutgoingButton, OutgoingMessage } from '../../domain/delivery.js';

/** Returns the keyboard that holds the pressed button; null when Telegram no longer shows the message. */
export function getPressedKeyboard(ctx: Context): InlineKeyboardMarkup | null {
  const message = ctx.callbackQuery?.message;
  return message !== undefined && 'reply_markup' in message ? (message.reply_markup ?? null) : null;
}

/** Converts composed buttons to the `reply_markup` of a send call; an empty object when there are none. */
export function toReplyMarkup(buttons: OutgoingMessage['buttons']): { reply_markup?: InlineKeyboardMarkup } {
  return buttons.length === 0 ? {} : { reply_markup: { inline_keyboard: buttons.map((row) => row.map(buttonFor)) } };
}

function buttonFor(button: OutgoingButton): InlineKeyboardButton {
  const { text } = button;
  if ('data' in button) return { text, callback_data: button.data };
  if ('url' in button) return { text, url: button.url };
  return { text, copy_text: { text: button.copy } };
}
