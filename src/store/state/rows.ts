import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import type { ChatType } from '../../domain/chat.js';
import type { DeliveryKind, OutgoingMessage, QueuedDelivery } from '../../domain/delivery.js';
import { PERIOD_TYPES, type TimePoint } from '../../domain/fact.js';
import type { AnnouncedFact, NewReminder, Reminder } from '../../domain/reminder.js';
import {
  DIGEST_DAYS,
  type QueuedDigest,
  type Subscription,
  type SubscriptionSettings,
} from '../../domain/subscription.js';
import { parseJson } from '../sqlite/unreadable-rows.js';
import type { DeliveryState, VoteReason } from '../state-store.js';

/**
 * Tables after the newest migration. Instants are ISO 8601 in UTC with milliseconds (checked, since they are compared
 * as text); flags are 0 or 1. Rows of a chat refer to its row in `chats`, and are deleted and moved with it.
 */
export interface StateTables {
  chats: ChatsTable;
  subscriptions: SubscriptionsTable;
  reminders: RemindersTable;
  told: AnnouncedFactsTable;
  ledger: LedgerTable;
  questions: QuestionsTable;
  pins: PinsTable;
  audit: AuditTable;
  marks: MarksTable;
  secrets: MarksTable;
}

interface ChatsTable {
  chat_id: number;
  type: ChatType;
  /** Null for an active chat. */
  inactive_at: string | null;
  inactive_reason: string | null;
}

interface AddressColumns {
  chat_id: number;
  /** 0 outside forum topics, so that it takes part in unique keys. */
  thread_id: number;
}

interface FactColumns {
  notice_id: string;
  type: string;
  label: string;
}

export interface SubscriptionsTable extends AddressColumns {
  mode: 'digest' | 'immediate';
  /** JSON of the settings. */
  settings: string;
  cursor: number;
  next_at: string | null;
  last_at: string;
  /** Last digest: the prefix of its deliveries' keys, and where it began. All null when there is none. */
  digest_key: string | null;
  digest_cursor: number | null;
  digest_from: string | null;
}

export interface RemindersTable extends AddressColumns, FactColumns {
  id: Generated<number>;
  user_id: number;
  notice_title: string;
  due_date: string;
  due_time: string | null;
  /** JSON array of days. */
  days_before: string;
  next_at: string | null;
  version: number;
}

export interface AnnouncedFactsTable extends AddressColumns, FactColumns {
  id: Generated<number>;
  start_date: string | null;
  start_time: string | null;
  end_date: string | null;
  end_time: string | null;
  version: number;
  told_at: string;
}

export interface LedgerTable extends AddressColumns {
  id: Generated<number>;
  key: string;
  kind: DeliveryKind;
  /** 0 for the most urgent kind. */
  urgency: ColumnType<number, never, never>;
  /** JSON of the message; null once it is sent or dropped. */
  message: string | null;
  /** Place in the chat's queue: the original `notBefore`; once it lost its position, that of its next attempt. */
  ready_at: string;
  /** Earliest instant of the next attempt; never before `ready_at`. */
  not_before: string;
  not_after: string | null;
  /** No delivery of an inactive chat is `owed` (queued). */
  state: Generated<DeliveryState>;
  attempts: Generated<number>;
  /** How many of the attempts were refused. */
  refusals: Generated<number>;
  error: Generated<string | null>;
  message_id: Generated<number | null>;
  /** When it was sent, rejected or dropped; null while it is `owed` (queued) or `claimed`. */
  done_at: string | null;
}

export interface QuestionsTable {
  id: Generated<number>;
  at: string;
  user_hash: string;
  chat_hash: string;
  question: string;
  kind: 'answer' | 'choices' | 'none';
  reason: string | null;
  intent: string;
  notice_id: string | null;
  confidence: number;
  /** 1 when it was refused for lack of an answer. */
  refused: number;
  vote: 'up' | 'down' | null;
  vote_reason: VoteReason | null;
  done: Generated<number>;
}

interface PinsTable {
  id: Generated<number>;
  question: string;
  answer: string;
  created_by: number;
  created_at: string;
  expires_at: string;
}

interface AuditTable {
  id: Generated<number>;
  at: string;
  user_id: number;
  action: string;
  allowed: number;
  detail: string;
}

interface MarksTable {
  name: string;
  value: string;
}

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
    start: timePointOf(row.start_date, row.start_time),
    end: timePointOf(row.end_date, row.end_time),
    version: row.version,
    announcedAt: row.told_at,
  };
}

function timePointOf(date: string | null, time: string | null): TimePoint | null {
  return date === null ? null : { date, time };
}

export function deliveryRow(delivery: QueuedDelivery) {
  return {
    key: delivery.key,
    kind: delivery.kind,
    chat_id: delivery.chatId,
    thread_id: threadColumn(delivery.threadId),
    message: JSON.stringify(delivery.message),
    ready_at: delivery.notBefore,
    not_before: delivery.notBefore,
    not_after: delivery.notAfter,
  };
}
