import type { Logger } from 'pino';
import type { OwedDelivery } from '../domain/delivery.js';
import type { PeriodFact } from '../domain/fact.js';
import { daysUntil, pastFrom, sameMoment } from '../domain/moment.js';
import type { Reminder } from '../domain/reminder.js';
import { notifyMessages as m } from '../messages/notify.js';
import type { Block } from '../render/message.js';
import { noticeButton, outgoing } from '../render/outgoing.js';
import type { StoredNotice } from '../store/notice-store.js';
import type { StateStore } from '../store/state-store.js';
import type { Planner } from './digests.js';
import { addressKey } from './keys.js';
import type { NoticeReader } from './notice-reader.js';
import { nextReminderAt, reminderTimes } from './reminder-times.js';
import type { NotifyRules } from './rules.js';
import { momentWords, subjectOf, titleWords } from './wording.js';

/** Reminders planned in one step. */
const BATCH = 50;

export interface ReminderDependencies {
  readonly state: Pick<StateStore, 'reminders'>;
  readonly notices: Pick<NoticeReader, 'get'>;
  readonly rules: NotifyRules;
  readonly log: Pick<Logger, 'info'>;
  readonly limit?: number;
}

/**
 * Creates the planner of due reminders. Of several that were missed only the latest is sent, with the days that are
 * left now; none once the deadline is past.
 */
export function reminderPlanner({ state, notices, rules, log, limit = BATCH }: ReminderDependencies): Planner {
  return async (now) => {
    const due = await state.reminders.due(now.toISOString(), limit);
    if (due.length === 0) return false;
    const stored = await notices.get([...new Set(due.map(({ noticeId }) => noticeId))]);
    const byId = new Map(stored.map((one) => [one.notice.id, one]));
    const settled = await Promise.all(
      due.map((reminder) => {
        const after = { ...reminder, nextAt: nextReminderAt(reminder.due, reminder.daysBefore, now) };
        const owed = owedOf(reminder, byId.get(reminder.noticeId), now, rules);
        if (owed.length === 0) log.info({ reminder: reminder.id }, '提醒的期限已过，不再发送');
        return state.reminders.settle(reminder, after, owed);
      }),
    );
    return due.length === limit && settled.some(Boolean);
  };
}

function owedOf(reminder: Reminder, stored: StoredNotice | undefined, now: Date, rules: NotifyRules): OwedDelivery[] {
  const at = reminderTimes(reminder.due, reminder.daysBefore).findLast((time) => time <= now);
  if (at === undefined || pastFrom(reminder.due) <= now) return [];
  const { chatId, threadId, id, noticeId } = reminder;
  const [message] = outgoing(blocksOf(reminder, stored, now, rules), buttonsOf(stored), now);
  if (message === undefined) return [];
  const key = `reminder:${addressKey(reminder)}:${id}:${noticeId}:${at.toISOString()}`;
  const notAfter = pastFrom(reminder.due).toISOString();
  return [{ key, kind: 'reminder', chatId, threadId, message, notBefore: now.toISOString(), notAfter }];
}

function blocksOf(reminder: Reminder, stored: StoredNotice | undefined, now: Date, rules: NotifyRules): Block[] {
  const { due, noticeTitle } = reminder;
  const edge = edgeOf(reminder, stored, rules);
  const left = m.left(daysUntil(due, now));
  const { title, publishedOn, url } = stored?.notice ?? { title: noticeTitle, publishedOn: null, url: null };
  return [
    { kind: 'lead', text: m.reminder.lead[edge](subjectOf(reminder), left) },
    { kind: 'note', text: m.reminder.when(momentWords(due, now)) },
    stored === undefined
      ? { kind: 'note', text: `《${titleWords(title)}》` }
      : { kind: 'source', title: titleWords(title), date: publishedOn, url },
    { kind: 'note', text: m.reminder.manage },
  ];
}

function buttonsOf(stored: StoredNotice | undefined) {
  return stored === undefined ? [] : [[noticeButton(stored.key, m.reminder.button)]];
}

/** Returns which edge of a period the due moment is; `on` when the notice does not tell. */
function edgeOf({ type, label, due }: Reminder, stored: StoredNotice | undefined, rules: NotifyRules) {
  const isMeant = (fact: PeriodFact): boolean => fact.type === type && fact.label === label;
  const fact = stored?.facts.find(
    (one): one is PeriodFact =>
      one.kind === 'period' && isMeant(one) && (sameMoment(one.start, due) || sameMoment(one.end, due)),
  );
  if (fact === undefined) return 'on';
  if (!sameMoment(fact.end, due)) return 'start';
  if (!sameMoment(fact.start, due)) return 'end';
  return type === 'signature' || type === 'cited' || type === 'other' ? 'on' : (rules.deadlines[type] ?? 'on');
}
