import type { ChatAddress, ChatType } from '../../domain/chat.js';
import type { FoundAnswer } from '../../domain/answer.js';
import type { TimePoint, PeriodFact } from '../../domain/fact.js';
import type { Reminder } from '../../domain/reminder.js';
import { resolveDeadline } from '../deadlines.js';
import type { NotifyRules } from '../deadline-rules.js';
import { listReminderTimes } from './reminder-times.js';
import type { StoredNotice } from '../../store/notice-store.js';
import type { ReminderTable } from '../../store/state-store.js';
import {
  resolveReminderTarget,
  findStatedPeriods,
  type ReminderTarget,
  type IndexedPeriod,
} from './period-of-answer.js';
import type { ChatLifecycle } from '../chat-lifecycle.js';

/** Days before the due date, in the order offered. */
export const REMINDER_CHOICES = [3, 1, 0] as const;
/** Upper bound on pending reminders of a chat or topic; nobody sets more by hand. */
export const MAX_REMINDERS = 50;

/** Reference of a button to a period in one version of a notice. */
export interface PeriodRef {
  readonly key: number;
  readonly version: number;
  /** Index among the facts of that version. */
  readonly index: number;
}

export interface ReminderOffer extends ReminderTarget {
  readonly ref: PeriodRef;
  readonly stored: StoredNotice;
  readonly fact: PeriodFact;
  /** Those of `REMINDER_CHOICES` whose time is still to come; not empty. */
  readonly choices: readonly number[];
}

/** Reminder with the edge that its day is; null where the rules name none. */
export interface ListedReminder extends Reminder {
  readonly edge: ReminderTarget['edge'] | null;
}

export interface Reminders {
  /** Returns the offer for the first period of an answer that lies ahead; null when none does. */
  offerForAnswer(answer: FoundAnswer, stored: StoredNotice): ReminderOffer | null;
  /** Returns the current offer for an earlier button; null when the notice has changed or its day has come. */
  resolveOffer(ref: PeriodRef): Promise<ReminderOffer | null>;
  /** Stores a reminder in place of the same user's for the same period in this chat. */
  set(
    address: ChatAddress,
    type: ChatType,
    userId: number,
    offer: ReminderOffer,
    daysBefore: readonly number[],
  ): Promise<'set' | 'too-many' | 'past'>;
  /** Returns the pending reminders, soonest first. */
  list(address: ChatAddress): Promise<ListedReminder[]>;
  /** Removes a reminder; in a group, `isAdmin` also those of others. One of another chat is `unknown`. */
  remove(
    id: number,
    by: { chatId: number; userId: number; isAdmin: boolean },
  ): Promise<'removed' | 'unknown' | 'of-another'>;
}

export interface ReminderServiceDependencies {
  readonly rules: NotifyRules;
  readonly table: ReminderTable;
  readonly chats: Pick<ChatLifecycle, 'activate' | 'recordAnnounced'>;
  readonly getNotice: (key: number) => Promise<StoredNotice | null>;
  readonly now: () => Date;
}

export function createReminders({ rules, table, chats, getNotice, now }: ReminderServiceDependencies): Reminders {
  const futureTimes = (due: TimePoint, daysBefore: readonly number[]): string[] =>
    listReminderTimes(due, daysBefore)
      .map((at) => at.toISOString())
      .filter((at) => at > now().toISOString())
      .sort();
  const createOffer = (stored: StoredNotice, { fact, index }: IndexedPeriod): ReminderOffer | null => {
    const target = resolveReminderTarget(fact, rules, now());
    if (target === null) return null;
    const choices = REMINDER_CHOICES.filter((days) => futureTimes(target.due, [days]).length > 0);
    const ref = { key: stored.key, version: stored.version, index };
    return choices.length === 0 ? null : { ref, stored, fact, ...target, choices };
  };
  return {
    offerForAnswer(answer, stored) {
      for (const period of findStatedPeriods(answer, stored)) {
        const offer = createOffer(stored, period);
        if (offer !== null) return offer;
      }
      return null;
    },
    async resolveOffer({ key, version, index }) {
      const stored = await getNotice(key);
      const fact = stored?.version === version ? stored.facts[index] : undefined;
      return stored === null || fact?.kind !== 'period' ? null : createOffer(stored, { fact, index });
    },
    async set({ chatId, threadId }, type, userId, { stored, fact, due }, daysBefore) {
      const times = futureTimes(due, daysBefore);
      if (times[0] === undefined) return 'past';
      const { id: noticeId, title: noticeTitle } = stored.notice;
      const existing = await table.list({ chatId, threadId });
      const isReplaced = existing.some(
        (other) =>
          other.userId === userId &&
          other.noticeId === noticeId &&
          other.type === fact.type &&
          other.label === fact.label,
      );
      const pending = existing.filter((other) => other.nextAt !== null);
      if (!isReplaced && pending.length >= MAX_REMINDERS) return 'too-many';
      await chats.activate(chatId, type);
      // Issued together, so that one commit holds both.
      const put = table.put({
        chatId,
        threadId,
        userId,
        noticeId,
        noticeTitle,
        type: fact.type,
        label: fact.label,
        due,
        daysBefore: [...daysBefore],
        nextAt: times[0],
        version: stored.version,
      });
      await Promise.all([put, chats.recordAnnounced({ chatId, threadId }, type, stored, [fact])]);
      return 'set';
    },
    async list(address) {
      const reminders = await table.list(address);
      return reminders
        .filter(({ nextAt }) => nextAt !== null)
        .sort((a, b) => (a.nextAt ?? '').localeCompare(b.nextAt ?? '') || a.id - b.id)
        .map((reminder) => {
          const { type, due } = reminder;
          return { ...reminder, edge: resolveDeadline({ type, start: due, end: due }, rules)?.edge ?? null };
        });
    },
    async remove(id, { chatId, userId, isAdmin }) {
      const reminder = await table.get(id);
      if (reminder?.chatId !== chatId) return 'unknown';
      if (reminder.userId !== userId && !isAdmin) return 'of-another';
      return (await table.remove(id)) ? 'removed' : 'unknown';
    },
  };
}
