import type { Answer } from '../domain/answer.js';
import type { Conversation } from './conversation.js';
import type { StoredNotice } from '../store/notice-store.js';

/** What every front (terminal, JSON lines, Telegram) talks to. */
export interface AskService {
  /**
   * Never throws for any text of the reader's; bounds its length itself. With a
   * conversation, goes on from its last turn and becomes its last turn.
   */
  ask(question: string, conversation?: Conversation): Promise<Answer>;
  /**
   * What one given notice says to a question: what a reader sees after choosing
   * a candidate. `none` when it does not say it; null when the notice is not
   * (or no longer) stored.
   */
  askWithin(question: string, noticeKey: number): Promise<Answer | null>;
  /** For buttons: the key of a stored notice by its id, or null. */
  keyOf(noticeId: string): number | null;
  notice(key: number): Promise<StoredNotice | null>;
}
