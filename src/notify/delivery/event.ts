import type { Logger } from 'pino';
import type { ClaimedDelivery, DeliveryOutcome } from '../../domain/delivery.js';
import { deliveryMessages } from '../../messages/delivery.js';
import type { Clock } from './clock.js';
import type { OmittablePart } from './omit-part.js';

const { log: m, reason } = deliveryMessages;

/** Interval of the log line about postponed deliveries: an outage postpones thousands. */
const SUMMARY_EVERY_MS = 60_000;

/** Attempt whose outcome is recorded. */
export interface DeliveryEvent {
  readonly delivery: ClaimedDelivery;
  readonly outcome: DeliveryOutcome;
  /** Parts that were left out; `topic`: the topic of this address no longer exists, and the message went to the chat. */
  readonly without: readonly OmittablePart[];
}

/** Log of delivery outcomes for the operator; it holds nothing of a message's text. */
export class DeliveryLog {
  readonly #log: Logger;
  readonly #clock: Clock;
  #postponed = 0;
  #nextSummaryAt = -Infinity;

  constructor(log: Logger, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  write({ delivery, outcome, without }: DeliveryEvent): void {
    const log = this.#log;
    const { id, chatId, kind } = delivery;
    const about = { delivery: id, chatId, kind };
    if (without.includes('topic')) log.warn({ ...about, threadId: delivery.threadId }, m.topicGone);
    if (without.includes('html')) log.error(about, m.markup);
    if (without.includes('buttons')) log.error(about, m.buttons);
    switch (outcome.kind) {
      case 'sent':
        log.debug(about, m.sent);
        break;
      case 'later':
      case 'refused':
        log.debug({ ...about, error: outcome.error, notBefore: outcome.notBefore }, m.postponed);
        if (outcome.error !== reason.paced && outcome.error !== reason.stopping) this.#summarise(outcome.error);
        break;
      case 'rejected':
        log.error({ ...about, error: outcome.error }, m.rejected);
        break;
      case 'gone':
        log.info({ ...about, error: outcome.error }, m.gone);
        break;
      case 'migrated':
        log.info({ ...about, to: outcome.chatId }, m.migrated);
        break;
    }
  }

  #summarise(error: string): void {
    this.#postponed += 1;
    const now = this.#clock.now();
    if (now < this.#nextSummaryAt) return;
    this.#log.warn({ count: this.#postponed, error }, m.postponedSinceLast);
    this.#postponed = 0;
    this.#nextSummaryAt = now + SUMMARY_EVERY_MS;
  }
}
