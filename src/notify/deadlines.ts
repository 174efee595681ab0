import { addDays, computeExpiry, dayInShanghai, daysUntil, instantAt, isPreciseToDay } from '../domain/dates.js';
import type { TimePoint, PeriodFact } from '../domain/fact.js';
import { notifyMessages as m } from '../messages/notify.js';
import type { StoredNotice } from '../store/notice-store.js';
import { fold } from '../text/fold.js';
import type { NotifyRules } from './deadline-rules.js';
import { describeSubject, formatTimePoint } from './format-facts.js';
import type { PlannerNoticeStore } from './planning.js';
import { createMatcher, type SubscriptionFilter } from './subscription-filter.js';

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
    if (fact.kind !== 'period' || !isListed(fact, rules)) continue;
    const resolved = resolveDeadline(fact, rules);
    if (resolved === null) continue;
    const deadline: Deadline = { stored, fact, ...resolved, pastFrom: computeExpiry(resolved.due) };
    const key = deadlineKey(deadline);
    const same = found.get(key);
    // Of two equal deadlines the one with a label is kept.
    if (deadline.pastFrom > from && (same === undefined || (same.fact.label === '' && fact.label !== ''))) {
      found.set(key, deadline);
    }
  }
  return [...found.values()].sort(compareBySoonest);
}

function isListed({ type, label }: PeriodFact, { headed }: NotifyRules): boolean {
  return !headed.types.some((other) => other === type) || headed.heads.some((head) => label.endsWith(head));
}

/** Deadline with keys; two that share one are the same deadline of a notice that was posted again. */
interface DeadlineWithKeys {
  readonly deadline: Deadline;
  readonly keys: readonly number[];
}

/** Returns the deadlines of many notices as `selectUpcoming` needs them, computed once for many readers. Soonest first. */
export function prepareDeadlines(notices: readonly StoredNotice[], from: Date, rules: NotifyRules): DeadlineWithKeys[] {
  const numbers = new Map<string, number>();
  const numberOf = (key: string): number => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
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
        keys: texts.map((text) => numberOf(`${deadlineKey(deadline)}${text}`)),
      }));
    })
    .sort((a, b) => compareBySoonest(a.deadline, b.deadline));
}

/**
 * Returns the deadlines of the next `days` days after that of `from` (the last included; 0: none) that are not past at
 * `from`, of notices that pass `isWanted`, soonest first. The same deadline of a notice that was posted again (same
 * title, or same text) is returned once, for the smallest key.
 */
export function selectUpcoming(
  prepared: readonly DeadlineWithKeys[],
  from: Date,
  days: number,
  isWanted: (stored: StoredNotice) => boolean = () => true,
): Deadline[] {
  const seen = new Set<number>();
  const upcoming: Deadline[] = [];
  if (days <= 0) return upcoming;
  const lastDay = addDays(dayInShanghai(from), days);
  for (const { deadline, keys } of prepared) {
    const isWithin = deadline.pastFrom > from && deadline.due.date <= lastDay;
    if (!isWithin || keys.some((key) => seen.has(key)) || !isWanted(deadline.stored)) continue;
    for (const key of keys) seen.add(key);
    upcoming.push(deadline);
  }
  return upcoming;
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

/** Upper bound on notices read: far more than are due within a month at one place; of more, the newest. */
const MAX_NOTICES_READ = 1_000;

interface CachedDeadlines {
  readonly prepared: readonly DeadlineWithKeys[];
  readonly matchers: ReadonlyMap<StoredNotice, ReturnType<typeof createMatcher>>;
}

/** Cache of the notices with deadlines in the next days, read once per day and store revision for all chats. */
export class UpcomingDeadlineCache {
  readonly #notices: Pick<PlannerNoticeStore, 'withPeriods' | 'revision'>;
  readonly #rules: NotifyRules;
  #loading:
    | {
        readonly revision: number;
        readonly day: string;
        readonly days: number;
        readonly done: Promise<CachedDeadlines>;
      }
    | undefined;

  constructor(notices: Pick<PlannerNoticeStore, 'withPeriods' | 'revision'>, rules: NotifyRules) {
    this.#notices = notices;
    this.#rules = rules;
  }

  /** Returns the deadlines of the next `days` days in notices that match the settings, soonest first. */
  async list(settings: SubscriptionFilter, from: Date, days: number): Promise<Deadline[]> {
    if (days <= 0) return [];
    const { prepared, matchers } = await this.#load(from, days);
    return selectUpcoming(prepared, from, days, (stored) => matchers.get(stored)?.(settings) ?? false);
  }

  /** Returns the notices of the day; concurrent callers share one read. */
  async #load(from: Date, days: number): Promise<CachedDeadlines> {
    const revision = await this.#notices.revision();
    const day = dayInShanghai(from);
    const loading = this.#loading;
    if (loading?.revision === revision && loading.day === day && loading.days >= days) return loading.done;
    const done = this.#read(day, days);
    this.#loading = { revision, day, days, done };
    // A failed read is not cached.
    done.catch(() => {
      if (this.#loading?.done === done) this.#loading = undefined;
    });
    return done;
  }

  async #read(day: string, days: number): Promise<CachedDeadlines> {
    const notices = await this.#notices.withPeriods(day, addDays(day, days), MAX_NOTICES_READ);
    // From the start of the day: the clock may be set back within it.
    const prepared = prepareDeadlines(notices, instantAt(day, '00:00'), this.#rules);
    return { prepared, matchers: new Map(notices.map((stored) => [stored, createMatcher(stored.notice)])) };
  }
}

/** Formats a deadline as one line: subject, moment, days left. */
export function formatDeadline({ fact, edge, due }: Deadline, now: Date): string {
  return m.deadline[edge](describeSubject(fact), formatTimePoint(due, now), m.left(daysUntil(due, now)));
}
