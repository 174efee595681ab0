import type { ChatAddress } from '../domain/chat.js';
import type { OutgoingMessage } from '../domain/delivery.js';

/** What came of one request to send a message. */
export type SendResult =
  | { readonly kind: 'sent'; readonly messageId: number }
  /** The server answered that it did not take it. */
  | {
      readonly kind: 'refused';
      readonly code: number;
      readonly description: string;
      /** Seconds. */
      readonly retryAfter: number | null;
      /** The supergroup that the group became. */
      readonly migratedTo: number | null;
    }
  /** No answer that can be read: it may have been taken or not. */
  | { readonly kind: 'unanswered'; readonly error: string };

/** Sends once, without retries of its own, and never rejects. Texts of errors hold no token. */
export type Send = (to: ChatAddress, message: OutgoingMessage) => Promise<SendResult>;
