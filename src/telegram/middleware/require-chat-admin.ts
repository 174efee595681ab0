import type { Context } from 'grammy';
import { commandMessages as m } from '../../messages/commands.js';
import { telegramMessages } from '../../messages/telegram.js';
import { acknowledge } from '../ui/callback-response.js';
import { fetchChatRole } from './chat-role.js';
import { chatTargetOf, type ChatTarget } from './chat-target.js';
import { note, reply } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

/**
 * Returns the chat or topic of the update if its sender may decide for it: their private chat, or a group that they
 * administer. Otherwise tells them that they may not and returns null; the caller then does nothing.
 */
export async function requireChatAdmin(
  ctx: Context,
  { log }: Pick<FeatureDependencies, 'log'>,
): Promise<ChatTarget | null> {
  const target = chatTargetOf(ctx);
  if (target === null) {
    await refuse(ctx, telegramMessages.buttonUnknown, log);
    return null;
  }
  const role = await fetchChatRole(ctx, log);
  if (role === 'admin') return target;
  await refuse(ctx, role === 'unknown' ? m.adminUnknown : m.adminOnly, log);
  return null;
}

async function refuse(ctx: Context, text: string, log: FeatureDependencies['log']): Promise<void> {
  if (ctx.callbackQuery === undefined) await reply(ctx, note(text), { replyTo: ctx.msg?.message_id });
  else await acknowledge(ctx, log, text);
}
