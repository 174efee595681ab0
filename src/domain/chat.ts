/**
 * Where messages go: a chat, or one topic of a forum. Telegram's ids have at
 * most 52 bits, so they are exact as numbers; groups have negative ones.
 */
export interface ChatAddress {
  readonly chatId: number;
  /** Null outside forum topics. */
  readonly threadId: number | null;
}

export const CHAT_TYPES = ['private', 'group', 'supergroup', 'channel'] as const;
export type ChatType = (typeof CHAT_TYPES)[number];
