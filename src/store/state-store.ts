import type { ChatAddress, ChatType } from '../domain/chat.js';
import type { ClaimedDelivery, DeliveryOutcome, QueuedDelivery } from '../domain/delivery.js';
import type { AnnouncedFact, NewReminder, Reminder } from '../domain/reminder.js';
import type { Subscription } from '../domain/subscription.js';

/**
 * Storage of all that cannot be fetched again: chats, subscriptions, reminders, facts announced to chats, deliveries,
 * questions, pins and the audit. Rows of a chat are stored only while the chat is known (`ChatRegister.activate`): a
 * write for a chat that was forgotten meanwhile stores nothing.
 *
 * A file of its own (`state.db`), whose commits wait for the disk (`synchronous = full`), because a lost row here is a
 * lost or a doubled message; notices are in the other store, which can be rebuilt.
 *
 * Instants are ISO 8601 in UTC with milliseconds, so that text order is time order.
 */
export interface StateStore {
  readonly chats: ChatRegister;
  readonly subscriptions: SubscriptionTable;
  readonly reminders: ReminderTable;
  readonly announcedFacts: AnnouncedFactTable;
  readonly ledger: Ledger;
  readonly questions: QuestionLog;
  readonly pins: PinTable;
  readonly audit: AuditLog;
  readonly marks: JobMarks;
  /**
   * Deletes everything stored of a chat, in one transaction. In the audit, an unreadable code replaces the id of its
   * user.
   */
  forget(chatId: number): Promise<ForgottenCounts>;
  /** Deletes rows that are past their retention limit. Returns how many. */
  prune(limits: RetentionLimits): Promise<number>;
  close(): Promise<void>;
}

export interface ForgottenCounts {
  readonly subscriptions: number;
  readonly reminders: number;
  readonly announced: number;
  readonly deliveries: number;
  /** Logged questions of this chat, found by the chat's salted hash. */
  readonly questions: number;
}

export interface RetentionLimits {
  /** Questions asked before this instant are deleted. */
  readonly questionsBefore: string;
  /** Deliveries sent, rejected or dropped before this instant are deleted; queued or claimed ones never are. */
  readonly deliveriesBefore: string;
  /** Facts announced before this instant are deleted, and reminders that were all sent and whose day was before it. */
  readonly announcedBefore: string;
  /** Chats deactivated before this instant are forgotten. */
  readonly inactiveBefore: string;
  readonly auditBefore: string;
}

export interface ChatRegister {
  /** Records that a chat exists and can be reached (again). Returns true when it had been deactivated. */
  activate(chatId: number, type: ChatType, at: string): Promise<boolean>;
  /**
   * Stops planning and sending for a chat until `activate`; its settings are kept. Its queued deliveries are dropped; a
   * claimed one waits for its outcome. An unknown or already inactive chat stays as it is.
   */
  deactivate(chatId: number, reason: string, at: string): Promise<void>;
  /**
   * Moves everything stored of `from` to `to`; where both have a row, the row of `to` stays. The chat is active when
   * either was. Idempotent.
   */
  migrate(from: number, to: number): Promise<void>;
  /** Moves the rows of a deleted topic to the chat itself; where both have a subscription, the chat's stays. */
  moveTopicToChat(chatId: number, threadId: number): Promise<void>;
  /** Returns the ids of active chats above `after`, in ascending order. */
  listActive(after: number | null, limit: number): Promise<number[]>;
  counts(): Promise<{ readonly active: number; readonly inactive: number }>;
}

export interface SubscriptionTable {
  get(address: ChatAddress): Promise<Subscription | null>;
  /** Returns all subscriptions of a chat: its topics are subscribed separately. */
  ofChat(chatId: number): Promise<Subscription[]>;
  /** Inserts or replaces. Rejects for an unknown chat. */
  put(subscription: Subscription): Promise<void>;
  remove(address: ChatAddress): Promise<boolean>;
  /**
   * Returns subscriptions of active chats that may need a delivery: a digest is due, or, in mode `immediate`, there is
   * a notice above the cursor.
   */
  listDue(now: string, newestKey: number, limit: number): Promise<Subscription[]>;
  /**
   * Replaces the subscription and queues `deliveries`, in one transaction. Returns false and changes nothing when the
   * stored cursor, nextAt or settings differ from `before`, the chat was deactivated, or the digest to supersede is no
   * longer unsent.
   */
  replaceIfUnchanged(
    before: Subscription,
    after: Subscription,
    deliveries: readonly QueuedDelivery[],
    options?: ReplaceSubscriptionOptions,
  ): Promise<boolean>;
  count(): Promise<number>;
}

/** Further writes of `SubscriptionTable.replaceIfUnchanged`, in its transaction. */
export interface ReplaceSubscriptionOptions {
  /** Facts that the deliveries announce, kept for later corrections. */
  readonly announced?: readonly AnnouncedFact[];
  /** Key of an unsent digest (see `Ledger.isUnsent`) whose content the new one repeats: it is dropped. */
  readonly supersededDigestKey?: string | null;
}

export interface ReminderTable {
  /** Inserts or replaces the reminder of this chat, user and fact. Returns its id. Rejects for an unknown chat. */
  put(reminder: NewReminder): Promise<number>;
  get(id: number): Promise<Reminder | null>;
  list(address: ChatAddress): Promise<Reminder[]>;
  remove(id: number): Promise<boolean>;
  listDue(now: string, limit: number): Promise<Reminder[]>;
  /**
   * Replaces the reminder and queues `deliveries`, only when the stored one equals `before` in every field; returns
   * false otherwise. Also for a deactivated chat, so that its reminders are right when it returns; deliveries to it are
   * inserted as dropped.
   */
  replaceIfUnchanged(before: Reminder, after: Reminder, deliveries: readonly QueuedDelivery[]): Promise<boolean>;
  listByNotices(noticeIds: readonly string[]): Promise<Reminder[]>;
}

export interface AnnouncedFactTable {
  /** Inserts facts, or replaces what was announced to the chat, in any topic, of the same fact. Skips unknown chats. */
  put(facts: readonly AnnouncedFact[]): Promise<void>;
  listByNotices(noticeIds: readonly string[]): Promise<AnnouncedFact[]>;
  /** Returns distinct ids of notices with announced facts or reminders, ascending, above `after`. */
  noticeIds(after: string | null, limit: number): Promise<string[]>;
  /**
   * As `ReminderTable.replaceIfUnchanged`: only when the stored fact equals `before` in every field, also for a
   * deactivated chat.
   */
  replaceIfUnchanged(
    before: AnnouncedFact,
    after: AnnouncedFact,
    deliveries: readonly QueuedDelivery[],
  ): Promise<boolean>;
}

export interface Ledger {
  /**
   * Queues the deliveries whose key is new; returns how many. A delivery for a deactivated chat is inserted as dropped,
   * one for an unknown chat is left out.
   */
  enqueue(deliveries: readonly QueuedDelivery[]): Promise<number>;
  /**
   * Claims up to `limit` due deliveries of active chats: at most one per chat, and none of a chat that has a claimed
   * one. Ordered by kind, then by age; within a chat the oldest always goes first. Drops deliveries that are past their
   * `notAfter`.
   *
   * Age is the original `notBefore`, then the order of queueing. A delivery that is postponed after an attempt keeps
   * its position, and the younger ones of its chat wait for it, unless the message itself was refused
   * (`keepsQueuePosition` false). None waits for a delivery that was scheduled for later from the beginning.
   */
  claim(now: string, limit: number): Promise<ClaimedDelivery[]>;
  /**
   * Writes the outcome of a claimed delivery and its consequences (deactivation, migration) in one transaction; each
   * outcome counts as an attempt. For a delivery that is no longer claimed, only `sent` is accepted. Concurrent calls
   * share one commit.
   */
  record(id: number, outcome: DeliveryOutcome, at: string): Promise<void>;
  /** After a start, requeues what an ended process had claimed, with one attempt more. Returns their number. */
  recover(): Promise<number>;
  /**
   * Returns when the next delivery that `claim` would take is due, possibly in the past; null when none is queued or
   * all wait for a claimed one of their chat.
   */
  nextDueAt(): Promise<string | null>;
  /** Returns whether all deliveries of a digest are queued and none was refused. `key`: the prefix of their keys. */
  isUnsent(key: string): Promise<boolean>;
  /** Returns deliveries that were sent to groups, supergroups and channels after `since`, oldest first. */
  sentToGroups(since: string): Promise<readonly { readonly chatId: number; readonly at: string }[]>;
  countByState(): Promise<Readonly<Record<DeliveryState, number>>>;
  /** Counts by state the deliveries whose key starts with `prefix`. */
  countByStateWithPrefix(prefix: string): Promise<Readonly<Record<DeliveryState, number>>>;
}

export const DELIVERY_STATES = ['owed', 'claimed', 'sent', 'rejected', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const VOTE_REASONS = ['wrong', 'incomplete', 'outdated', 'unclear', 'other'] as const;
export type VoteReason = (typeof VOTE_REASONS)[number];

export interface LoggedQuestion {
  readonly at: string;
  /** Salted hashes (see `hashId`) of the asking user and of the chat. The ids are never stored. */
  readonly userHash: string;
  readonly chatHash: string;
  readonly question: string;
  readonly kind: 'answer' | 'choices' | 'none';
  readonly reason: string | null;
  readonly intent: string;
  readonly noticeId: string | null;
  readonly confidence: number;
}

export interface StoredQuestion extends LoggedQuestion {
  readonly id: number;
  readonly vote: 'up' | 'down' | null;
  readonly voteReason: VoteReason | null;
}

export interface QuestionLog {
  log(question: LoggedQuestion): Promise<number>;
  /** Stores one vote per question; a later one replaces it. False for an unknown question or that of another user. */
  vote(id: number, userHash: string, vote: 'up' | 'down', reason: VoteReason | null): Promise<boolean>;
  get(id: number): Promise<StoredQuestion | null>;
  /** Returns unresolved questions that were refused (except chit-chat, empty, too long) or voted down, newest first. */
  listUnresolved(limit: number): Promise<StoredQuestion[]>;
  markResolved(ids: readonly number[]): Promise<number>;
  /** Returns the salt of the hashes, generated at first use and stored. */
  salt(): Promise<string>;
}

/** An answer that an admin fixed to a kind of question. */
export interface Pin {
  readonly id: number;
  readonly question: string;
  readonly answer: string;
  readonly createdBy: number;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface PinTable {
  add(pin: Omit<Pin, 'id'>): Promise<number>;
  remove(id: number): Promise<boolean>;
  /** Returns the pins that are not expired at `now`. */
  listActive(now: string): Promise<Pin[]>;
}

export interface AuditRow {
  readonly at: string;
  readonly userId: number;
  readonly action: string;
  readonly allowed: boolean;
  readonly detail: string;
}

export interface AuditLog {
  add(row: AuditRow): Promise<void>;
  last(limit: number): Promise<AuditRow[]>;
}

/** Small values that jobs keep between runs: when one last ran, up to which revision. */
export interface JobMarks {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
}
