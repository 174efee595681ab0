import {
  DELIVERY_KINDS,
  type DeliveryKind,
  type DeliveryOutcome,
  type QueuedDelivery,
} from '../../../src/domain/delivery.js';
import type { DeliveryState } from '../../../src/store/state-store.js';

interface Entry {
  readonly key: string;
  readonly kind: DeliveryKind;
  chatId: number;
  readyAt: string;
  notBefore: string;
  readonly notAfter: string | null;
  state: DeliveryState;
  attempts: number;
  /** What took it out of what is owed. */
  ended: 'sent' | 'rejected' | 'gone' | 'left' | 'expired' | null;
}

/** The contract of the ledger, as slowly and obviously as possible: a list that is searched. */
export class LedgerOracle {
  /** In the order of owing. */
  readonly entries: Entry[] = [];
  readonly inactive = new Set<number>();
  readonly known = new Set<number>();

  owe(deliveries: readonly QueuedDelivery[]): number {
    let added = 0;
    for (const { key, kind, chatId, notBefore, notAfter } of deliveries) {
      if (!this.known.has(chatId)) continue;
      if (this.entries.some((entry) => entry.key === key)) continue;
      const entry: Entry = {
        key,
        kind,
        chatId,
        readyAt: notBefore,
        notBefore,
        notAfter,
        state: 'owed',
        attempts: 0,
        ended: null,
      };
      this.entries.push(entry);
      if (this.inactive.has(chatId)) end(entry, 'dropped', 'left');
      added += 1;
    }
    return added;
  }

  claim(now: string, limit: number): Entry[] {
    for (const entry of this.#in('owed')) {
      if (entry.notAfter !== null && entry.notAfter < now) end(entry, 'dropped', 'expired');
    }
    const ready = this.#heads().filter((entry) => entry.notBefore <= now);
    const claimed = ready.sort((a, b) => urgency(a) - urgency(b) || this.#older(a, b)).slice(0, limit);
    for (const entry of claimed) entry.state = 'claimed';
    return claimed;
  }

  nextDueAt(): string | null {
    return (
      this.#heads()
        .map((entry) => entry.notBefore)
        .sort()[0] ?? null
    );
  }

  record(key: string, outcome: DeliveryOutcome): void {
    const entry = this.entries.find((one) => one.key === key);
    if (entry?.state !== 'claimed') throw new Error('the test records only what is claimed');
    entry.attempts += 1;
    switch (outcome.kind) {
      case 'sent':
        end(entry, 'sent', 'sent');
        break;
      case 'rejected':
        end(entry, 'rejected', 'rejected');
        break;
      case 'later':
        if (outcome.notBefore > entry.notBefore) entry.notBefore = outcome.notBefore;
        this.#again(entry);
        break;
      case 'refused':
        if (outcome.notBefore > entry.notBefore) entry.notBefore = outcome.notBefore;
        if (!outcome.keepsQueuePosition) entry.readyAt = entry.notBefore;
        this.#again(entry);
        break;
      case 'gone':
        end(entry, 'dropped', 'gone');
        this.deactivate(entry.chatId);
        break;
      case 'migrated':
        this.migrate(entry.chatId, outcome.chatId);
        this.#again(entry);
        break;
    }
  }

  recover(): number {
    const claimed = this.#in('claimed');
    for (const entry of claimed) {
      entry.attempts += 1;
      this.#again(entry);
    }
    return claimed.filter((entry) => entry.state === 'owed').length;
  }

  activate(chatId: number): void {
    this.known.add(chatId);
    this.inactive.delete(chatId);
  }

  deactivate(chatId: number): void {
    if (this.known.has(chatId)) this.inactive.add(chatId);
    for (const entry of this.#in('owed')) if (entry.chatId === chatId) end(entry, 'dropped', 'left');
  }

  migrate(from: number, to: number): void {
    if (from === to || !this.known.has(from)) return;
    const reachable = [from, to].some((chatId) => this.known.has(chatId) && !this.inactive.has(chatId));
    for (const entry of this.entries) if (entry.chatId === from) entry.chatId = to;
    this.known.delete(from);
    this.inactive.delete(from);
    this.known.add(to);
    if (reachable) this.inactive.delete(to);
    else this.inactive.add(to);
  }

  counts(): Record<DeliveryState, number> {
    const counts = { owed: 0, claimed: 0, sent: 0, rejected: 0, dropped: 0 };
    for (const { state } of this.entries) counts[state] += 1;
    return counts;
  }

  /** The oldest of each chat, unless something of the chat is on its way. */
  #heads(): Entry[] {
    const open = this.entries.filter((entry) => entry.ended === null);
    return open.filter((entry) =>
      open.every(
        (other) => other.chatId !== entry.chatId || (other.state === 'owed' && this.#older(entry, other) <= 0),
      ),
    );
  }

  #older(a: Entry, b: Entry): number {
    if (a.readyAt !== b.readyAt) return a.readyAt < b.readyAt ? -1 : 1;
    return this.entries.indexOf(a) - this.entries.indexOf(b);
  }

  #again(entry: Entry): void {
    if (this.inactive.has(entry.chatId)) end(entry, 'dropped', 'left');
    else entry.state = 'owed';
  }

  #in(state: DeliveryState): Entry[] {
    return this.entries.filter((entry) => entry.state === state);
  }
}

function end(entry: Entry, state: DeliveryState, ended: NonNullable<Entry['ended']>): void {
  if (entry.ended !== null) throw new Error(`${entry.key} ended twice`);
  entry.state = state;
  entry.ended = ended;
}

function urgency(entry: Entry): number {
  return DELIVERY_KINDS.indexOf(entry.kind);
}
