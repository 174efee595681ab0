import type { ChatAddress, ChatType } from '../domain/chat.js';
import type { PeriodFact } from '../domain/fact.js';
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
  const known = new Set<number>();
  const at = (): string => now().toISOString();
  const welcome = async (chatId: number, type: ChatType): Promise<void> => {
    const isBack = await state.chats.activate(chatId, type, at());
    if (isBack) await recoverChat(state.subscriptions, chatId, { now: now(), newestKey: await newestKey() });
    known.add(chatId);
    const [oldest] = known;
    if (known.size > MAX_KNOWN_CHATS && oldest !== undefined) known.delete(oldest);
  };
  return {
    activate: welcome,
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
    async recordAnnounced({ chatId, threadId }, type, { notice, version }, facts) {
      if (facts.length === 0) return;
      if (!known.has(chatId)) await welcome(chatId, type);
      await state.announcedFacts.put(
        facts.map((fact) => ({
          chatId,
          threadId,
          noticeId: notice.id,
          type: fact.type,
          label: fact.label,
          start: fact.start,
          end: fact.end,
          version,
          announcedAt: at(),
        })),
      );
    },
    async forget(chatId) {
      known.delete(chatId);
      return state.forget(chatId);
    },
  };
}
