import { monotonicClock, type Clock } from './timing.js';

/** Telegram's send limits for one bot (core.telegram.org/bots/faq, "My bot is hitting limits"). */
export interface SendLimits {
  readonly perSecond: number;
  readonly perChatPerSecond: number;
  /** Groups, supergroups and channels: chats with a negative id. */
  readonly perGroupPerMinute: number;
}

export const TELEGRAM_LIMITS: SendLimits = { perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 };

/** `interactive`: a reply that a user waits for. `bulk`: queued deliveries. */
export type Priority = 'interactive' | 'bulk';

/** Response of the server to a send: accepted or refused, none, or a 429 with the time to wait. */
export type SendResponse = 'answered' | 'unanswered' | { readonly retryAfterMs: number };

export type SendPermit =
  /** Send now, and call `finish` once there is an answer or none will come. */
  | { readonly kind: 'go'; readonly finish: (response: SendResponse) => void }
  /** Nothing may be sent for about `ms`; no place is held. */
  | { readonly kind: 'wait'; readonly ms: number };

export interface PermitOptions {
  /** Longest wait for a place; default: unlimited. `wait` is returned at once when it is known to take longer. */
  readonly maxWaitMs?: number | undefined;
  /** Ends the wait with `wait` when aborted. */
  readonly signal?: AbortSignal | undefined;
}

export interface RateLimiterOptions {
  readonly clock?: Clock;
  readonly limits?: SendLimits;
  /** False only when no other process can have sent in the last second; default: true. */
  readonly quietStart?: boolean;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
/** Shares of the limits that `bulk` never takes, so that a reply finds a place: over all chats, and in a group's minute. */
const RESERVED_SHARE = 0.1;
const RESERVED_SHARE_OF_GROUP = 0.25;
/** Number of chats answered with 429 in a row after which the whole bot pauses: the cause is not one chat. */
const FLOOD_STREAK = 5;
/** Interval for dropping idle windows and past pauses; a busy bot meets a few hundred chats in it. */
const SWEEP_MS = 10_000;
/** Wait reported when only a pending response can free a place. */
const UNKNOWN_WAIT_MS = 1000;

interface Waiter {
  readonly chatId: number | null;
  readonly priority: Priority;
  readonly deadline: number;
  readonly settle: (permit: SendPermit) => void;
}

/**
 * Rate limiter of all sends of the bot. Keeps the server's limits for any position of the sliding windows (see
 * `SendWindow`), as far as this process knows. Sends of an earlier process: by default nothing is sent in the first
 * second; for a group's minute, `countEarlierSend` counts the known sends and `pauseGroups` covers the unknown ones.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #limits: SendLimits;
  readonly #all = new SendWindow(SECOND_MS);
  readonly #chats = new Map<number, SendWindow>();
  readonly #groups = new Map<number, SendWindow>();
  readonly #pausedUntil = new Map<number, number>();
  #allPausedUntil = -Infinity;
  #groupsPausedUntil = -Infinity;
  readonly #flooded = new Set<number>();
  /** Part of the limits that `bulk` may use. */
  readonly #bulk: SendLimits;
  #nextBulkAt = -Infinity;
  /** In order of arrival; interactive ones are served first. */
  readonly #waiting: Record<Priority, Waiter[]> = { interactive: [], bulk: [] };
  #cancelTimer: (() => void) | undefined;
  #nextSweepAt: number;

  constructor(options: RateLimiterOptions = {}) {
    this.#clock = options.clock ?? monotonicClock;
    this.#limits = options.limits ?? TELEGRAM_LIMITS;
    const { perSecond, perGroupPerMinute } = this.#limits;
    this.#bulk = {
      ...this.#limits,
      perSecond: Math.max(1, Math.floor(perSecond * (1 - RESERVED_SHARE))),
      perGroupPerMinute: Math.max(1, Math.floor(perGroupPerMinute * (1 - RESERVED_SHARE_OF_GROUP))),
    };
    const now = this.#clock.now();
    this.#nextSweepAt = now + SWEEP_MS;
    if (options.quietStart !== false) this.#all.fill(now, perSecond);
  }

  /** Number of chats in memory: those recently sent to or paused. */
  get trackedChats(): number {
    return new Set([...this.#chats.keys(), ...this.#groups.keys(), ...this.#pausedUntil.keys()]).size;
  }

  /** Remaining time for which nothing is sent to any chat. */
  get pausedMs(): number {
    return Math.max(0, this.#allPausedUntil - this.#clock.now());
  }

  /** Waits for a place. `chatId` null: only the limit over all chats applies (an inline message). */
  acquire(chatId: number | null, priority: Priority, options: PermitOptions = {}): Promise<SendPermit> {
    const { maxWaitMs = Infinity, signal } = options;
    return new Promise((resolve) => {
      const queue = this.#waiting[priority];
      const settle = (permit: SendPermit): void => {
        signal?.removeEventListener('abort', giveUp);
        queue.splice(queue.indexOf(waiter), 1);
        resolve(permit);
      };
      const giveUp = (): void => {
        settle({ kind: 'wait', ms: 0 });
        // Resets the timer: one that is left for this waiter alone would keep the process alive.
        this.#serve();
      };
      const waiter: Waiter = { chatId, priority, deadline: this.#clock.now() + maxWaitMs, settle };
      queue.push(waiter);
      if (signal?.aborted === true) {
        giveUp();
        return;
      }
      signal?.addEventListener('abort', giveUp);
      this.#serve();
    });
  }

  /** Blocks sends to this chat for `ms`. */
  pauseChat(chatId: number, ms: number): void {
    this.#pausedUntil.set(chatId, Math.max(this.#pausedUntil.get(chatId) ?? -Infinity, this.#clock.now() + ms));
  }

  /** Counts a delivery that an earlier process sent to this group `agoMs` ago, for the rest of its minute. */
  countEarlierSend(chatId: number, agoMs: number): void {
    windowIn(this.#groups, chatId, MINUTE_MS).fill(this.#clock.now() - Math.max(0, agoMs), 1);
  }

  /**
   * Blocks `bulk` sends to groups for a minute, after a crash: an earlier process may have used up the limit of that
   * minute. Replies are still sent.
   */
  pauseGroups(): void {
    this.#groupsPausedUntil = this.#clock.now() + MINUTE_MS;
  }

  #finish(chatId: number | null, response: SendResponse): void {
    const now = this.#clock.now();
    for (const window of this.#windowsOf(chatId)) window.finish(now);
    if (response === 'answered') this.#flooded.clear();
    else if (response !== 'unanswered') this.#flood(chatId, response.retryAfterMs);
    this.#serve();
  }

  #flood(chatId: number | null, ms: number): void {
    if (chatId === null) return;
    this.pauseChat(chatId, ms);
    this.#flooded.add(chatId);
    if (this.#flooded.size < FLOOD_STREAK) return;
    this.#flooded.clear();
    this.#allPausedUntil = Math.max(this.#allPausedUntil, this.#clock.now() + ms);
  }

  /** Admits every waiter that may send, and sets the timer for the next one. */
  #serve(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const now = this.#clock.now();
    this.#sweep(now);
    let nextAt = Infinity;
    for (const waiter of [...this.#waiting.interactive, ...this.#waiting.bulk]) {
      const at = this.#freeAt(waiter, now);
      if (at <= now) this.#admit(waiter, now);
      else if (now >= waiter.deadline || (at !== Infinity && at > waiter.deadline)) {
        waiter.settle({ kind: 'wait', ms: at === Infinity ? UNKNOWN_WAIT_MS : at - now });
      } else nextAt = Math.min(nextAt, at, waiter.deadline);
    }
    if (nextAt === Infinity) return;
    this.#cancelTimer = this.#clock.schedule(Math.max(1, Math.ceil(nextAt - now)), () => {
      this.#serve();
    });
  }

  #admit(waiter: Waiter, now: number): void {
    const { chatId, priority } = waiter;
    for (const window of this.#windowsOf(chatId)) window.start();
    // Evenly spaced, so that places are freed evenly too, and a reply never meets a second without a free place.
    const spacing = SECOND_MS / this.#bulk.perSecond;
    if (priority === 'bulk') this.#nextBulkAt = Math.max(this.#nextBulkAt, now - spacing) + spacing;
    let finished = false;
    waiter.settle({
      kind: 'go',
      finish: (response) => {
        if (finished) return;
        finished = true;
        this.#finish(chatId, response);
      },
    });
  }

  #freeAt({ chatId, priority }: Waiter, now: number): number {
    const isBulk = priority === 'bulk';
    const { perSecond, perChatPerSecond, perGroupPerMinute } = isBulk ? this.#bulk : this.#limits;
    const overall = Math.max(
      this.#all.freeAt(now, perSecond),
      this.#allPausedUntil,
      isBulk ? this.#nextBulkAt : -Infinity,
    );
    if (chatId === null) return overall;
    return Math.max(
      overall,
      this.#pausedUntil.get(chatId) ?? -Infinity,
      this.#chats.get(chatId)?.freeAt(now, perChatPerSecond) ?? -Infinity,
      this.#groups.get(chatId)?.freeAt(now, perGroupPerMinute) ?? -Infinity,
      isBulk && chatId < 0 ? this.#groupsPausedUntil : -Infinity,
    );
  }

  #windowsOf(chatId: number | null): SendWindow[] {
    if (chatId === null) return [this.#all];
    const second = windowIn(this.#chats, chatId, SECOND_MS);
    return chatId < 0 ? [this.#all, second, windowIn(this.#groups, chatId, MINUTE_MS)] : [this.#all, second];
  }

  #sweep(now: number): void {
    if (now < this.#nextSweepAt) return;
    this.#nextSweepAt = now + SWEEP_MS;
    for (const windows of [this.#chats, this.#groups]) {
      for (const [chatId, window] of windows) if (window.isIdle(now)) windows.delete(chatId);
    }
    for (const [chatId, until] of this.#pausedUntil) if (until <= now) this.#pausedUntil.delete(chatId);
  }
}

function windowIn(windows: Map<number, SendWindow>, chatId: number, lengthMs: number): SendWindow {
  const window = windows.get(chatId) ?? new SendWindow(lengthMs);
  windows.set(chatId, window);
  return window;
}

/**
 * Sliding window of the sends of one kind (all, or those to one chat). The arrival of a request at the server is only
 * known to lie between its start and its response; so a send counts from its start until the window's length after its
 * response. Then no window at the server, whatever its position, holds more sends than are counted here.
 */
class SendWindow {
  readonly #lengthMs: number;
  #inFlight = 0;
  /** Times at which the answered sends leave the window, ascending. */
  readonly #leaveAt: number[] = [];

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  /** Returns when fewer than `most` sends count: `now`, later, or Infinity while only a response can free a place. */
  freeAt(now: number, most: number): number {
    this.#forget(now);
    const mustLeave = this.#inFlight + this.#leaveAt.length - most + 1;
    if (mustLeave <= 0) return now;
    return this.#leaveAt[mustLeave - 1] ?? Infinity;
  }

  start(): void {
    this.#inFlight += 1;
  }

  finish(now: number): void {
    this.#inFlight -= 1;
    this.#leaveAt.push(now + this.#lengthMs);
  }

  /** Adds `count` sends answered at `at`: those that an earlier process sent or may have sent. */
  fill(at: number, count: number): void {
    for (let i = 0; i < count; i += 1) this.#leaveAt.push(at + this.#lengthMs);
    this.#leaveAt.sort((a, b) => a - b);
  }

  isIdle(now: number): boolean {
    this.#forget(now);
    return this.#inFlight === 0 && this.#leaveAt.length === 0;
  }

  #forget(now: number): void {
    let gone = 0;
    while ((this.#leaveAt[gone] ?? Infinity) <= now) gone += 1;
    if (gone > 0) this.#leaveAt.splice(0, gone);
  }
}
