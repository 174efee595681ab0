import type { ChatAddress } from './chat.js';

/** Kinds of delivery in order of priority: the order in which queued deliveries are claimed. */
export const DELIVERY_KINDS = ['correction', 'reminder', 'alert', 'digest', 'broadcast'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** An inline button. `data`: callback data, at most 64 bytes; `copy`: text to copy, at most 256 characters. */
export type OutgoingButton =
  | { readonly text: string; readonly data: string }
  | { readonly text: string; readonly url: string }
  | { readonly text: string; readonly copy: string };

/** One message as it is sent, within Telegram's length limit. */
export interface OutgoingMessage {
  /** Balanced HTML for `parse_mode: HTML`. */
  readonly html: string;
  readonly buttons: readonly (readonly OutgoingButton[])[];
}

/** A message queued for a chat. Written to the ledger before it is sent. */
export interface QueuedDelivery extends ChatAddress {
  /** Idempotency key, unique for ever: a message queued twice under one key is sent once. */
  readonly key: string;
  readonly kind: DeliveryKind;
  readonly message: OutgoingMessage;
  /** Earliest instant of sending (ISO 8601, UTC). */
  readonly notBefore: string;
  /** Instant (ISO 8601, UTC) after which it is dropped (a reminder of a past deadline); null: never. */
  readonly notAfter: string | null;
}

export interface ClaimedDelivery extends QueuedDelivery {
  readonly id: number;
  /** Number of earlier attempts. */
  readonly attempts: number;
  /** Number of `attempts` that Telegram refused, perhaps temporarily; server and network faults do not count. */
  readonly refusals: number;
}

/** Outcome of one attempt to send. */
export type DeliveryOutcome =
  | { readonly kind: 'sent'; readonly messageId: number }
  /** Retry at `notBefore`. */
  | { readonly kind: 'later'; readonly notBefore: string; readonly error: string }
  /**
   * Refused; retry at `notBefore`. When the refusal concerns the message and not its chat (`keepsQueuePosition` false),
   * the chat's other deliveries go first.
   */
  | {
      readonly kind: 'refused';
      readonly notBefore: string;
      readonly error: string;
      readonly keepsQueuePosition: boolean;
    }
  /** The message can never be sent (too long, malformed) or was refused too often; the chat stays active. */
  | { readonly kind: 'rejected'; readonly error: string }
  /** The chat is unreachable: it is deactivated and its other queued deliveries are dropped. */
  | { readonly kind: 'gone'; readonly error: string }
  /** A group became a supergroup: its stored data moves to the new id, and this delivery is sent there. */
  | { readonly kind: 'migrated'; readonly chatId: number };
