import type { Moment, PeriodFact } from '../domain/fact.js';
import { isFullDate, pastFrom, sameMoment } from '../domain/moment.js';
import type { Reminder, ToldFact } from '../domain/reminder.js';
import type { StoredNotice } from '../store/notice-store.js';
import { dueOf } from './deadlines.js';
import { nextReminderAt } from './reminder-times.js';
import type { NotifyRules } from './rules.js';
import { sameFact, says, type Known } from './same-fact.js';

/** Change of one stored row by a new version of its notice; `isNews` false: too late to be worth a message. */
export type Change =
  | { readonly kind: 'told'; readonly row: ToldFact; readonly after: ToldFact; readonly isNews: boolean }
  | {
      readonly kind: 'reminder';
      readonly row: Reminder;
      readonly after: Reminder;
      readonly isNews: boolean;
      /** False: the notice no longer states it, and the reminder stays as it is. */
      readonly isStated: boolean;
    };

/**
 * Returns the changes of announced facts and of reminders that the notice's present version no longer states as they
 * are. Rows that still hold are left out and keep the version that they were announced by.
 */
export function changesOf(
  stored: StoredNotice,
  told: readonly ToldFact[],
  reminders: readonly Reminder[],
  rules: NotifyRules,
  now: Date,
): Change[] {
  const differs = ({ version }: { readonly version: number }): boolean => version !== stored.version;
  return [
    ...told.filter(differs).flatMap((row) => toldChange(stored, row, now) ?? []),
    ...reminders.filter(differs).flatMap((row) => reminderChange(stored, row, told, rules, now) ?? []),
  ];
}

function toldChange(stored: StoredNotice, row: ToldFact, now: Date): Change | null {
  const known: Known = { kind: 'period', start: row.start, end: row.end };
  const fact = sameFact(stored, row, known);
  if (fact === null ? isNothing(row) : says(fact, known)) return null;
  const after = { ...row, start: fact?.start ?? null, end: fact?.end ?? null, version: stored.version };
  const isNews = [row, after].some(({ start, end }) => isAhead(end ?? start, now));
  return { kind: 'told', row, after, isNews };
}

function reminderChange(
  stored: StoredNotice,
  row: Reminder,
  told: readonly ToldFact[],
  rules: NotifyRules,
  now: Date,
): Change | null {
  const before = told.find(
    ({ chatId, type, label }) => chatId === row.chatId && type === row.type && label === row.label,
  );
  // The announced period identifies the fact better than the one edge of the reminder.
  const isOfIt = before !== undefined && says(before, { kind: 'due', due: row.due });
  const known: Known = isOfIt
    ? { kind: 'period', start: before.start, end: before.end }
    : { kind: 'due', due: row.due };
  const fact = sameFact(stored, row, known);
  if (fact === null) {
    // It may be cancelled or only worded otherwise: the reader decides, and is notified once.
    const wasSaid = before !== undefined && isNothing(before);
    return unstated(stored, row, isAhead(row.due, now) && !wasSaid);
  }
  if (says(fact, { kind: 'due', due: row.due })) return null;
  const due = edgeOf(fact, row, known, rules);
  if (due === null) return unstated(stored, row, isAhead(row.due, now));
  const after = { ...row, due, nextAt: nextReminderAt(due, row.daysBefore, now), version: stored.version };
  return { kind: 'reminder', row, after, isNews: isAhead(row.due, now) || isAhead(due, now), isStated: true };
}

function unstated(stored: StoredNotice, row: Reminder, isNews: boolean): Change {
  return { kind: 'reminder', row, after: { ...row, version: stored.version }, isNews, isStated: false };
}

/** Returns the new moment of the reminder's edge; null when the notice no longer states it to the day. */
function edgeOf(fact: PeriodFact, row: Reminder, known: Known, rules: NotifyRules): Moment | null {
  const byType = dueOf(fact, rules)?.due ?? fact.end ?? fact.start;
  const isBoth = known.kind === 'due' || sameMoment(known.start, known.end);
  const due = isBoth ? byType : sameMoment(known.end, row.due) ? fact.end : fact.start;
  return due !== null && isFullDate(due) ? due : null;
}

function isNothing({ start, end }: ToldFact): boolean {
  return start === null && end === null;
}

/** Returns whether a moment lies ahead; one not known to the day may. */
function isAhead(moment: Moment | null, now: Date): boolean {
  return moment !== null && (!isFullDate(moment) || pastFrom(moment) > now);
}
