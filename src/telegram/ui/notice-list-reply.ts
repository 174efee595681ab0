import type { Message } from '../../render/message.js';
import type { FeatureDependencies } from '../services.js';
import { buildOfferRows, type OfferedNotices } from './offered-notices.js';
import { reply, type MessageContext } from './reply.js';

/** Replies to a command with a list of notices and a button for each. */
export async function replyWithList(
  ctx: MessageContext,
  message: Message,
  offers: OfferedNotices,
  { offerPages, now }: Pick<FeatureDependencies, 'offerPages' | 'now'>,
): Promise<void> {
  const rows = buildOfferRows(offers, 0);
  const sent = await reply(ctx, message, {
    replyTo: ctx.message.message_id,
    now: now(),
    ...(rows.length === 0 ? {} : { buttons: { inline_keyboard: rows } }),
  });
  if (sent !== null) offerPages.remember(ctx.chatId, sent, offers);
}
