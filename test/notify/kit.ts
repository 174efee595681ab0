import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClaimedDelivery } from '../../src/domain/delivery.js';
import type { TimePoint, PeriodFact, PeriodType } from '../../src/domain/fact.js';
import type { Notice } from '../../src/domain/notice.js';
import { DEFAULT_SETTINGS, type Subscription, type SubscriptionSettings } from '../../src/domain/subscription.js';
import { readDataFile } from '../../src/bootstrap/data-files.js';
import { notifyRulesSchema } from '../../src/notify/deadline-rules.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import type { NoticeRecord, NoticeStore, StoredNotice } from '../../src/store/notice-store.js';
import { openStateStore } from '../../src/store/state/open-state-store.js';
import type { StateStore } from '../../src/store/state-store.js';
import { record } from '../store/support/cast.js';

export const rules = readDataFile('data/notify.json', notifyRulesSchema);

/** `shanghai('2024-03-11 08:00')`. */
export function shanghai(wall: string): Date {
  return new Date(`${wall.replace(' ', 'T')}:00+08:00`);
}

/** `2024-03-15 17:00`, `2024-03-15` or `2024-03`. */
function momentOf(text: string | null): TimePoint | null {
  if (text === null) return null;
  const [date = '', time] = text.split(' ');
  return { date, time: time ?? null };
}

export function period(type: PeriodType, start: string | null, end: string | null, label = ''): PeriodFact {
  return {
    kind: 'period',
    type,
    label,
    start: momentOf(start),
    end: momentOf(end),
    yearInferred: false,
    workingDays: null,
    span: { start: 0, end: 2 },
    at: { start: 0, end: 2 },
  };
}

export function notice(
  title: string,
  facts: readonly PeriodFact[] = [],
  rest: Partial<Notice> = {},
  body = `${title}正文。`,
): NoticeRecord {
  return record(rest.id ?? title, body, facts, { title, column: '公示公告', ...rest });
}

/** As the store gives it back. */
export function storedAs(key: number, of: NoticeRecord, version = 1): StoredNotice {
  return { key, version, ...of };
}

export function subscription(chatId: number, rest: Partial<Subscription> = {}): Subscription {
  const settings: SubscriptionSettings = { ...DEFAULT_SETTINGS, ...rest.settings };
  return {
    chatId,
    threadId: null,
    cursor: 0,
    nextAt: settings.mode === 'immediate' ? null : shanghai('2024-03-11 08:00').toISOString(),
    lastAt: shanghai('2024-03-10 08:00').toISOString(),
    digest: null,
    ...rest,
    settings,
  };
}

export interface Logged {
  readonly lines: string[];
  readonly warn: (of: unknown, text?: string) => void;
  readonly info: (of: unknown, text?: string) => void;
}

export function logged(): Logged {
  const lines: string[] = [];
  const note = (_of: unknown, text?: string): void => {
    lines.push(text ?? '');
  };
  return { lines, warn: note, info: note };
}

export interface World {
  readonly notices: NoticeStore;
  readonly state: StateStore;
  readonly log: Logged;
  /** Sends all that is owed at that time, in order, and gives it back. */
  deliver(now: Date): Promise<ClaimedDelivery[]>;
}

/**
 * Runs a test in a world of its own: notices in memory, the real state store on a file.
 *
 * @param known chats that have said something to the bot
 */
export async function inWorld(use: (world: World) => Promise<void>, known: readonly number[] = []): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'bulletin-notify-'));
  const state = await openStateStore({ file: join(dir, 'state.db') });
  const notices = createMemoryStore();
  try {
    const since = shanghai('2024-03-10 08:00').toISOString();
    await Promise.all(known.map((chatId) => state.chats.activate(chatId, 'private', since)));
    await use({ notices, state, log: logged(), deliver: (now) => deliverAll(state, now) });
  } finally {
    await state.close();
    await rm(dir, { recursive: true, force: true });
  }
}

export async function deliverAll(state: StateStore, now: Date): Promise<ClaimedDelivery[]> {
  const sent: ClaimedDelivery[] = [];
  // A look is cheaper than a claim, which writes.
  for (; ((await state.ledger.nextDueAt()) ?? '~') <= now.toISOString();) {
    const claimed = await state.ledger.claim(now.toISOString(), 100);
    if (claimed.length === 0) break;
    for (const delivery of claimed) {
      sent.push(delivery);
      await state.ledger.record(delivery.id, { kind: 'sent', messageId: delivery.id }, now.toISOString());
    }
  }
  return sent;
}

/** Steps until the job has nothing more to do at that time. */
export async function runOut(step: (now: Date) => Promise<boolean>, now: Date): Promise<void> {
  for (let steps = 0; await step(now); steps += 1) if (steps > 1_000) throw new Error('the job never rests');
}
