import { LRUCache } from 'lru-cache';
import type { ChatAddress, ChatType } from '../domain/chat.js';
import type { PeriodFact } from '../domain/fact.js';
import { toAnnouncedFacts } from './announced-facts.js';
import { recoverChat } from './subscription-recovery.js';
import type { ForgottenCounts, StateStore } from '../store/state-store.js';
import type { StoredNotice } from '../store/notice-store.js';

/** Chats of the bot: whether they can be reached, what was announced to them, and their deletion. */
export interface ChatLifecycle {
  /** Marks a chat as reachable (again): after /start, when it added the bot, when it asks for notifications. */
  activate(chatId: number, type: ChatType): Promise<void>;
  /** Marks a chat that blocked or removed the bot. Settings are kept; nothing is sent until `activate`. */
  deactivate(chatId: number, reason: string): Promise<void>;
  /** Drops what is cached of a chat that a delivery found gone or moved, after that was recorded. */
  invalidate(chatId: number): void;
  /** Moves what is stored of a group to the id of its supergroup. */
  migrate(from: number, to: number): Promise<void>;
  /** Records periods that a chat was told, so that a correction can reach it. */
  recordAnnounced(
    address: ChatAddress,
    type: ChatType,
    from: StoredNotice,
    facts: readonly PeriodFact[],
  ): Promise<void>;
  forget(chatId: number): Promise<ForgottenCounts>;
}

/** Upper bound on the cached ids of chats that have a row, which saves a write per answer. */
const MAX_KNOWN_CHATS = 10_000;

/** @param newestKey returns the largest key of the operator's notices */
export function createChatLifecycle(
  state: Pick<StateStore, 'chats' | 'subscriptions' | 'announcedFacts' | 'forget'>,
  now: () => Date,
  newestKey: () => Promise<number>,
): ChatLifecycle {
  const known = new LRUCache<number, true>({ max: MAX_KNOWN_CHATS });
  const at = (): string => now().toISOString();
  const activate = async (chatId: number, type: ChatType): Promise<void> => {
    const isBack = await state.chats.activate(chatId, type, at());
    if (isBack) await recoverChat(state.subscriptions, chatId, { now: now(), newestKey: await newestKey() });
    // Not set again, which would count as a use: the oldest goes first.
    if (!known.has(chatId)) known.set(chatId, true);
  };
  return {
    activate,
    async deactivate(chatId, reason) {
      known.delete(chatId);
      await state.chats.deactivate(chatId, reason, at());
    },
    invalidate(chatId) {
      known.delete(chatId);
    },
    async migrate(from, to) {
      known.delete(from);
      await state.chats.migrate(from, to);
    },
    async recordAnnounced(address, type, stored, facts) {
      if (facts.length === 0) return;
      if (!known.has(address.chatId)) await activate(address.chatId, type);
      const announced = facts.map((fact) => ({ stored, fact }));
      await state.announcedFacts.put(toAnnouncedFacts(address, announced, now()));
    },
    async forget(chatId) {
      known.delete(chatId);
      return state.forget(chatId);
    },
  };
}
