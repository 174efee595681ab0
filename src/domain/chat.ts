/**
 * Destination of messages: a chat, or one topic of a forum. Telegram ids have at most 52 bits, so a `number` holds them
 * exactly; ids of groups are negative.
 */
export interface ChatAddress {
  readonly chatId: number;
  /** Null outside forum topics. */
  readonly threadId: number | null;
}

export const CHAT_TYPES = ['private', 'group', 'supergroup', 'channel'] as const;
export type ChatType = (typeof CHAT_TYPES)[number];
