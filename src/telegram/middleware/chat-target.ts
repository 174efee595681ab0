import type { Context } from 'grammy';
import type { Chat } from 'grammy/types';
import type { ChatAddress, ChatType } from '../../domain/chat.js';

export interface ChatTarget extends ChatAddress {
  readonly type: ChatType;
}

/**
 * Returns the chat and forum topic of an update. Null when there is no chat, and for a button under a message that
 * Telegram no longer shows to bots, because its topic is unknown.
 */
export function chatTargetOf(ctx: Context): ChatTarget | null {
  const { chat, msg } = ctx;
  if (chat === undefined || msg === undefined) return null;
  if (ctx.callbackQuery !== undefined && msg.date === 0) return null;
  return { chatId: chat.id, threadId: threadOf(msg), type: chatTypeOf(chat) };
}

/** Returns the forum topic's id, else null: outside forums a thread id only says which message others reply to. */
function threadOf(message: object): number | null {
  const { is_topic_message: isTopic, message_thread_id: id } = message as {
    is_topic_message?: boolean;
    message_thread_id?: number;
  };
  return isTopic === true && id !== undefined ? id : null;
}

export function chatTypeOf({ type }: Pick<Chat, 'type'>): ChatType {
  return type;
}

/** Returns the key for one conversation per person, chat and topic: in a group, nobody continues another's question. */
export function conversationKey(ctx: Context): string {
  return [ctx.chatId, ctx.msg?.message_thread_id, ctx.from?.id].map((id) => id ?? '').join(':');
}
