import type { Moment, PeriodFact } from '../domain/fact.js';
import { isFullDate, pastFrom, sameMoment } from '../domain/moment.js';
import type { Reminder, ToldFact } from '../domain/reminder.js';
import type { StoredNotice } from '../store/notice-store.js';
import { dueOf } from './deadlines.js';
import { nextReminderAt } from './reminder-times.js';
import type { NotifyRules } from './rules.js';
import { sameFact, says, type Known } from './same-fact.js';

/** What a new version of a notice changes for one row; `isNews` false: too late to be worth a message. */
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
 * What was told of a notice, or is reminded of, and is not so in its present
 * version. Rows that still hold are left as they are, with the version that
 * they were told by.
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
  // What was told of it says more than the one edge that is reminded of.
  const isOfIt = before !== undefined && says(before, { kind: 'due', due: row.due });
  const known: Known = isOfIt
    ? { kind: 'period', start: before.start, end: before.end }
    : { kind: 'due', due: row.due };
  const fact = sameFact(stored, row, known);
  if (fact === null) {
    // It may be given up or only said otherwise: the reader decides, and is told once.
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

/** The new moment of the edge that was reminded of; null when the notice leaves it open now. */
function edgeOf(fact: PeriodFact, row: Reminder, known: Known, rules: NotifyRules): Moment | null {
  const byType = dueOf(fact, rules)?.due ?? fact.end ?? fact.start;
  const isBoth = known.kind === 'due' || sameMoment(known.start, known.end);
  const due = isBoth ? byType : sameMoment(known.end, row.due) ? fact.end : fact.start;
  return due !== null && isFullDate(due) ? due : null;
}

function isNothing({ start, end }: ToldFact): boolean {
  return start === null && end === null;
}

/** What is not known to the day may lie ahead. */
function isAhead(moment: Moment | null, now: Date): boolean {
  return moment !== null && (!isFullDate(moment) || pastFrom(moment) > now);
}
