import type { Candidate } from '../domain/answer.js';
import { dayInShanghai } from '../domain/day.js';
import type { PlainDate } from '../domain/notice.js';
import { DEFAULT_SETTINGS, type SubscriptionSettings } from '../domain/subscription.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { Deadline } from '../notify/deadlines.js';
import { NearNotices } from '../notify/near.js';
import type { NotifyRules } from '../notify/rules.js';
import type { Recency } from '../question/recency.js';
import type { NoticeStore } from '../store/notice-store.js';
import { fold } from '../text/fold.js';
import { daysAsked, resolveMonthDay } from './days-asked.js';

/** List of notices, newest first, with the filter that selected them. */
export interface Latest {
  readonly of:
    | { readonly kind: 'all' }
    | { readonly kind: 'column'; readonly column: string }
    | ({ readonly kind: 'days' } & Days);
  readonly notices: readonly Candidate[];
  /** Number of notices selected, shown or not. */
  readonly total: number;
}

/** Range of days, both inclusive. */
export interface Days {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Filter settings of a subscription. */
export type Wanted = Pick<SubscriptionSettings, 'columns' | 'include' | 'exclude'>;

/** Lists for browsing without a question: columns, notices, deadlines. */
export interface NoticeBoard {
  /** Returns the columns in use, the one with the most notices first. */
  columns(): readonly string[];
  /** Lists the newest of a column, of a day or days, or, for '', of all. Returns null when `what` is none of them. */
  latest(what: string): Latest | null;
  /** Parses days as readers type them; null when it cannot. */
  days(what: string): Days | null;
  /** Returns the last day, up to today, on which notices were published; null when there is none. */
  lastDay(): PlainDate | null;
  /** Returns the deadlines of the next `days` days in notices that match the settings (default all), soonest first. */
  deadlines(days: number, settings?: Wanted): Promise<Deadline[]>;
}

export interface BoardDependencies {
  /** Returns what currently answers: the notices of the index, and the store that holds them. */
  readonly present: () => {
    readonly notices: ReadonlyMap<string, IndexedNotice>;
    readonly store: Pick<NoticeStore, 'withPeriods' | 'revision'>;
  };
  readonly recency: Recency;
  readonly rules: NotifyRules;
  readonly now: () => Date;
}

/** Upper bounds on a list. Ten are already more than a phone shows; of days that a reader named, all are wanted. */
const MOST_SHOWN = { all: 10, column: 10, days: 30 } as const;
/** Upper bound, in UTF-16 units, on a typed column; names have a few characters. */
const LONGEST_COLUMN = 40;

export function createBoard({ present, recency, rules, now }: BoardDependencies): NoticeBoard {
  const columnsOf = new WeakMap<ReadonlyMap<string, IndexedNotice>, readonly string[]>();
  const columns = (): readonly string[] => {
    const { notices } = present();
    const known = columnsOf.get(notices) ?? countColumns(notices.values());
    columnsOf.set(notices, known);
    return known;
  };
  let reading: { readonly store: object; readonly near: NearNotices } | undefined;
  const near = (): NearNotices => {
    const { store } = present();
    if (reading?.store !== store) reading = { store, near: new NearNotices(store, rules) };
    return reading.near;
  };
  const days = (what: string): Days | null => {
    const asked = daysAsked(what, recency, now());
    if (asked === null) return null;
    if (asked.kind === 'days') return { from: asked.from ?? EARLIEST, to: asked.to };
    return resolveMonthDay(asked, datesOf(present().notices.values()), now());
  };
  return {
    columns,
    days,
    latest(what) {
      const notices = [...present().notices.values()];
      if (what === '') return listOf({ kind: 'all' }, notices);
      const column = columnNamed(what, columns());
      if (column !== null) {
        return listOf(
          { kind: 'column', column },
          notices.filter((notice) => notice.column === column),
        );
      }
      const asked = days(what);
      if (asked === null) return null;
      // 最新, 最近 have no lower bound.
      if (asked.from === EARLIEST) return listOf({ kind: 'all' }, notices);
      const within = notices.filter(({ date }) => date !== null && date >= asked.from && date <= asked.to);
      return listOf({ kind: 'days', ...asked }, within);
    },
    lastDay() {
      const today = dayInShanghai(now());
      let last: PlainDate | null = null;
      for (const date of datesOf(present().notices.values())) {
        if (date !== null && date <= today && (last === null || date > last)) last = date;
      }
      return last;
    },
    deadlines: (days, settings = DEFAULT_SETTINGS) => near().deadlines(settings, now(), days),
  };
}

/** Lower bound that is before any notice. */
const EARLIEST: PlainDate = '0000-01-01';

function listOf(of: Latest['of'], notices: readonly IndexedNotice[]): Latest {
  const newest: IndexedNotice[] = [];
  const most = MOST_SHOWN[of.kind];
  // Keeps only the first `most` in order, instead of sorting a hundred thousand.
  for (const notice of notices) {
    const last = newest.at(-1);
    if (newest.length === most && last !== undefined && byNewest(last, notice) <= 0) continue;
    const place = newest.findIndex((other) => byNewest(other, notice) > 0);
    newest.splice(place < 0 ? newest.length : place, 0, notice);
    if (newest.length > most) newest.pop();
  }
  return {
    of,
    notices: newest.map(({ id, title, date }) => ({ id, title, date, score: 0 })),
    total: notices.length,
  };
}

function byNewest(a: IndexedNotice, b: IndexedNotice): number {
  const [dateA, dateB] = [a.date ?? '', b.date ?? ''];
  // Of equal dates the smaller key comes first, which keeps the order of the source.
  return dateA === dateB ? a.key - b.key : dateA < dateB ? 1 : -1;
}

function countColumns(notices: Iterable<IndexedNotice>): string[] {
  const counts = new Map<string, number>();
  for (const { column } of notices) if (column !== null) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([column]) => column);
}

/** Returns the column of that name, else the only one whose name contains it, else null. */
function columnNamed(typed: string, columns: readonly string[]): string | null {
  if (typed.length > LONGEST_COLUMN) return null;
  const wanted = fold(typed);
  const exact = columns.find((column) => fold(column) === wanted);
  if (exact !== undefined) return exact;
  const holding = columns.filter((column) => fold(column).includes(wanted));
  return holding.length === 1 ? (holding[0] ?? null) : null;
}

function* datesOf(notices: Iterable<IndexedNotice>): Generator<PlainDate | null> {
  for (const { date } of notices) yield date;
}
