import type { ChatAddress } from './chat.js';

/** In order of urgency: what is told first when much is owed. */
export const DELIVERY_KINDS = ['correction', 'reminder', 'alert', 'digest', 'broadcast'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** `data`: callback data, at most 64 bytes; `copy`: text to copy, at most 256 characters. */
export type OutgoingButton =
  | { readonly text: string; readonly data: string }
  | { readonly text: string; readonly url: string }
  | { readonly text: string; readonly copy: string };

/** One message as it is sent; never longer than Telegram takes. */
export interface OutgoingMessage {
  /** For `parse_mode: HTML`, balanced. */
  readonly html: string;
  readonly buttons: readonly (readonly OutgoingButton[])[];
}

/** A message owed to a chat. Written down before it is sent. */
export interface OwedDelivery extends ChatAddress {
  /** Unique for ever: what is owed twice under one key is sent once. */
  readonly key: string;
  readonly kind: DeliveryKind;
  readonly message: OutgoingMessage;
  /** Not sent before this instant (ISO 8601, UTC). */
  readonly notBefore: string;
  /** Not worth sending after it (a reminder of a deadline that has passed); null: always. */
  readonly notAfter: string | null;
}

export interface ClaimedDelivery extends OwedDelivery {
  readonly id: number;
  /** How often it was attempted before. */
  readonly attempts: number;
  /** How often of these it was refused, which may be withdrawn; faults of the server or the network are none. */
  readonly refusals: number;
}

/** What became of an attempt. */
export type DeliveryOutcome =
  | { readonly kind: 'sent'; readonly messageId: number }
  /** Try again at `notBefore`. */
  | { readonly kind: 'later'; readonly notBefore: string; readonly error: string }
  /**
   * Refused, and to be tried again at `notBefore`. When it is about the message
   * and not about its chat (`keepsTurn` false), the chat's others go first.
   */
  | { readonly kind: 'refused'; readonly notBefore: string; readonly error: string; readonly keepsTurn: boolean }
  /** This message can never be sent (too long, malformed), or was refused too often: the chat stays. */
  | { readonly kind: 'rejected'; readonly error: string }
  /** The chat cannot be reached any more: it is deactivated, what else it is owed is dropped. */
  | { readonly kind: 'gone'; readonly error: string }
  /** A group became a supergroup: all that is kept of it moves to the new id, and this is sent there. */
  | { readonly kind: 'migrated'; readonly chatId: number };
