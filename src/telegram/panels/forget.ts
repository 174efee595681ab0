import { Composer, type Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { commandMessages as m } from '../../messages/commands.js';
import { acknowledge, editInPlace } from '../ui/callback-response.js';
import { requireChatAdmin } from '../middleware/require-chat-admin.js';
import { note } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

const YES = 'fy';
const NO = 'fn';

export const forgetButtons: InlineKeyboardMarkup = {
  inline_keyboard: [
    [
      { text: m.buttons.forget, callback_data: YES },
      { text: m.buttons.cancel, callback_data: NO },
    ],
  ],
};

/** Handles the confirmation of /forgetme: deletes the data of the chat with the button; no other can be named. */
export function createForgetHandler(tools: FeatureDependencies): Composer<Context> {
  const { services, conversations, log } = tools;
  const composer = new Composer<Context>();
  composer.callbackQuery(NO, async (ctx) => {
    if ((await requireChatAdmin(ctx, tools)) === null) return;
    await acknowledge(ctx, log);
    await editInPlace(ctx, note(m.forget.cancelled));
  });
  composer.callbackQuery(YES, async (ctx) => {
    const target = await requireChatAdmin(ctx, tools);
    if (target === null) return;
    const forgotten = await services.chats.forget(target.chatId);
    conversations.deleteChat(target.chatId);
    await acknowledge(ctx, log);
    await editInPlace(ctx, note(m.forget.done(forgotten)));
  });
  return composer;
}
