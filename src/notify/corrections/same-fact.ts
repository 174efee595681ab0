import { dayNumber, isPreciseToDay, isSameTimePoint } from '../../domain/dates.js';
import type { TimePoint, PeriodFact } from '../../domain/fact.js';
import type { FactRef } from '../../domain/reminder.js';
import type { NoticeRecord } from '../../store/notice-store.js';
import { fold } from '../../text/fold.js';

/** Stored moments of a fact: both ends, or only the one that is reminded of. */
export type StoredTimes =
  | { readonly kind: 'period'; readonly start: TimePoint | null; readonly end: TimePoint | null }
  | { readonly kind: 'due'; readonly due: TimePoint };

/** Distance, in days, greater than that of any two dates in a notice. */
const MAX_DISTANCE_DAYS = 1e6;

/**
 * Finds a stored fact in another version of its notice: one with the same moments, else the nearest in time of those of
 * its type and label, else, where the words around it changed, the only one of its type. Returns null when the notice
 * no longer states it.
 */
export function findFactInVersion(
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
  const [nearest] = labelled.map((fact) => ({ fact, far: computeDistance(fact, known) })).sort((a, b) => a.far - b.far);
  if (nearest !== undefined) return nearest.fact;
  return ofType.length === 1 ? (ofType[0] ?? null) : null;
}

/** Returns whether a fact has the stored moments. */
export function hasStoredTimes(fact: Pick<PeriodFact, 'start' | 'end'>, known: StoredTimes): boolean {
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
