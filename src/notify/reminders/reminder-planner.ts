import type { Logger } from 'pino';
import type { QueuedDelivery } from '../../domain/delivery.js';
import type { PeriodFact } from '../../domain/fact.js';
import { daysUntil, computeExpiry, isSameTimePoint } from '../../domain/dates.js';
import type { Reminder } from '../../domain/reminder.js';
import { notifyMessages as m } from '../../messages/notify.js';
import type { MessageBlock } from '../../render/message.js';
import { noticeButton, renderOutgoing } from '../../render/outgoing-message.js';
import type { StoredNotice } from '../../store/notice-store.js';
import type { StateStore } from '../../store/state-store.js';
import { addressKey, type Planner, type PlannerNoticeStore } from '../planning.js';
import { findNextReminderAt, listReminderTimes } from './reminder-times.js';
import type { NotifyRules } from '../deadline-rules.js';
import { formatTimePoint, describeSubject, formatTitle } from '../format-facts.js';

/** Reminders planned in one step. */
const REMINDERS_PER_STEP = 50;

export interface ReminderPlannerDependencies {
  readonly state: Pick<StateStore, 'reminders'>;
  readonly notices: Pick<PlannerNoticeStore, 'get'>;
  readonly rules: NotifyRules;
  readonly log: Pick<Logger, 'info'>;
  readonly limit?: number;
}

/**
 * Creates the planner of due reminders. Of several that were missed only the latest is sent, with the days that are
 * left now; none once the deadline is past.
 */
export function createReminderPlanner({
  state,
  notices,
  rules,
  log,
  limit = REMINDERS_PER_STEP,
}: ReminderPlannerDependencies): Planner {
  return async (now) => {
    const due = await state.reminders.listDue(now.toISOString(), limit);
    if (due.length === 0) return false;
    const stored = await notices.get([...new Set(due.map(({ noticeId }) => noticeId))]);
    const byId = new Map(stored.map((one) => [one.notice.id, one]));
    const written = await Promise.all(
      due.map((reminder) => {
        const after = { ...reminder, nextAt: findNextReminderAt(reminder.due, reminder.daysBefore, now) };
        const queued = composeDeliveries(reminder, byId.get(reminder.noticeId), now, rules);
        if (queued.length === 0) log.info({ reminder: reminder.id }, '提醒的期限已过，不再发送');
        return state.reminders.replaceIfUnchanged(reminder, after, queued);
      }),
    );
    return due.length === limit && written.some(Boolean);
  };
}

function composeDeliveries(
  reminder: Reminder,
  stored: StoredNotice | undefined,
  now: Date,
  rules: NotifyRules,
): QueuedDelivery[] {
  const at = listReminderTimes(reminder.due, reminder.daysBefore).findLast((time) => time <= now);
  if (at === undefined || computeExpiry(reminder.due) <= now) return [];
  const { chatId, threadId, id, noticeId } = reminder;
  const [message] = renderOutgoing(composeBlocks(reminder, stored, now, rules), composeButtons(stored), now);
  if (message === undefined) return [];
  const key = `reminder:${addressKey(reminder)}:${id}:${noticeId}:${at.toISOString()}`;
  const notAfter = computeExpiry(reminder.due).toISOString();
  return [{ key, kind: 'reminder', chatId, threadId, message, notBefore: now.toISOString(), notAfter }];
}

function composeBlocks(
  reminder: Reminder,
  stored: StoredNotice | undefined,
  now: Date,
  rules: NotifyRules,
): MessageBlock[] {
  const { due, noticeTitle } = reminder;
  const edge = findReminderEdge(reminder, stored, rules);
  const left = m.left(daysUntil(due, now));
  const { title, publishedOn, url } = stored?.notice ?? { title: noticeTitle, publishedOn: null, url: null };
  return [
    { kind: 'lead', text: m.reminder.lead[edge](describeSubject(reminder), left) },
    { kind: 'note', text: m.reminder.when(formatTimePoint(due, now)) },
    stored === undefined
      ? { kind: 'note', text: `《${formatTitle(title)}》` }
      : { kind: 'source', title: formatTitle(title), date: publishedOn, url },
    { kind: 'note', text: m.reminder.manage },
  ];
}

function composeButtons(stored: StoredNotice | undefined) {
  return stored === undefined ? [] : [[noticeButton(stored.key, m.reminder.button)]];
}

/** Returns which edge of a period the due moment is; `on` when the notice does not tell. */
function findReminderEdge({ type, label, due }: Reminder, stored: StoredNotice | undefined, rules: NotifyRules) {
  const fact = stored?.facts.find(
    (other): other is PeriodFact =>
      other.kind === 'period' &&
      other.type === type &&
      other.label === label &&
      (isSameTimePoint(other.start, due) || isSameTimePoint(other.end, due)),
  );
  if (fact === undefined) return 'on';
  if (!isSameTimePoint(fact.end, due)) return 'start';
  if (!isSameTimePoint(fact.start, due)) return 'end';
  return type === 'signature' || type === 'cited' || type === 'other' ? 'on' : (rules.deadlines[type] ?? 'on');
}
