import { pino } from 'pino';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { refusalSchema } from '../../../src/notify/delivery/classify-result.js';
import {
  createDeliverer,
  type DelivererDependencies,
  type DeliveryEvent,
} from '../../../src/notify/delivery/deliverer.js';
import { RateLimiter } from '../../../src/notify/delivery/rate-limiter.js';
import type { SendMessage, SendResult } from '../../../src/notify/delivery/send.js';
import type { Clock } from '../../../src/notify/delivery/timing.js';
import type { ChatAddress } from '../../../src/domain/chat.js';
import type {
  ClaimedDelivery,
  DeliveryOutcome,
  OutgoingMessage,
  QueuedDelivery,
} from '../../../src/domain/delivery.js';
import type { DeliveryState } from '../../../src/store/state-store.js';

/** The shipped table. */
export const REFUSALS = readDataFile('data/telegram-errors.json', refusalSchema);

/** Time that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly at: number; readonly call: () => void }>();

  now(): number {
    return this.#now;
  }

  schedule(ms: number, call: () => void): () => void {
    const timer = { at: this.#now + ms, call };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** Calls what falls due within `ms`, in order, and lets what follows from each happen. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await quiet();
      const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
    }
    this.#now = end;
    await quiet();
  }
}

/** Lets everything happen that waits for nothing but a turn. */
export const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function owed(chatId: number, key: string, rest: Partial<QueuedDelivery> = {}): QueuedDelivery {
  return {
    chatId,
    threadId: null,
    key,
    kind: 'digest',
    message: { html: `<b>${key}</b>`, buttons: [] },
    notBefore: '2024-03-11T00:00:00.000Z',
    notAfter: null,
    ...rest,
  };
}

type Row = Omit<ClaimedDelivery, 'attempts' | 'refusals' | 'notBefore'> & {
  notBefore: string;
  attempts: number;
  refusals: number;
  state: DeliveryState;
  error?: string;
  messageId?: number;
};

/** As little of the ledger as a sender meets. */
export class FakeLedger {
  readonly rows: Row[] = [];
  /** Faults to raise, first in first out, instead of the next claims or records. */
  readonly faults: { claim: Error[]; record: Error[] } = { claim: [], record: [] };

  /** What an earlier process sent to groups; see `Ledger.sentToGroups`. */
  readonly earlier: { readonly chatId: number; readonly at: string }[] = [];

  constructor(...deliveries: readonly QueuedDelivery[]) {
    for (const delivery of deliveries) this.owe(delivery);
  }

  owe(delivery: QueuedDelivery): void {
    this.rows.push({ ...delivery, id: this.rows.length + 1, attempts: 0, refusals: 0, state: 'owed' });
  }

  claim(now: string, limit: number): Promise<ClaimedDelivery[]> {
    const fault = this.faults.claim.shift();
    if (fault !== undefined) return Promise.reject(fault);
    const busy = new Set(this.rows.filter(({ state }) => state === 'claimed').map(({ chatId }) => chatId));
    const claimed: Row[] = [];
    for (const row of this.rows) {
      if (claimed.length >= limit) break;
      if (row.state !== 'owed' || busy.has(row.chatId) || row.notBefore > now) continue;
      busy.add(row.chatId);
      row.state = 'claimed';
      claimed.push(row);
    }
    return Promise.resolve(claimed.map((row) => ({ ...row })));
  }

  record(id: number, outcome: DeliveryOutcome): Promise<void> {
    const fault = this.faults.record.shift();
    if (fault !== undefined) return Promise.reject(fault);
    const row = this.rows.find((candidate) => candidate.id === id);
    if (row?.state !== 'claimed') throw new Error(`${String(id)} is not claimed`);
    const states = {
      sent: 'sent',
      later: 'owed',
      refused: 'owed',
      rejected: 'rejected',
      gone: 'dropped',
      migrated: 'owed',
    } as const;
    row.state = states[outcome.kind];
    row.attempts += 1;
    if (outcome.kind === 'refused') row.refusals += 1;
    Object.assign(row, outcome, { kind: row.kind });
    return Promise.resolve();
  }

  recover(): Promise<number> {
    const claimed = this.rows.filter(({ state }) => state === 'claimed');
    for (const row of claimed) row.state = 'owed';
    return Promise.resolve(claimed.length);
  }

  sentToGroups(since: string): Promise<{ chatId: number; at: string }[]> {
    return Promise.resolve(this.earlier.filter(({ at }) => at > since));
  }

  nextDueAt(): Promise<string | null> {
    const waiting = this.rows.filter(({ state }) => state === 'owed').map(({ notBefore }) => notBefore);
    return Promise.resolve(waiting.sort()[0] ?? null);
  }

  states(): Record<string, DeliveryState> {
    return Object.fromEntries(this.rows.map(({ key, state }) => [key, state]));
  }
}

export interface Sent extends ChatAddress, OutgoingMessage {}

export const refused = (code: number, description: string, rest: object = {}): SendResult => ({
  kind: 'refused',
  code,
  description,
  retryAfter: null,
  migratedTo: null,
  ...rest,
});

/** Answers with what `answer` says; undefined: sent. */
export function fakeSend(
  answer: (sent: Sent, count: number) => SendResult | Promise<SendResult> | undefined = () => undefined,
) {
  const sent: Sent[] = [];
  const send: SendMessage = async ({ chatId, threadId }, message) => {
    const one = { chatId, threadId, ...message };
    const count = sent.push(one);
    return (await answer(one, count)) ?? { kind: 'sent', messageId: count };
  };
  return { send, sent };
}

/** A sender over a ledger, with clocks that stand still at 08:00 in Tianjin. */
export function stage(ledger: FakeLedger, send: SendMessage, rest: Partial<DelivererDependencies> = {}) {
  const clock = new ManualClock();
  const startMs = Date.parse('2024-03-11T00:00:00.000Z');
  const limiter = new RateLimiter({ clock, quietStart: false });
  const events: DeliveryEvent[] = [];
  let written = '';
  const log = pino({ level: 'debug' }, { write: (line: string) => void (written += line) });
  const now = (): Date => new Date(startMs + clock.now());
  const deliverer = createDeliverer({
    ledger,
    send,
    limiter,
    refusals: REFUSALS,
    now,
    random: () => 0.5,
    clock,
    log,
    onOutcome: (event) => events.push(event),
    ...rest,
  });
  return { deliverer, clock, limiter, events, now, log: () => written };
}
