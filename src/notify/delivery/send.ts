import type { ChatAddress } from '../../domain/chat.js';
import type { OutgoingMessage } from '../../domain/delivery.js';

/** Refusal of a request by the server. */
export interface Refusal {
  readonly code: number;
  readonly description: string;
  /** Seconds. */
  readonly retryAfter: number | null;
  /** Id of the supergroup that the group became. */
  readonly migratedTo: number | null;
}

/** Result of one request to send a message. */
export type SendResult =
  | { readonly kind: 'sent'; readonly messageId: number }
  | ({ readonly kind: 'refused' } & Refusal)
  /** No readable response: the message may have been sent or not. */
  | { readonly kind: 'unanswered'; readonly error: string };

/** Sends once, without retries of its own, and never rejects. Error texts hold no token. */
export type SendMessage = (to: ChatAddress, message: OutgoingMessage) => Promise<SendResult>;
