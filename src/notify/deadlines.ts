import { addDays, dayInShanghai } from '../domain/day.js';
import type { Moment, PeriodFact } from '../domain/fact.js';
import { daysUntil, isFullDate, pastFrom } from '../domain/moment.js';
import { notifyMessages as m } from '../messages/notify.js';
import type { StoredNotice } from '../store/notice-store.js';
import { fold } from '../text/fold.js';
import type { NotifyRules } from './rules.js';
import { momentWords, subjectOf } from './wording.js';

/** Something that a notice wants done, or that begins, at a known day. */
export interface Deadline {
  readonly stored: StoredNotice;
  readonly fact: PeriodFact;
  readonly edge: 'start' | 'end';
  readonly due: Moment;
  /** From this instant on it is past. */
  readonly pastFrom: Date;
}

/** By which edge a period is a deadline, and when; null when it is none or its day is not known. */
export function dueOf(
  fact: Pick<PeriodFact, 'type' | 'start' | 'end'>,
  rules: NotifyRules,
): Pick<Deadline, 'edge' | 'due'> | null {
  if (fact.type === 'signature' || fact.type === 'cited' || fact.type === 'other') return null;
  const edge = rules.deadlines[fact.type];
  if (edge === undefined) return null;
  const due = edge === 'start' ? (fact.start ?? fact.end) : fact.end;
  return due !== null && isFullDate(due) ? { edge, due } : null;
}

/** The deadlines of one notice that are not past, soonest first; what it states twice once. */
export function deadlinesOf(stored: StoredNotice, from: Date, rules: NotifyRules): Deadline[] {
  const found = new Map<string, Deadline>();
  for (const fact of stored.facts) {
    const due = fact.kind === 'period' && isListed(fact, rules) ? dueOf(fact, rules) : null;
    if (fact.kind !== 'period' || due === null) continue;
    const deadline: Deadline = { stored, fact, ...due, pastFrom: pastFrom(due.due) };
    const known = found.get(whatAndWhen(deadline));
    // Of two that are the same the one with a label says more.
    if (deadline.pastFrom > from && (known === undefined || (known.fact.label === '' && fact.label !== ''))) {
      found.set(whatAndWhen(deadline), deadline);
    }
  }
  return [...found.values()].sort(bySoonest);
}

function isListed({ type, label }: PeriodFact, { headed }: NotifyRules): boolean {
  return !headed.types.some((one) => one === type) || headed.heads.some((head) => label.endsWith(head));
}

export interface NearOptions {
  readonly notices: readonly StoredNotice[];
  /** What is past at this instant is left out. */
  readonly from: Date;
  /** Up to and including the day so many days after that of `from`; 0: none at all. */
  readonly days: number;
  readonly rules: NotifyRules;
}

/**
 * What is due in the next days, soonest first. A notice that was posted again
 * (same title, or same text) tells the same deadline once: the one with the
 * smallest key does.
 */
export function deadlinesNear({ notices, from, days, rules }: NearOptions): Deadline[] {
  return nearAmong(markDeadlines(notices, from, rules), from, days);
}

/** Deadlines with marks of which two share one when they are the same of a notice that was posted again. */
export interface MarkedDeadline {
  readonly deadline: Deadline;
  readonly marks: readonly number[];
}

/** What `deadlinesNear` needs of many notices, worked out once for many readers. Soonest first. */
export function markDeadlines(notices: readonly StoredNotice[], from: Date, rules: NotifyRules): MarkedDeadline[] {
  const numbers = new Map<string, number>();
  const numberOf = (mark: string): number => {
    const number = numbers.get(mark) ?? numbers.size;
    numbers.set(mark, number);
    return number;
  };
  return notices
    .flatMap((stored) => {
      const deadlines = deadlinesOf(stored, from, rules);
      if (deadlines.length === 0) return [];
      // An empty title or body says nothing of being the same.
      const texts = [bare(stored.notice.title), bare(stored.notice.body)].filter((text) => text !== '');
      return deadlines.map((deadline) => ({
        deadline,
        marks: texts.map((text) => numberOf(`${whatAndWhen(deadline)}${text}`)),
      }));
    })
    .sort((a, b) => bySoonest(a.deadline, b.deadline));
}

/** Those that are near, of notices that are wanted. */
export function nearAmong(
  marked: readonly MarkedDeadline[],
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

/** One line: what, when, and how many days are left. */
export function deadlineWords({ fact, edge, due }: Deadline, now: Date): string {
  return m.deadline[edge](subjectOf(fact), momentWords(due, now), m.left(daysUntil(due, now)));
}

function bySoonest(a: Deadline, b: Deadline): number {
  return (
    a.pastFrom.getTime() - b.pastFrom.getTime() || a.stored.key - b.stored.key || a.fact.at.start - b.fact.at.start
  );
}

function whatAndWhen({ fact, due }: Pick<Deadline, 'fact' | 'due'>): string {
  return `${fact.type} ${due.date} ${due.time ?? ''} `;
}

function bare(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}
