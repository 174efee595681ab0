import { LRUCache } from 'lru-cache';
import type { Answer } from '../../domain/answer.js';

/** One question with its answer, as the next follow-up reads it. */
export interface Turn {
  readonly question: string;
  /** Topic in the reader's words; kept through questions that only ask for another aspect of it. */
  readonly topic: string;
  /** Id of the current notice: answered from, or the nearest that lacks what was asked; null after other refusals. */
  readonly noticeId: string | null;
  readonly answer: string;
  /** Ids of the notices listed to choose from, in their order. */
  readonly offeredNoticeIds: readonly string[];
}

/** State of a conversation that resolves the next question. */
export type ConversationState = Pick<Conversation, 'last' | 'recentNoticeIds' | 'previousNoticeId'>;

/** Number of recent notices that a follow-up can return to. */
const MAX_RECENT_NOTICES = 5;

/**
 * State of one chat: its last turn and the last few current notices. Each chat has its own, so that nothing leaks
 * between them.
 */
export class Conversation {
  #last: Turn | null = null;
  #recentNoticeIds: readonly string[] = [];
  #current: string | null = null;
  #previous: string | null = null;

  get last(): Turn | null {
    return this.#last;
  }

  set last(turn: Turn | null) {
    this.#last = turn;
    const now = turn?.noticeId ?? null;
    if (now === null || now === this.#current) return;
    this.#previous = this.#current;
    this.#current = now;
    if (!this.#recentNoticeIds.includes(now))
      this.#recentNoticeIds = [...this.#recentNoticeIds, now].slice(-MAX_RECENT_NOTICES);
  }

  /** Ids of the last `MAX_RECENT_NOTICES` notices that were current, in the order in which they first were. */
  get recentNoticeIds(): readonly string[] {
    return this.#recentNoticeIds;
  }

  /** Id of the notice that was current before the present one; null when there was none. */
  get previousNoticeId(): string | null {
    return this.#previous;
  }
}

export function createTurn(question: string, answer: Answer, topic = question): Turn {
  return {
    question,
    topic,
    noticeId: findCurrentNoticeId(answer),
    answer: answer.kind === 'answer' ? answer.answer : '',
    offeredNoticeIds: answer.kind === 'answer' ? [] : answer.candidates.map(({ id }) => id),
  };
}

function findCurrentNoticeId(answer: Answer): string | null {
  if (answer.kind === 'answer') return answer.notice.id;
  const nearest = answer.candidates[0]?.id ?? null;
  const isClear = answer.kind === 'choices' ? answer.tiedCount > 0 : answer.reason === 'not-stated';
  return isClear ? nearest : null;
}

/** Time without a question after which a conversation starts anew. */
const IDLE_TIMEOUT_MS = 30 * 60_000;
const MAX_CONVERSATIONS = 10_000;

/** The conversations of many chats, bounded in number and in time. */
export class ConversationCache {
  readonly #chats = new LRUCache<string, { conversation: Conversation; usedAt: number }>({ max: MAX_CONVERSATIONS });
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Returns the conversation of a chat (of a person in a group: pass both in the key). */
  get(key: string): Conversation {
    const usedAt = this.#now().getTime();
    const known = this.#chats.get(key);
    const fresh = known !== undefined && usedAt - known.usedAt < IDLE_TIMEOUT_MS;
    const conversation = fresh ? known.conversation : new Conversation();
    this.#chats.set(key, { conversation, usedAt });
    return conversation;
  }

  /** Drops all conversations of a chat, whoever held them. */
  deleteChat(chatId: number): void {
    for (const key of [...this.#chats.keys()]) if (key.startsWith(`${chatId}:`)) this.#chats.delete(key);
  }
}
