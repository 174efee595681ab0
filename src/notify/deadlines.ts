import { addDays, dayInShanghai, daysUntil, isPreciseToDay, computeExpiry } from '../domain/dates.js';
import type { TimePoint, PeriodFact } from '../domain/fact.js';
import { notifyMessages as m } from '../messages/notify.js';
import type { StoredNotice } from '../store/notice-store.js';
import { fold } from '../text/fold.js';
import type { NotifyRules } from './deadline-rules.js';
import { formatTimePoint, describeSubject } from './format-facts.js';

/** Deadline or beginning stated by a notice, known to the day. */
export interface Deadline {
  readonly stored: StoredNotice;
  readonly fact: PeriodFact;
  readonly edge: 'start' | 'end';
  readonly due: TimePoint;
  /** Instant from which it is past. */
  readonly pastFrom: Date;
}

/** Returns the edge at which a period is a deadline, and its moment; null when it is none or its day is not known. */
export function resolveDeadline(
  fact: Pick<PeriodFact, 'type' | 'start' | 'end'>,
  rules: NotifyRules,
): Pick<Deadline, 'edge' | 'due'> | null {
  if (fact.type === 'signature' || fact.type === 'cited' || fact.type === 'other') return null;
  const edge = rules.deadlines[fact.type];
  if (edge === undefined) return null;
  const due = edge === 'start' ? (fact.start ?? fact.end) : fact.end;
  return due !== null && isPreciseToDay(due) ? { edge, due } : null;
}

/** Returns the deadlines of one notice that are not past, soonest first; one that it states twice once. */
export function listDeadlines(stored: StoredNotice, from: Date, rules: NotifyRules): Deadline[] {
  const found = new Map<string, Deadline>();
  for (const fact of stored.facts) {
    const due = fact.kind === 'period' && isListed(fact, rules) ? resolveDeadline(fact, rules) : null;
    if (fact.kind !== 'period' || due === null) continue;
    const deadline: Deadline = { stored, fact, ...due, pastFrom: computeExpiry(due.due) };
    const known = found.get(deadlineKey(deadline));
    // Of two equal deadlines the one with a label is kept.
    if (deadline.pastFrom > from && (known === undefined || (known.fact.label === '' && fact.label !== ''))) {
      found.set(deadlineKey(deadline), deadline);
    }
  }
  return [...found.values()].sort(compareBySoonest);
}

function isListed({ type, label }: PeriodFact, { headed }: NotifyRules): boolean {
  return !headed.types.some((one) => one === type) || headed.heads.some((head) => label.endsWith(head));
}

export interface UpcomingDeadlineOptions {
  readonly notices: readonly StoredNotice[];
  /** Deadlines that are past at this instant are left out. */
  readonly from: Date;
  /** Days after that of `from` that are looked ahead, the last included; 0: no deadlines. */
  readonly days: number;
  readonly rules: NotifyRules;
}

/**
 * Returns the deadlines of the next days, soonest first. The same deadline of a notice that was posted again (same
 * title, or same text) is returned once, for the smallest key.
 */
export function listUpcomingDeadlines({ notices, from, days, rules }: UpcomingDeadlineOptions): Deadline[] {
  return selectUpcoming(prepareDeadlines(notices, from, rules), from, days);
}

/** Deadline with marks; two that share one are the same deadline of a notice that was posted again. */
export interface DeadlineWithKeys {
  readonly deadline: Deadline;
  readonly marks: readonly number[];
}

/** Returns the deadlines of many notices as `selectUpcoming` needs them, computed once for many readers. Soonest first. */
export function prepareDeadlines(notices: readonly StoredNotice[], from: Date, rules: NotifyRules): DeadlineWithKeys[] {
  const numbers = new Map<string, number>();
  const numberOf = (mark: string): number => {
    const number = numbers.get(mark) ?? numbers.size;
    numbers.set(mark, number);
    return number;
  };
  return notices
    .flatMap((stored) => {
      const deadlines = listDeadlines(stored, from, rules);
      if (deadlines.length === 0) return [];
      // Empty titles or bodies do not make two notices the same.
      const texts = [normalizeText(stored.notice.title), normalizeText(stored.notice.body)].filter(
        (text) => text !== '',
      );
      return deadlines.map((deadline) => ({
        deadline,
        marks: texts.map((text) => numberOf(`${deadlineKey(deadline)}${text}`)),
      }));
    })
    .sort((a, b) => compareBySoonest(a.deadline, b.deadline));
}

/** Returns the deadlines of the next days without duplicates, of notices that pass `isWanted`. */
export function selectUpcoming(
  marked: readonly DeadlineWithKeys[],
  from: Date,
  days: number,
  isWanted: (stored: StoredNotice) => boolean = () => true,
): Deadline[] {
  const seen = new Set<number>();
  const near: Deadline[] = [];
  if (days <= 0) return near;
  const lastDay = addDays(dayInShanghai(from), days);
  for (const { deadline, marks } of marked) {
    const isWithin = deadline.pastFrom > from && deadline.due.date <= lastDay;
    if (!isWithin || marks.some((mark) => seen.has(mark)) || !isWanted(deadline.stored)) continue;
    for (const mark of marks) seen.add(mark);
    near.push(deadline);
  }
  return near;
}

/** Formats a deadline as one line: subject, moment, days left. */
export function formatDeadline({ fact, edge, due }: Deadline, now: Date): string {
  return m.deadline[edge](describeSubject(fact), formatTimePoint(due, now), m.left(daysUntil(due, now)));
}

function compareBySoonest(a: Deadline, b: Deadline): number {
  return (
    a.pastFrom.getTime() - b.pastFrom.getTime() || a.stored.key - b.stored.key || a.fact.at.start - b.fact.at.start
  );
}

function deadlineKey({ fact, due }: Pick<Deadline, 'fact' | 'due'>): string {
  return `${fact.type} ${due.date} ${due.time ?? ''} `;
}

function normalizeText(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}
