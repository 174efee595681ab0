import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import type { ClaimedDelivery, DeliveryOutcome } from '../../domain/delivery.js';
import { deliveryMessages } from '../../messages/delivery.js';
import type { Ledger } from '../../store/state-store.js';
import { attemptDelivery } from './attempt-delivery.js';
import type { KnownRefusals, OmittablePart } from './classify-result.js';
import type { RateLimiter } from './rate-limiter.js';
import type { SendMessage } from './send.js';
import { monotonicClock, sleep, WakeSignal, type Clock } from './timing.js';

const { log: m, reason } = deliveryMessages;

/** Attempt whose outcome is recorded. */
export interface DeliveryEvent {
  readonly delivery: ClaimedDelivery;
  readonly outcome: DeliveryOutcome;
  /** Parts that were left out; `topic`: the topic of this address no longer exists, and the message went to the chat. */
  readonly without: readonly OmittablePart[];
}

export interface DelivererDependencies {
  readonly ledger: Pick<Ledger, 'claim' | 'record' | 'recover' | 'sentToGroups' | 'nextDueAt'>;
  readonly send: SendMessage;
  readonly limiter: RateLimiter;
  readonly refusals: KnownRefusals;
  /** Wall clock, for due times. */
  readonly now: () => Date;
  readonly log: Logger;
  readonly random?: () => number;
  readonly clock?: Clock;
  /** Called after an outcome is recorded. */
  readonly onOutcome?: (event: DeliveryEvent) => void;
}

export interface Deliverer {
  /**
   * Queues again what an earlier process had claimed, and counts what it sent to groups against their limits. Call it
   * before the first `step`. Returns how many deliveries were queued again.
   */
  recover(): Promise<number>;
  /** Sends at most one batch and waits for its end. `busy`: call again at once. */
  step(): Promise<'busy' | 'idle'>;
  /** Signals that a delivery may have been queued: `run` looks at once instead of within 15 seconds. */
  wake(): void;
  /**
   * Recovers, then sends queued deliveries until the signal is aborted. Resolves when those in flight are answered and
   * recorded. Never rejects.
   */
  run(signal: AbortSignal): Promise<void>;
}

/** Largest number of deliveries in flight: two seconds of sending, enough to use the limits at any latency. */
const MAX_IN_FLIGHT = 60;
/** Bounded because due times are of the wall clock, which may be set, and other processes may write to the ledger. */
const LONGEST_SLEEP_MS = 15_000;
/** Sleep while deliveries are due but cannot be claimed yet. */
const SHORTEST_SLEEP_MS = 100;
const LEDGER_RETRY_MS = [100, 1000, 5000, 30_000];
/** Window of Telegram's limit on messages to a group. */
const GROUP_WINDOW_MS = 60_000;
/** Pause of all deliveries after the token was refused. */
const TOKEN_PAUSE_MS = 60_000;
/** Interval of the log line about postponed deliveries: an outage postpones thousands. */
const SUMMARY_EVERY_MS = 60_000;

export function createDeliverer(deps: DelivererDependencies): Deliverer {
  return new LedgerDeliverer(deps);
}

class LedgerDeliverer implements Deliverer {
  readonly #deps: DelivererDependencies;
  readonly #clock: Clock;
  readonly #wakeSignal: WakeSignal;
  readonly #log: DeliveryLog;
  #pausedUntil = -Infinity;

  constructor(deps: DelivererDependencies) {
    this.#deps = deps;
    const clock = deps.clock ?? monotonicClock;
    this.#clock = clock;
    this.#wakeSignal = new WakeSignal(clock);
    this.#log = new DeliveryLog(deps.log, clock);
  }

  async recover(): Promise<number> {
    const { ledger, limiter, log, now } = this.#deps;
    const count = await ledger.recover();
    if (count > 0) {
      log.warn({ count }, m.recovered);
      limiter.pauseGroups();
    }
    const nowMs = now().getTime();
    for (const { chatId, at } of await ledger.sentToGroups(new Date(nowMs - GROUP_WINDOW_MS).toISOString())) {
      limiter.countEarlierSend(chatId, nowMs - Date.parse(at));
    }
    return count;
  }

  async step(): Promise<'busy' | 'idle'> {
    const claimed = await this.#claim(MAX_IN_FLIGHT);
    await Promise.all(claimed.map((delivery) => this.#deliver(delivery)));
    return claimed.length > 0 ? 'busy' : 'idle';
  }

  wake(): void {
    this.#wakeSignal.wake();
  }

  async run(stop: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stop]);
    // Each message in flight adds a listener; Node would warn of a leak.
    setMaxListeners(0, signal);
    const wake = (): void => {
      this.wake();
    };
    signal.addEventListener('abort', wake);
    const inFlight = new Set<Promise<void>>();
    const begin = (delivery: ClaimedDelivery): void => {
      const attempt = this.#deliver(delivery, signal).finally(() => {
        inFlight.delete(attempt);
        // Not after every delivery: a claim is a write to the disk.
        if (inFlight.size <= MAX_IN_FLIGHT / 2) wake();
      });
      inFlight.add(attempt);
    };
    await this.#retry(() => this.recover(), m.claimFailed, signal);
    while (!signal.aborted) {
      const hasRoom = inFlight.size <= MAX_IN_FLIGHT / 2 && this.#pausedMs() === 0;
      const claimed = hasRoom
        ? await this.#retry(() => this.#claim(MAX_IN_FLIGHT - inFlight.size), m.claimFailed, signal)
        : undefined;
      claimed?.forEach(begin);
      if (claimed === undefined || claimed.length === 0) await this.#sleep();
    }
    await Promise.all(inFlight);
  }

  #claim(limit: number): Promise<ClaimedDelivery[]> {
    return this.#deps.ledger.claim(this.#deps.now().toISOString(), limit);
  }

  async #sleep(): Promise<void> {
    const dueAt = await this.#deps.ledger.nextDueAt().catch(() => null);
    const ms = dueAt === null ? LONGEST_SLEEP_MS : Date.parse(dueAt) - this.#deps.now().getTime();
    await this.#wakeSignal.wait(Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, this.#pausedMs(), ms)));
  }

  /** Returns for how many ms nothing is claimed, because nothing can be sent to any chat. */
  #pausedMs(): number {
    return Math.max(0, this.#pausedUntil - this.#clock.now(), this.#deps.limiter.pausedMs);
  }

  /** Makes one attempt and records its outcome. Never rejects. */
  async #deliver(delivery: ClaimedDelivery, signal?: AbortSignal): Promise<void> {
    const { ledger, now, random = Math.random } = this.#deps;
    const { outcome, without, tokenRefused } = await attemptDelivery(delivery, { ...this.#deps, random }, signal);
    if (tokenRefused !== null) this.#pauseAll(tokenRefused);
    await this.#retry(() => ledger.record(delivery.id, outcome, now().toISOString()), m.recordFailed, signal);
    this.#report({ delivery, outcome, without });
  }

  #pauseAll(error: string): void {
    if (this.#clock.now() >= this.#pausedUntil) this.#deps.log.error({ error }, m.token);
    this.#pausedUntil = this.#clock.now() + TOKEN_PAUSE_MS;
  }

  #report(event: DeliveryEvent): void {
    const { log, onOutcome } = this.#deps;
    this.#log.write(event);
    try {
      onOutcome?.(event);
    } catch (error) {
      log.error({ err: error }, m.listenerFailed);
    }
  }

  /**
   * Retries `work` until it succeeds, because nothing may continue without the ledger; after an abort, tries one last
   * time. Returns undefined when that fails too: the next start recovers the delivery.
   */
  async #retry<T>(work: () => Promise<T>, message: string, signal?: AbortSignal): Promise<T | undefined> {
    for (let failures = 0; ; failures += 1) {
      const isLast = signal?.aborted === true;
      try {
        return await work();
      } catch (error) {
        const delayMs = LEDGER_RETRY_MS[Math.min(failures, LEDGER_RETRY_MS.length - 1)] ?? 0;
        this.#deps.log.error({ err: error, delayMs }, message);
        if (isLast) return undefined;
        await sleep(this.#clock, delayMs, signal);
      }
    }
  }
}

/** Log of delivery outcomes for the operator; it holds nothing of a message's text. */
class DeliveryLog {
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
