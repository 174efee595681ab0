import type { FoundAnswer } from '../../domain/answer.js';
import type { TimePoint, PeriodFact, PeriodType, Span } from '../../domain/fact.js';
import { daysUntil, isPreciseToDay } from '../../domain/dates.js';
import { resolveDeadline } from '../deadlines.js';
import type { NotifyRules } from '../deadline-rules.js';
import type { NoticeRecord } from '../../store/notice-store.js';

/** Period of a notice, with its index among the notice's facts. */
export interface IndexedPeriod {
  readonly fact: PeriodFact;
  readonly index: number;
}

/** Types that date the notice or a cited document, not an event. */
const BACKGROUND_TYPES: ReadonlySet<PeriodType> = new Set(['signature', 'cited']);
/** Upper bound on the periods of an answer; one that states more is a timetable, and gets no reminder. */
const MAX_STATED_PERIODS = 5;
/** Upper bound on occurrences of the quote; a more frequent one does not tell where it was taken from. */
const MAX_OCCURRENCES = 20;

/**
 * Returns the periods that an answer states: those whose words are in its quote and in its text, the best first (one
 * whose label is stated, then the longer, then the earlier). Empty when it states none, or too many.
 */
export function findStatedPeriods(answer: FoundAnswer, { notice, facts }: NoticeRecord): IndexedPeriod[] {
  const occurrences = findOccurrences(notice.body, answer.quote);
  const stated = facts.flatMap((fact, index): (IndexedPeriod & { words: string })[] => {
    if (fact.kind !== 'period' || BACKGROUND_TYPES.has(fact.type)) return [];
    const isQuoted = occurrences.some(({ start, end }) => start <= fact.at.start && fact.at.end <= end);
    const words = notice.body.slice(fact.at.start, fact.at.end);
    return isQuoted && words !== '' && answer.answer.includes(words) ? [{ fact, index, words }] : [];
  });
  const hasLabel = ({ fact }: IndexedPeriod): number =>
    fact.label !== '' && answer.answer.includes(fact.label) ? 1 : 0;
  stated.sort((a, b) => hasLabel(b) - hasLabel(a) || b.words.length - a.words.length || a.index - b.index);
  // 3月15日 within 3月11日至3月15日 is not listed again.
  const distinct = stated.filter(
    ({ fact }, i) => !stated.slice(0, i).some((better) => contains(better.fact.at, fact.at)),
  );
  return distinct.length > MAX_STATED_PERIODS ? [] : distinct.map(({ fact, index }) => ({ fact, index }));
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function findOccurrences(body: string, quote: string): Span[] {
  const found: Span[] = [];
  if (quote === '') return found;
  for (let at = body.indexOf(quote); at >= 0 && found.length < MAX_OCCURRENCES; at = body.indexOf(quote, at + 1)) {
    found.push({ start: at, end: at + quote.length });
  }
  return found;
}

/** Moment that a reminder is for. */
export interface ReminderTarget {
  readonly due: TimePoint;
  /** Whether `due` is the beginning or the end of the period. */
  readonly edge: 'start' | 'end';
}

/** Returns the moment that a reminder of a period is for; null unless one is known to the day and after today. */
export function resolveReminderTarget(fact: PeriodFact, rules: NotifyRules, now: Date): ReminderTarget | null {
  const target = resolveDeadline(fact, rules) ?? resolveTargetWithoutRule(fact);
  return target !== null && daysUntil(target.due, now) > 0 ? target : null;
}

/**
 * Returns the end, or without one the start, of a period whose type the rules name no edge for. No deadline is
 * announced for such types, but a reader who asked for the day may want a reminder.
 */
function resolveTargetWithoutRule({ start, end, type }: PeriodFact): ReminderTarget | null {
  if (BACKGROUND_TYPES.has(type)) return null;
  if (end !== null && isPreciseToDay(end)) return { due: end, edge: 'end' };
  return end === null && start !== null && isPreciseToDay(start) ? { due: start, edge: 'start' } : null;
}
