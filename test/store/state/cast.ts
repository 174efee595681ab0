import type { DeliveryKind, QueuedDelivery } from '../../../src/domain/delivery.js';
import type { NewReminder, AnnouncedFact } from '../../../src/domain/reminder.js';
import { DEFAULT_SETTINGS, type Subscription } from '../../../src/domain/subscription.js';
import type { Ledger, LoggedQuestion, RetentionLimits } from '../../../src/store/state-store.js';

/** Larger than 32 bits, as Telegram's are. */
export const li = 7_000_000_001;
export const wang = 7_000_000_002;
export const school = -4_012_345;
export const supergroup = -1_001_234_567_890;
export const everyone: readonly number[] = [li, wang, school, supergroup];

/** The instant so many seconds after the morning on which the tests play. */
export function at(seconds: number): string {
  return new Date(Date.parse('2024-03-11T00:00:00.000Z') + seconds * 1_000).toISOString();
}

export const message = {
  html: `<b>津教&lt;2024&gt;</b>\n“引号”'单'"双" \\ 𠮷`,
  buttons: [
    [
      { text: '全文', data: 'f:1' },
      { text: '复制', copy: '022-83215339' },
    ],
    [{ text: '网页', url: 'https://jy.tj.gov.cn/x?a=1&b=2' }],
  ],
} as const;

export function owed(key: string, chatId: number, more: Partial<QueuedDelivery> = {}): QueuedDelivery {
  return { key, kind: 'digest', chatId, threadId: null, message, notBefore: at(0), notAfter: null, ...more };
}

export function subscription(chatId: number, more: Partial<Subscription> = {}): Subscription {
  return {
    chatId,
    threadId: null,
    settings: DEFAULT_SETTINGS,
    cursor: 10,
    nextAt: at(0),
    lastAt: at(-86_400),
    digest: null,
    ...more,
  };
}

export const immediate = { settings: { ...DEFAULT_SETTINGS, mode: 'immediate' as const }, nextAt: null };

export function reminder(chatId: number, more: Partial<NewReminder> = {}): NewReminder {
  return {
    chatId,
    threadId: null,
    userId: li,
    noticeId: 'exam',
    type: 'exam',
    label: '考试时间',
    noticeTitle: '考试“通知”',
    due: { date: '2024-04-20', time: '09:00' },
    daysBefore: [3, 1, 0],
    nextAt: at(0),
    version: 1,
    ...more,
  };
}

export function announcedFact(chatId: number, more: Partial<AnnouncedFact> = {}): AnnouncedFact {
  return {
    chatId,
    threadId: null,
    noticeId: 'exam',
    type: 'exam',
    label: '考试时间',
    start: { date: '2024-04-20', time: null },
    end: null,
    version: 1,
    announcedAt: at(0),
    ...more,
  };
}

export function question(more: Partial<LoggedQuestion> = {}): LoggedQuestion {
  return {
    at: at(0),
    userHash: 'u',
    chatHash: 'c',
    question: `啥时候'; drop table questions; --`,
    kind: 'answer',
    reason: null,
    intent: 'when',
    noticeId: 'exam',
    confidence: 0.75,
    ...more,
  };
}

/** Prunes nothing but what `more` says. */
export function limits(more: Partial<RetentionLimits> = {}): RetentionLimits {
  const never = at(-1_000_000);
  return {
    questionsBefore: never,
    deliveriesBefore: never,
    announcedBefore: never,
    inactiveBefore: never,
    auditBefore: never,
    ...more,
  };
}

export async function claimedKeys(ledger: Ledger, now: string, limit = 10): Promise<string[]> {
  return (await ledger.claim(now, limit)).map(({ key }) => key);
}

/** Claims one delivery and gives its id. */
export async function claimOne(ledger: Ledger, now: string): Promise<number> {
  const [delivery] = await ledger.claim(now, 1);
  if (delivery === undefined) throw new Error('nothing to claim');
  return delivery.id;
}

export const kinds: readonly DeliveryKind[] = ['broadcast', 'digest', 'alert', 'reminder', 'correction'];
