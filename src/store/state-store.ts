import type { ChatAddress, ChatType } from '../domain/chat.js';
import type { ClaimedDelivery, DeliveryOutcome, OwedDelivery } from '../domain/delivery.js';
import type { NewReminder, Reminder, ToldFact } from '../domain/reminder.js';
import type { Subscription } from '../domain/subscription.js';

/**
 * What readers told the bot and what the bot owes them: all that cannot be
 * fetched again. Of a chat only while it is known (`ChatRegister.activate`):
 * what comes for one that was forgotten meanwhile leaves nothing behind. A file of its own (`state.db`), written with
 * `synchronous = full`, because a lost row here is a lost or a doubled message;
 * notices live in the other store, which can be rebuilt.
 *
 * Instants are ISO 8601 in UTC with milliseconds, so that text order is time order.
 */
export interface StateStore {
  readonly chats: ChatRegister;
  readonly subscriptions: SubscriptionTable;
  readonly reminders: ReminderTable;
  readonly told: ToldTable;
  readonly ledger: Ledger;
  readonly questions: QuestionLog;
  readonly pins: PinTable;
  readonly audit: AuditLog;
  readonly marks: Marks;
  /**
   * Deletes everything stored of a chat, in one transaction; in the audit a
   * code that nobody can read stands for its user from then on.
   */
  forget(chatId: number): Promise<Forgotten>;
  /** Deletes what has outlived its use; returns how many rows. */
  prune(limits: PruneLimits): Promise<number>;
  close(): Promise<void>;
}

export interface Forgotten {
  readonly subscriptions: number;
  readonly reminders: number;
  readonly told: number;
  readonly deliveries: number;
  /** Questions of this chat are found by the chat's salted hash. */
  readonly questions: number;
}

export interface PruneLimits {
  /** Questions asked before this are deleted. */
  readonly questionsBefore: string;
  /** Sent, rejected and dropped deliveries from before are deleted; what is owed never is. */
  readonly deliveriesBefore: string;
  /** Also of reminders that were all sent: of those whose day was before it. */
  readonly toldBefore: string;
  /** Chats deactivated before this are forgotten. */
  readonly inactiveBefore: string;
  readonly auditBefore: string;
}

export interface ChatRegister {
  /** Notes that a chat exists and can be reached (again). Returns true when it had been deactivated. */
  activate(chatId: number, type: ChatType, at: string): Promise<boolean>;
  /**
   * Keeps the settings; nothing is planned for it nor sent to it until `activate`.
   * Owed deliveries are dropped, one that is claimed waits for its outcome. A
   * chat that is unknown, or inactive already, stays as it is.
   */
  deactivate(chatId: number, reason: string, at: string): Promise<void>;
  /**
   * Everything kept of `from` becomes that of `to`; where both have a row, that
   * of `to` stays. It is active when either was. Twice is as good as once.
   */
  migrate(from: number, to: number): Promise<void>;
  /** What was kept for a topic that is no more becomes the chat's own; where both have a subscription, the chat's stays. */
  leaveTopic(chatId: number, threadId: number): Promise<void>;
  /** Ids of active chats, ascending, above `after`. */
  page(after: number | null, limit: number): Promise<number[]>;
  counts(): Promise<{ readonly active: number; readonly inactive: number }>;
}

export interface SubscriptionTable {
  get(address: ChatAddress): Promise<Subscription | null>;
  /** All of a chat: its topics are subscribed separately. */
  ofChat(chatId: number): Promise<Subscription[]>;
  /** Rejects for a chat that is not known. */
  put(subscription: Subscription): Promise<void>;
  remove(address: ChatAddress): Promise<boolean>;
  /**
   * Subscriptions of active chats for which there may be something to tell: a
   * digest that is due, or, in mode `immediate`, a notice above the cursor.
   */
  due(now: string, newestKey: number, limit: number): Promise<Subscription[]>;
  /**
   * Writes down what is owed and moves the subscription on, in one transaction.
   * Returns false and changes nothing when cursor, nextAt or settings are no
   * longer those of `before`, the chat was deactivated, or what is to be
   * superseded is no longer unsent.
   */
  settle(
    before: Subscription,
    after: Subscription,
    owed: readonly OwedDelivery[],
    also?: SettledWith,
  ): Promise<boolean>;
  count(): Promise<number>;
}

/** What is written down together with what a subscription is owed. */
export interface SettledWith {
  /** What the reader is told thereby, for later corrections. */
  readonly told?: readonly ToldFact[];
  /** The key of an unsent digest (see `Ledger.isUnsent`) which the new one tells again: it is dropped. */
  readonly supersedes?: string | null;
}

export interface ReminderTable {
  /** Replaces the chat's and user's reminder of the same fact, if there is one. Rejects for a chat that is not known. */
  put(reminder: NewReminder): Promise<number>;
  get(id: number): Promise<Reminder | null>;
  list(address: ChatAddress): Promise<Reminder[]>;
  remove(id: number): Promise<boolean>;
  due(now: string, limit: number): Promise<Reminder[]>;
  /**
   * As with subscriptions: only when the stored one is still `before`, in every
   * field. Also for a deactivated chat, so that what it keeps is right when it
   * comes back; what would be owed to it is dropped.
   */
  settle(before: Reminder, after: Reminder, owed: readonly OwedDelivery[]): Promise<boolean>;
  ofNotices(noticeIds: readonly string[]): Promise<Reminder[]>;
}

export interface ToldTable {
  /** Inserts, or replaces what this chat, in whichever topic, was told of the same fact. Nothing for a chat that is not known. */
  remember(facts: readonly ToldFact[]): Promise<void>;
  ofNotices(noticeIds: readonly string[]): Promise<ToldFact[]>;
  /** Distinct ids of notices of which anything was told or is reminded of, ascending, above `after`. */
  noticeIds(after: string | null, limit: number): Promise<string[]>;
  /** Only when the stored one is still `before`, in every field; for a deactivated chat as with reminders. */
  settle(before: ToldFact, after: ToldFact, owed: readonly OwedDelivery[]): Promise<boolean>;
}

export interface Ledger {
  /**
   * Inserts those whose key is new; returns how many. One for a deactivated chat
   * is inserted as dropped, one for a chat that is not known is left out.
   */
  owe(deliveries: readonly OwedDelivery[]): Promise<number>;
  /**
   * Takes up to `limit` deliveries that are due, of active chats, at most one a
   * chat and none of a chat that has one claimed, in order of kind, then of age;
   * within a chat always the oldest first. What is past its `notAfter` is dropped.
   *
   * Age is by `notBefore` as it was owed, then by the order of owing: a delivery
   * that is put off after an attempt keeps its turn and the younger ones of its
   * chat wait for it, but none waits for one that was for later from the
   * beginning, nor for one that was refused for itself (`keepsTurn` false).
   */
  claim(now: string, limit: number): Promise<ClaimedDelivery[]>;
  /**
   * Writes the outcome of a claimed delivery, with what follows from it
   * (deactivation, migration), in one transaction; each counts as an attempt. Of
   * one that is not claimed any more only `sent` is believed. Several at once
   * share the wait for the disk.
   */
  record(id: number, outcome: DeliveryOutcome, at: string): Promise<void>;
  /** After a start: what was claimed by a process that is gone is owed again, with one attempt more. Returns how many. */
  recover(): Promise<number>;
  /**
   * When the next delivery that `claim` would take is due, perhaps in the past;
   * null when none is owed, or all wait for one of their chat that is claimed.
   */
  nextDueAt(): Promise<string | null>;
  /** Whether nothing of a digest was sent, is on its way or was refused. `key`: with which the keys of its deliveries begin. */
  isUnsent(key: string): Promise<boolean>;
  /** What was sent to groups, supergroups and channels after that instant, oldest first. */
  sentToGroups(since: string): Promise<readonly { readonly chatId: number; readonly at: string }[]>;
  counts(): Promise<Readonly<Record<DeliveryState, number>>>;
  /** Of those whose key starts with `prefix`. */
  countsByKind(prefix: string): Promise<Readonly<Record<DeliveryState, number>>>;
}

export const DELIVERY_STATES = ['owed', 'claimed', 'sent', 'rejected', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const VOTE_REASONS = ['wrong', 'incomplete', 'outdated', 'unclear', 'other'] as const;
export type VoteReason = (typeof VOTE_REASONS)[number];

export interface LoggedQuestion {
  readonly at: string;
  /** Salted hashes (see `saltedHash`): who asked, and in which chat. Never the ids. */
  readonly userHash: string;
  readonly chatHash: string;
  readonly question: string;
  readonly kind: 'answer' | 'choices' | 'none';
  readonly reason: string | null;
  readonly intent: string;
  readonly noticeId: string | null;
  readonly confidence: number;
}

export interface OpenQuestion extends LoggedQuestion {
  readonly id: number;
  readonly vote: 'up' | 'down' | null;
  readonly voteReason: VoteReason | null;
}

export interface QuestionLog {
  log(question: LoggedQuestion): Promise<number>;
  /** One vote a user and question; the later replaces the earlier. False for an unknown question or another user's. */
  vote(id: number, userHash: string, vote: 'up' | 'down', reason: VoteReason | null): Promise<boolean>;
  get(id: number): Promise<OpenQuestion | null>;
  /** Refused (but for chit-chat, empty and too long ones) or voted down, not yet done; newest first. */
  open(limit: number): Promise<OpenQuestion[]>;
  markDone(ids: readonly number[]): Promise<number>;
  /** The salt of the hashes, made at first use and kept. */
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
  /** Those not yet expired at `now`. */
  active(now: string): Promise<Pin[]>;
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

/** Small values that jobs remember: when one last ran, up to which revision. */
export interface Marks {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
}
