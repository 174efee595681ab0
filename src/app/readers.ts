import type { ChatAddress, ChatType } from '../domain/chat.js';
import type { PeriodFact } from '../domain/fact.js';
import { putChatRight } from '../notify/watch.js';
import type { Forgotten, StateStore } from '../store/state-store.js';
import type { StoredNotice } from '../store/notice-store.js';

/** Chats of the bot: whether they can be reached, what was announced to them, and their deletion. */
export interface Readers {
  /** Marks a chat as reachable (again): after /start, when it added the bot, when it asks for notifications. */
  welcome(chatId: number, type: ChatType): Promise<void>;
  /** Marks a chat that blocked or removed the bot. Settings are kept; nothing is sent until `welcome`. */
  left(chatId: number, reason: string): Promise<void>;
  /** Drops what is cached of a chat that a delivery found gone or moved, after that was recorded. */
  lost(chatId: number): void;
  /** Moves what is stored of a group to the id of its supergroup. */
  moved(from: number, to: number): Promise<void>;
  /** Records periods that a chat was told, so that a correction can reach it. */
  told(address: ChatAddress, type: ChatType, from: StoredNotice, facts: readonly PeriodFact[]): Promise<void>;
  forget(chatId: number): Promise<Forgotten>;
}

/** Upper bound on the cached ids of chats that have a row, which saves a write per answer. */
const KNOWN_CHATS = 10_000;

/** @param newestKey returns the largest key of the operator's notices */
export function createReaders(
  state: Pick<StateStore, 'chats' | 'subscriptions' | 'told' | 'forget'>,
  now: () => Date,
  newestKey: () => Promise<number>,
): Readers {
  const known = new Set<number>();
  const at = (): string => now().toISOString();
  const welcome = async (chatId: number, type: ChatType): Promise<void> => {
    const isBack = await state.chats.activate(chatId, type, at());
    if (isBack) await putChatRight(state.subscriptions, chatId, { now: now(), newestKey: await newestKey() });
    known.add(chatId);
    const [oldest] = known;
    if (known.size > KNOWN_CHATS && oldest !== undefined) known.delete(oldest);
  };
  return {
    welcome,
    async left(chatId, reason) {
      known.delete(chatId);
      await state.chats.deactivate(chatId, reason, at());
    },
    lost(chatId) {
      known.delete(chatId);
    },
    async moved(from, to) {
      known.delete(from);
      await state.chats.migrate(from, to);
    },
    async told({ chatId, threadId }, type, { notice, version }, facts) {
      if (facts.length === 0) return;
      if (!known.has(chatId)) await welcome(chatId, type);
      await state.told.remember(
        facts.map((fact) => ({
          chatId,
          threadId,
          noticeId: notice.id,
          type: fact.type,
          label: fact.label,
          start: fact.start,
          end: fact.end,
          version,
          toldAt: at(),
        })),
      );
    },
    async forget(chatId) {
      known.delete(chatId);
      return state.forget(chatId);
    },
  };
}
