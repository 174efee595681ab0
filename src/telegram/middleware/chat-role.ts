import type { Context } from 'grammy';
import type { Logger } from 'pino';

/** Role of a user in a chat. `unknown`: the request to Telegram failed; callers then change nothing. */
export type ChatRole = 'admin' | 'member' | 'unknown';

/** Returns `admin` if the sender may decide for the chat; in a private chat everyone may. Never rejects. */
export async function fetchChatRole(ctx: Context, log: Logger): Promise<ChatRole> {
  const { chat, from } = ctx;
  if (chat === undefined) return 'member';
  if (chat.type === 'private') return 'admin';
  // An anonymous administrator writes with the group as sender; a channel writes with itself as sender.
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
