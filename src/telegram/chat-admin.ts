import type { Context } from 'grammy';
import type { Logger } from 'pino';

/** `unknown`: Telegram could not be asked; nothing is done then. */
export type Standing = 'admin' | 'member' | 'unknown';

/** Whether who wrote or pressed may decide for the chat. In private everyone may for themselves. */
export async function standingOf(ctx: Context, log: Logger): Promise<Standing> {
  const { chat, from } = ctx;
  if (chat === undefined) return 'member';
  if (chat.type === 'private') return 'admin';
  // An anonymous administrator writes in the group's own name; other channels do so in theirs.
  const sender = ctx.callbackQuery === undefined ? ctx.msg?.sender_chat : undefined;
  if (sender !== undefined) return sender.id === chat.id ? 'admin' : 'member';
  if (from === undefined) return 'member';
  try {
    const { status } = await ctx.getChatMember(from.id);
    return status === 'creator' || status === 'administrator' ? 'admin' : 'member';
  } catch (error) {
    log.warn({ update: ctx.update.update_id, err: error }, '未能查询群成员身份');
    return 'unknown';
  }
}
