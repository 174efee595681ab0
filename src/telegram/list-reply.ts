import type { Offers } from './buttons.js';
import { offerRows } from './buttons.js';
import type { MessageContext } from './commands/command.js';
import type { Message } from '../render/message.js';
import { reply } from './reply.js';
import type { Tools } from './services.js';

/** Replies to a command with a list of notices and a button for each. */
export async function replyWithList(
  ctx: MessageContext,
  message: Message,
  offers: Offers,
  { shown, now }: Pick<Tools, 'shown' | 'now'>,
): Promise<void> {
  const rows = offerRows(offers, 0);
  const sent = await reply(ctx, message, {
    replyTo: ctx.message.message_id,
    now: now(),
    ...(rows.length === 0 ? {} : { buttons: { inline_keyboard: rows } }),
  });
  if (sent !== null) shown.remember(ctx.chatId, sent, offers);
}
