import type { TimePoint, PeriodFact } from '../../domain/fact.js';
import { isPreciseToDay, computeExpiry, isSameTimePoint } from '../../domain/dates.js';
import type { Reminder, AnnouncedFact } from '../../domain/reminder.js';
import type { StoredNotice } from '../../store/notice-store.js';
import { resolveDeadline } from '../deadlines.js';
import { findNextReminderAt } from '../reminders/reminder-times.js';
import type { NotifyRules } from '../deadline-rules.js';
import { findFactInVersion, hasStoredTimes, type StoredTimes } from './same-fact.js';

/** Change of one stored row by a new version of its notice; `isNews` false: too late to be worth a message. */
export type FactChange =
  | { readonly kind: 'told'; readonly row: AnnouncedFact; readonly after: AnnouncedFact; readonly isNews: boolean }
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
export function findFactChanges(
  stored: StoredNotice,
  told: readonly AnnouncedFact[],
  reminders: readonly Reminder[],
  rules: NotifyRules,
  now: Date,
): FactChange[] {
  const differs = ({ version }: { readonly version: number }): boolean => version !== stored.version;
  return [
    ...told.filter(differs).flatMap((row) => findAnnouncedChange(stored, row, now) ?? []),
    ...reminders.filter(differs).flatMap((row) => findReminderChange(stored, row, told, rules, now) ?? []),
  ];
}

function findAnnouncedChange(stored: StoredNotice, row: AnnouncedFact, now: Date): FactChange | null {
  const known: StoredTimes = { kind: 'period', start: row.start, end: row.end };
  const fact = findFactInVersion(stored, row, known);
  if (fact === null ? isWithdrawn(row) : hasStoredTimes(fact, known)) return null;
  const after = { ...row, start: fact?.start ?? null, end: fact?.end ?? null, version: stored.version };
  const isNews = [row, after].some(({ start, end }) => isAhead(end ?? start, now));
  return { kind: 'told', row, after, isNews };
}

function findReminderChange(
  stored: StoredNotice,
  row: Reminder,
  told: readonly AnnouncedFact[],
  rules: NotifyRules,
  now: Date,
): FactChange | null {
  const before = told.find(
    ({ chatId, type, label }) => chatId === row.chatId && type === row.type && label === row.label,
  );
  // The announced period identifies the fact better than the one edge of the reminder.
  const isOfIt = before !== undefined && hasStoredTimes(before, { kind: 'due', due: row.due });
  const known: StoredTimes = isOfIt
    ? { kind: 'period', start: before.start, end: before.end }
    : { kind: 'due', due: row.due };
  const fact = findFactInVersion(stored, row, known);
  if (fact === null) {
    // It may be cancelled or only worded otherwise: the reader decides, and is notified once.
    const wasSaid = before !== undefined && isWithdrawn(before);
    return createUnstatedChange(stored, row, isAhead(row.due, now) && !wasSaid);
  }
  if (hasStoredTimes(fact, { kind: 'due', due: row.due })) return null;
  const due = resolveNewDue(fact, row, known, rules);
  if (due === null) return createUnstatedChange(stored, row, isAhead(row.due, now));
  const after = { ...row, due, nextAt: findNextReminderAt(due, row.daysBefore, now), version: stored.version };
  return { kind: 'reminder', row, after, isNews: isAhead(row.due, now) || isAhead(due, now), isStated: true };
}

function createUnstatedChange(stored: StoredNotice, row: Reminder, isNews: boolean): FactChange {
  return { kind: 'reminder', row, after: { ...row, version: stored.version }, isNews, isStated: false };
}

/** Returns the new moment of the reminder's edge; null when the notice no longer states it to the day. */
function resolveNewDue(fact: PeriodFact, row: Reminder, known: StoredTimes, rules: NotifyRules): TimePoint | null {
  const byType = resolveDeadline(fact, rules)?.due ?? fact.end ?? fact.start;
  const isBoth = known.kind === 'due' || isSameTimePoint(known.start, known.end);
  const due = isBoth ? byType : isSameTimePoint(known.end, row.due) ? fact.end : fact.start;
  return due !== null && isPreciseToDay(due) ? due : null;
}

function isWithdrawn({ start, end }: AnnouncedFact): boolean {
  return start === null && end === null;
}

/** Returns whether a moment lies ahead; one not known to the day may. */
function isAhead(moment: TimePoint | null, now: Date): boolean {
  return moment !== null && (!isPreciseToDay(moment) || computeExpiry(moment) > now);
}
