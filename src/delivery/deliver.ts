import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import type { ClaimedDelivery } from '../domain/delivery.js';
import { deliveryMessages } from '../messages/delivery.js';
import type { Ledger } from '../store/state-store.js';
import { attempt } from './attempt.js';
import { Bell } from './bell.js';
import type { KnownRefusals } from './classify.js';
import { monotonicClock, pause, type Clock } from './clock.js';
import { DeliveryLog, type DeliveryEvent } from './event.js';
import type { Limiter } from './limiter.js';
import type { Send } from './send.js';

const { log: m } = deliveryMessages;

export interface DelivererDeps {
  readonly ledger: Pick<Ledger, 'claim' | 'record' | 'recover' | 'sentToGroups' | 'nextDueAt'>;
  readonly send: Send;
  readonly limiter: Limiter;
  readonly refusals: KnownRefusals;
  /** The wall clock: when things are due. */
  readonly now: () => Date;
  readonly log: Logger;
  readonly random?: () => number;
  readonly clock?: Clock;
  /** Told once an outcome is written down. */
  readonly onOutcome?: (event: DeliveryEvent) => void;
}

export interface Deliverer {
  /**
   * Before the first step: what an earlier process had begun is owed again, and
   * what it sent to groups counts there. Returns how many are owed again.
   */
  recover(): Promise<number>;
  /** Sends at most one batch and waits for its end. `busy`: come straight back. */
  step(): Promise<'busy' | 'idle'>;
  /** Something new may be owed: `run` looks at once instead of within a quarter of a minute. */
  wake(): void;
  /**
   * Recovers, then sends what is owed until the signal is given; resolves when
   * what was being sent by then is answered and written down. Never rejects.
   */
  run(signal: AbortSignal): Promise<void>;
}

/** Two seconds of sending: enough under way to use the limits whatever the latency. */
const BATCH = 60;
/** Due times are of the wall clock, which may be set, and other processes may write to the ledger. */
const LONGEST_SLEEP_MS = 15_000;
/** For what is due but cannot be claimed yet. */
const SHORTEST_SLEEP_MS = 100;
const LEDGER_RETRY_MS = [100, 1000, 5000, 30_000];
/** Telegram counts what goes to a group by the minute. */
const GROUP_WINDOW_MS = 60_000;
/** While the token is refused. */
const TOKEN_REST_MS = 60_000;

export function createDeliverer(deps: DelivererDeps): Deliverer {
  return new LedgerDeliverer(deps);
}

class LedgerDeliverer implements Deliverer {
  readonly #deps: DelivererDeps;
  readonly #clock: Clock;
  readonly #bell: Bell;
  readonly #log: DeliveryLog;
  #restUntil = -Infinity;

  constructor(deps: DelivererDeps) {
    this.#deps = deps;
    const clock = deps.clock ?? monotonicClock;
    this.#clock = clock;
    this.#bell = new Bell(clock);
    this.#log = new DeliveryLog(deps.log, clock);
  }

  async recover(): Promise<number> {
    const { ledger, limiter, log, now } = this.#deps;
    const count = await ledger.recover();
    if (count > 0) {
      log.warn({ count }, m.recovered);
      limiter.holdGroups();
    }
    const nowMs = now().getTime();
    for (const { chatId, at } of await ledger.sentToGroups(new Date(nowMs - GROUP_WINDOW_MS).toISOString())) {
      limiter.sentEarlier(chatId, nowMs - Date.parse(at));
    }
    return count;
  }

  async step(): Promise<'busy' | 'idle'> {
    const claimed = await this.#claim(BATCH);
    await Promise.all(claimed.map((delivery) => this.#deliver(delivery)));
    return claimed.length > 0 ? 'busy' : 'idle';
  }

  wake(): void {
    this.#bell.ring();
  }

  async run(stop: AbortSignal): Promise<void> {
    const { signal, end } = ownSignal(stop);
    const ring = (): void => {
      this.#bell.ring();
    };
    signal.addEventListener('abort', ring);
    const underWay = new Set<Promise<void>>();
    const begin = (delivery: ClaimedDelivery): void => {
      const work = this.#deliver(delivery, signal).finally(() => {
        underWay.delete(work);
        // Not at each end: a claim is a write to the disk.
        if (underWay.size <= BATCH / 2) ring();
      });
      underWay.add(work);
    };
    await this.#surely(() => this.recover(), m.claimFailed, signal);
    while (!signal.aborted) {
      const room = underWay.size <= BATCH / 2 && this.#restMs() === 0;
      const claimed = room
        ? await this.#surely(() => this.#claim(BATCH - underWay.size), m.claimFailed, signal)
        : undefined;
      claimed?.forEach(begin);
      if (claimed === undefined || claimed.length === 0) await this.#sleep();
    }
    await Promise.all(underWay);
    end();
  }

  #claim(limit: number): Promise<ClaimedDelivery[]> {
    return this.#deps.ledger.claim(this.#deps.now().toISOString(), limit);
  }

  async #sleep(): Promise<void> {
    const dueAt = await this.#deps.ledger.nextDueAt().catch(() => null);
    const ms = dueAt === null ? LONGEST_SLEEP_MS : Date.parse(dueAt) - this.#deps.now().getTime();
    await this.#bell.wait(Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, this.#restMs(), ms)));
  }

  /** While nothing can be sent to anyone, nothing is taken in hand. */
  #restMs(): number {
    return Math.max(0, this.#restUntil - this.#clock.now(), this.#deps.limiter.pausedMs);
  }

  /** One attempt, and what came of it is written down. Never rejects. */
  async #deliver(delivery: ClaimedDelivery, signal?: AbortSignal): Promise<void> {
    const { ledger, now, random = Math.random } = this.#deps;
    const { outcome, without, tokenRefused } = await attempt(delivery, { ...this.#deps, random }, signal);
    if (tokenRefused !== null) this.#rest(tokenRefused);
    await this.#surely(() => ledger.record(delivery.id, outcome, now().toISOString()), m.recordFailed, signal);
    this.#tell({ delivery, outcome, without });
  }

  #rest(error: string): void {
    if (this.#clock.now() >= this.#restUntil) this.#deps.log.error({ error }, m.token);
    this.#restUntil = this.#clock.now() + TOKEN_REST_MS;
  }

  #tell(event: DeliveryEvent): void {
    const { log, onOutcome } = this.#deps;
    this.#log.write(event);
    try {
      onOutcome?.(event);
    } catch (error) {
      log.error({ err: error }, m.listenerFailed);
    }
  }

  /**
   * Until it succeeds, for without the ledger nothing may go on; once stopped,
   * one last time. Undefined when that failed too: the next start recovers it.
   */
  async #surely<T>(work: () => Promise<T>, message: string, signal?: AbortSignal): Promise<T | undefined> {
    for (let failures = 0; ; failures += 1) {
      const isLast = signal?.aborted === true;
      try {
        return await work();
      } catch (error) {
        const delayMs = LEDGER_RETRY_MS[Math.min(failures, LEDGER_RETRY_MS.length - 1)] ?? 0;
        this.#deps.log.error({ err: error, delayMs }, message);
        if (isLast) return undefined;
        await pause(this.#clock, delayMs, signal);
      }
    }
  }
}

/** Every message under way listens, which Node takes for a leak in a signal of whose many listeners it was not told. */
function ownSignal(signal: AbortSignal): { signal: AbortSignal; end: () => void } {
  const own = new AbortController();
  setMaxListeners(0, own.signal);
  const abort = (): void => {
    own.abort();
  };
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return {
    signal: own.signal,
    end: () => {
      signal.removeEventListener('abort', abort);
    },
  };
}
