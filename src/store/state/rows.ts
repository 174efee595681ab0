import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import type { OutgoingMessage, QueuedDelivery } from '../../domain/delivery.js';
import { PERIOD_TYPES, type TimePoint } from '../../domain/fact.js';
import type { NewReminder, Reminder, AnnouncedFact } from '../../domain/reminder.js';
import {
  DIGEST_DAYS,
  type QueuedDigest,
  type Subscription,
  type SubscriptionSettings,
} from '../../domain/subscription.js';
import { parseJson } from '../sqlite/unreadable-rows.js';
import type { RemindersTable, SubscriptionsTable, AnnouncedFactsTable } from './schema.js';

const words = z.array(z.string());
const settingsSchema: z.ZodType<SubscriptionSettings> = z.strictObject({
  mode: z.enum(['digest', 'immediate']),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  days: z.enum(DIGEST_DAYS),
  weekday: z.int().min(1).max(7),
  columns: words,
  include: words,
  exclude: words,
  quietWhenEmpty: z.boolean(),
  deadlineDays: z.int().nonnegative(),
});

const button = z.union([
  z.strictObject({ text: z.string(), data: z.string() }),
  z.strictObject({ text: z.string(), url: z.string() }),
  z.strictObject({ text: z.string(), copy: z.string() }),
]);
export const messageSchema: z.ZodType<OutgoingMessage> = z.strictObject({
  html: z.string(),
  buttons: z.array(z.array(button)),
});

const periodType = z.enum(PERIOD_TYPES);
const daysSchema = z.array(z.int().nonnegative()).nonempty();

/** Encodes a topic for the tables: 0 outside topics. */
export function threadColumn(threadId: number | null): number {
  return threadId ?? 0;
}

export function threadOf(column: number): number | null {
  return column === 0 ? null : column;
}

export function subscriptionRow(subscription: Subscription): Insertable<SubscriptionsTable> {
  const { chatId, threadId, settings, cursor, nextAt, lastAt, digest } = subscription;
  return {
    chat_id: chatId,
    thread_id: threadColumn(threadId),
    mode: settings.mode,
    // Invalid settings are refused here, with the name of the field, rather than at every read.
    settings: JSON.stringify(settingsSchema.parse(settings)),
    cursor,
    next_at: nextAt,
    last_at: lastAt,
    digest_key: digest?.key ?? null,
    digest_cursor: digest?.cursor ?? null,
    digest_from: digest?.from ?? null,
  };
}

/** Throws for settings that this version does not know. */
export function subscriptionOf(row: Selectable<SubscriptionsTable>): Subscription {
  return {
    chatId: row.chat_id,
    threadId: threadOf(row.thread_id),
    settings: parseJson(row.settings, settingsSchema),
    cursor: row.cursor,
    nextAt: row.next_at,
    lastAt: row.last_at,
    digest: digestOf(row),
  };
}

function digestOf(row: Selectable<SubscriptionsTable>): QueuedDigest | null {
  const { digest_key: key, digest_cursor: cursor, digest_from: from } = row;
  return key === null || cursor === null || from === null ? null : { key, cursor, from };
}

export function reminderRow(reminder: NewReminder) {
  return {
    chat_id: reminder.chatId,
    thread_id: threadColumn(reminder.threadId),
    user_id: reminder.userId,
    notice_id: reminder.noticeId,
    type: reminder.type,
    label: reminder.label,
    notice_title: reminder.noticeTitle,
    due_date: reminder.due.date,
    due_time: reminder.due.time,
    days_before: JSON.stringify(daysSchema.parse(reminder.daysBefore)),
    next_at: reminder.nextAt,
    version: reminder.version,
  } satisfies Insertable<RemindersTable>;
}

/** Throws for a type of period or days that this version does not know. */
export function reminderOf(row: Selectable<RemindersTable>): Reminder {
  return {
    id: row.id,
    chatId: row.chat_id,
    threadId: threadOf(row.thread_id),
    userId: row.user_id,
    noticeId: row.notice_id,
    type: periodType.parse(row.type),
    label: row.label,
    noticeTitle: row.notice_title,
    due: { date: row.due_date, time: row.due_time },
    daysBefore: parseJson(row.days_before, daysSchema),
    nextAt: row.next_at,
    version: row.version,
  };
}

export function announcedFactRow(fact: AnnouncedFact) {
  return {
    chat_id: fact.chatId,
    thread_id: threadColumn(fact.threadId),
    notice_id: fact.noticeId,
    type: fact.type,
    label: fact.label,
    start_date: fact.start?.date ?? null,
    start_time: fact.start?.time ?? null,
    end_date: fact.end?.date ?? null,
    end_time: fact.end?.time ?? null,
    version: fact.version,
    told_at: fact.announcedAt,
  } satisfies Insertable<AnnouncedFactsTable>;
}

/** Throws for a type of period that this version does not know. */
export function announcedFactOf(row: Selectable<AnnouncedFactsTable>): AnnouncedFact {
  return {
    chatId: row.chat_id,
    threadId: threadOf(row.thread_id),
    noticeId: row.notice_id,
    type: periodType.parse(row.type),
    label: row.label,
    start: momentOf(row.start_date, row.start_time),
    end: momentOf(row.end_date, row.end_time),
    version: row.version,
    announcedAt: row.told_at,
  };
}

function momentOf(date: string | null, time: string | null): TimePoint | null {
  return date === null ? null : { date, time };
}

export function deliveryRow(owed: QueuedDelivery) {
  return {
    key: owed.key,
    kind: owed.kind,
    chat_id: owed.chatId,
    thread_id: threadColumn(owed.threadId),
    message: JSON.stringify(owed.message),
    ready_at: owed.notBefore,
    not_before: owed.notBefore,
    not_after: owed.notAfter,
  };
}
