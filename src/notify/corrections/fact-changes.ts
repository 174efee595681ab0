import { computeExpiry, dayNumber, isPreciseToDay, isSameTimePoint } from '../../domain/dates.js';
import type { TimePoint, PeriodFact } from '../../domain/fact.js';
import type { AnnouncedFact, FactRef, Reminder } from '../../domain/reminder.js';
import type { NoticeRecord, StoredNotice } from '../../store/notice-store.js';
import { fold } from '../../text/fold.js';
import type { NotifyRules } from '../deadline-rules.js';
import { resolveDeadline } from '../deadlines.js';
import { findNextReminderAt } from '../reminders/reminder-times.js';

/** Change of one stored row by a new version of its notice; `isNews` false: too late to be worth a message. */
export type FactChange =
  | { readonly kind: 'announced'; readonly row: AnnouncedFact; readonly after: AnnouncedFact; readonly isNews: boolean }
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
  announced: readonly AnnouncedFact[],
  reminders: readonly Reminder[],
  rules: NotifyRules,
  now: Date,
): FactChange[] {
  const differs = ({ version }: { readonly version: number }): boolean => version !== stored.version;
  return [
    ...announced.filter(differs).flatMap((row) => findAnnouncedChange(stored, row, now) ?? []),
    ...reminders.filter(differs).flatMap((row) => findReminderChange(stored, row, announced, rules, now) ?? []),
  ];
}

function findAnnouncedChange(stored: StoredNotice, row: AnnouncedFact, now: Date): FactChange | null {
  const known: StoredTimes = { kind: 'period', start: row.start, end: row.end };
  const fact = findFactInVersion(stored, row, known);
  if (fact === null ? isWithdrawn(row) : hasStoredTimes(fact, known)) return null;
  const after = { ...row, start: fact?.start ?? null, end: fact?.end ?? null, version: stored.version };
  const isNews = [row, after].some(({ start, end }) => isAhead(end ?? start, now));
  return { kind: 'announced', row, after, isNews };
}

function findReminderChange(
  stored: StoredNotice,
  row: Reminder,
  announced: readonly AnnouncedFact[],
  rules: NotifyRules,
  now: Date,
): FactChange | null {
  const before = announced.find(
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

/** Stored moments of a fact: both ends, or only the one that is reminded of. */
type StoredTimes =
  | { readonly kind: 'period'; readonly start: TimePoint | null; readonly end: TimePoint | null }
  | { readonly kind: 'due'; readonly due: TimePoint };

/** Distance, in days, greater than that of any two dates in a notice. */
const MAX_DISTANCE_DAYS = 1e6;

/**
 * Finds a stored fact in another version of its notice: one with the same moments, else the nearest in time of those of
 * its type and label, else, where the words around it changed, the only one of its type. Returns null when the notice
 * no longer states it.
 */
function findFactInVersion(
  { facts }: NoticeRecord,
  ref: Omit<FactRef, 'noticeId'>,
  known: StoredTimes,
): PeriodFact | null {
  const ofType = facts.filter((fact): fact is PeriodFact => fact.kind === 'period' && fact.type === ref.type);
  const label = normalizeLabel(ref.label);
  const labelled = ofType.filter((fact) => normalizeLabel(fact.label) === label);
  const unchanged =
    labelled.find((fact) => hasStoredTimes(fact, known)) ?? ofType.find((fact) => hasStoredTimes(fact, known));
  if (unchanged !== undefined) return unchanged;
  const [nearest] = labelled
    .map((fact) => ({ fact, distance: computeDistance(fact, known) }))
    .sort((a, b) => a.distance - b.distance);
  if (nearest !== undefined) return nearest.fact;
  return ofType.length === 1 ? (ofType[0] ?? null) : null;
}

/** Returns whether a fact has the stored moments. */
function hasStoredTimes(fact: Pick<PeriodFact, 'start' | 'end'>, known: StoredTimes): boolean {
  if (known.kind === 'due') return isSameTimePoint(fact.start, known.due) || isSameTimePoint(fact.end, known.due);
  return isSameTimePoint(fact.start, known.start) && isSameTimePoint(fact.end, known.end);
}

/** Returns a distance by which an unchanged edge counts more than any nearness in days of the other. */
function computeDistance(fact: PeriodFact, known: StoredTimes): number {
  if (known.kind === 'due') return Math.min(countDaysApart(fact.start, known.due), countDaysApart(fact.end, known.due));
  const [start, end] = [countDaysApart(fact.start, known.start), countDaysApart(fact.end, known.end)];
  return Math.min(start, end) * MAX_DISTANCE_DAYS + Math.max(start, end);
}

function countDaysApart(a: TimePoint | null, b: TimePoint | null): number {
  if (a === null || b === null) return a === b ? 0 : MAX_DISTANCE_DAYS - 1;
  if (!isPreciseToDay(a) || !isPreciseToDay(b)) return a.date === b.date ? 0 : MAX_DISTANCE_DAYS - 1;
  return Math.abs(dayNumber(a.date) - dayNumber(b.date)) + (a.time === b.time ? 0 : 0.5);
}

function normalizeLabel(label: string): string {
  return fold(label).replace(/\s/g, '');
}
