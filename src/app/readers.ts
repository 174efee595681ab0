import type { ChatAddress, ChatType } from '../domain/chat.js';
import type { PeriodFact } from '../domain/fact.js';
import { putChatRight } from '../notify/watch.js';
import type { Forgotten, StateStore } from '../store/state-store.js';
import type { StoredNotice } from '../store/notice-store.js';

/** The chats that the bot talks with: who is there, what they were told, and being forgotten. */
export interface Readers {
  /** The chat can be reached (again): after /start, after it let the bot in, when it asks to be told something. */
  welcome(chatId: number, type: ChatType): Promise<void>;
  /** The bot was blocked or removed. Settings are kept; nothing is sent until `welcome`. */
  left(chatId: number, reason: string): Promise<void>;
  /** Sending found out that the chat is gone or has moved, and wrote it down: what was known of it holds no more. */
  lost(chatId: number): void;
  /** A group became a supergroup. */
  moved(from: number, to: number): Promise<void>;
  /** Remembers periods that a chat was told, so that a correction can reach it. */
  told(address: ChatAddress, type: ChatType, from: StoredNotice, facts: readonly PeriodFact[]): Promise<void>;
  forget(chatId: number): Promise<Forgotten>;
}

/** Chats whose row is known to be there: one write less for each of their answers. */
const KNOWN_CHATS = 10_000;

/** @param newestKey of the operator's own notices */
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
