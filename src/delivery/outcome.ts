import type { ClaimedDelivery, DeliveryOutcome } from '../domain/delivery.js';
import { deliveryMessages } from '../messages/delivery.js';
import type { FinalVerdict } from './classify.js';

const { reason } = deliveryMessages;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** After a fault of the server or the network. */
const FIRST_BACKOFF_MS = 2 * SECOND_MS;
const LONGEST_BACKOFF_MS = 10 * MINUTE_MS;
const SHORTEST_BACKOFF_MS = SECOND_MS;
/** After a refusal that may be withdrawn; then hourly. */
const REFUSAL_DELAYS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];
/** A group muted for the night opens again, an administrator notices within the day. */
const PATIENCE_MS = 24 * HOUR_MS;
/** Bounds what restarts could prolong for ever, each of which begins the day anew. */
const MOST_ATTEMPTS = 300;
/** What waits for a refusal to end is at most this far from the last try; twice that, and it is gone some other way. */
const FORGET_MS = 2 * PATIENCE_MS;

export interface OutcomeOptions {
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  /** Monotonic, milliseconds. */
  readonly nowMs: () => number;
}

/** Decides what is written down after an attempt; remembers since when a message has been refused. */
export class Outcomes {
  readonly #options: OutcomeOptions;
  /** By id of the delivery. */
  readonly #refused = new Map<number, { readonly sinceMs: number; count: number }>();

  constructor(options: OutcomeOptions) {
    this.#options = options;
  }

  /** @param error what the server or the network said, for the ledger. */
  of(delivery: ClaimedDelivery, verdict: FinalVerdict, error: string, now: Date): DeliveryOutcome {
    const later = (ms: number, why = error): DeliveryOutcome => ({
      kind: 'later',
      notBefore: new Date(now.getTime() + Math.ceil(ms)).toISOString(),
      error: why,
    });
    const { kind } = verdict;
    if (kind === 'closed' || kind === 'closedTopic' || kind === 'unknown') {
      const ms = this.#patience(delivery);
      if (ms !== null) return later(ms);
      return { kind: kind === 'closed' ? 'gone' : 'rejected', error: reason.gaveUp(error) };
    }
    this.#refused.delete(delivery.id);
    switch (kind) {
      case 'sent':
      case 'migrated':
        return verdict;
      case 'gone':
      case 'rejected':
        return { kind, error };
      case 'flood':
        return later(verdict.retryAfterMs, reason.flood(verdict.retryAfterMs / SECOND_MS));
      case 'fault':
      case 'token':
        return later(this.#backOff(delivery.attempts));
    }
  }

  /** Full jitter: anything from a second to the bound, which doubles with each attempt. */
  #backOff(attempts: number): number {
    const bound = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempts, 20));
    return SHORTEST_BACKOFF_MS + this.#options.random() * (bound - SHORTEST_BACKOFF_MS);
  }

  /** How long to wait before the next try; null when a day of them was in vain. */
  #patience({ id, attempts }: ClaimedDelivery): number | null {
    const nowMs = this.#options.nowMs();
    const refused = this.#refused.get(id) ?? { sinceMs: nowMs, count: 0 };
    if (nowMs - refused.sinceMs >= PATIENCE_MS || attempts >= MOST_ATTEMPTS) {
      this.#refused.delete(id);
      return null;
    }
    this.#forget(nowMs);
    this.#refused.set(id, refused);
    const ms = REFUSAL_DELAYS_MS[refused.count] ?? HOUR_MS;
    refused.count += 1;
    // Up to a fifth more, so that a thousand messages refused at once do not all come back at once.
    return ms * (1 + this.#options.random() / 5);
  }

  /** In the order they were first refused, so the oldest stand first. */
  #forget(nowMs: number): void {
    for (const [id, { sinceMs }] of this.#refused) {
      if (nowMs - sinceMs < FORGET_MS) return;
      this.#refused.delete(id);
    }
  }
}
