import type { TimePoint, PeriodFact, PeriodType } from '../../src/domain/fact.js';
import type { Notice } from '../../src/domain/notice.js';
import { DEFAULT_SETTINGS, type Subscription, type SubscriptionSettings } from '../../src/domain/subscription.js';
import { readDataFile } from '../../src/bootstrap/data-files.js';
import { notifyRulesSchema } from '../../src/notify/deadline-rules.js';
import type { NoticeRecord, StoredNotice } from '../../src/store/notice-store.js';
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
