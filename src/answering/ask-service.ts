import type { Answer } from '../domain/answer.js';
import type { Conversation } from './conversation/conversation.js';
import type { StoredNotice } from '../store/notice-store.js';

/** Question answering, as used by every front end (terminal, JSON lines, Telegram). */
export interface AskService {
  /**
   * Answers a question; bounds its length itself and never throws, whatever the text. With a conversation, resolves a
   * follow-up against its last turn and stores the new last turn.
   */
  ask(question: string, conversation?: Conversation): Promise<Answer>;
  /**
   * Answers a question from one given notice, which a reader chose among the candidates. Returns `none` when the notice
   * does not state it; null when it is not (or no longer) stored and indexed.
   */
  askNotice(question: string, noticeKey: number): Promise<Answer | null>;
  /** Returns the key of an indexed notice by its id, for the data of buttons; null when it is unknown. */
  keyOf(noticeId: string): number | null;
  notice(key: number): Promise<StoredNotice | null>;
}
