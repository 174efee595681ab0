import { dayNumber } from '../domain/day.js';
import type { Moment, PeriodFact } from '../domain/fact.js';
import { isFullDate, sameMoment } from '../domain/moment.js';
import type { FactRef } from '../domain/reminder.js';
import type { NoticeRecord } from '../store/notice-store.js';
import { fold } from '../text/fold.js';

/** Stored moments of a fact: both ends, or only the one that is reminded of. */
export type Known =
  | { readonly kind: 'period'; readonly start: Moment | null; readonly end: Moment | null }
  | { readonly kind: 'due'; readonly due: Moment };

/** Distance, in days, greater than that of any two dates in a notice. */
const FAR = 1e6;

/**
 * Finds a stored fact in another version of its notice: one with the same moments, else the nearest in time of those of
 * its type and label, else, where the words around it changed, the only one of its type. Returns null when the notice
 * no longer states it.
 */
export function sameFact({ facts }: NoticeRecord, ref: Omit<FactRef, 'noticeId'>, known: Known): PeriodFact | null {
  const ofType = facts.filter((fact): fact is PeriodFact => fact.kind === 'period' && fact.type === ref.type);
  const label = bare(ref.label);
  const labelled = ofType.filter((fact) => bare(fact.label) === label);
  const unchanged = labelled.find((fact) => says(fact, known)) ?? ofType.find((fact) => says(fact, known));
  if (unchanged !== undefined) return unchanged;
  const [nearest] = labelled.map((fact) => ({ fact, far: distance(fact, known) })).sort((a, b) => a.far - b.far);
  if (nearest !== undefined) return nearest.fact;
  return ofType.length === 1 ? (ofType[0] ?? null) : null;
}

/** Returns whether a fact has the stored moments. */
export function says(fact: Pick<PeriodFact, 'start' | 'end'>, known: Known): boolean {
  if (known.kind === 'due') return sameMoment(fact.start, known.due) || sameMoment(fact.end, known.due);
  return sameMoment(fact.start, known.start) && sameMoment(fact.end, known.end);
}

/** Returns a distance by which an unchanged edge counts more than any nearness in days of the other. */
function distance(fact: PeriodFact, known: Known): number {
  if (known.kind === 'due') return Math.min(apart(fact.start, known.due), apart(fact.end, known.due));
  const [start, end] = [apart(fact.start, known.start), apart(fact.end, known.end)];
  return Math.min(start, end) * FAR + Math.max(start, end);
}

function apart(a: Moment | null, b: Moment | null): number {
  if (a === null || b === null) return a === b ? 0 : FAR - 1;
  if (!isFullDate(a) || !isFullDate(b)) return a.date === b.date ? 0 : FAR - 1;
  return Math.abs(dayNumber(a.date) - dayNumber(b.date)) + (a.time === b.time ? 0 : 0.5);
}

function bare(label: string): string {
  return fold(label).replace(/\s/g, '');
}
