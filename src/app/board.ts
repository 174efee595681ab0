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

/** A list of notices, newest first, and what it is a list of. */
export interface Latest {
  readonly of:
    | { readonly kind: 'all' }
    | { readonly kind: 'column'; readonly column: string }
    | ({ readonly kind: 'days' } & Days);
  readonly notices: readonly Candidate[];
  /** How many there are, shown or not. */
  readonly total: number;
}

/** Both ends included. */
export interface Days {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Which notices a subscriber wants. */
export type Wanted = Pick<SubscriptionSettings, 'columns' | 'include' | 'exclude'>;

/** What is there to look through, without a question. */
export interface NoticeBoard {
  /** Columns that notices stand in, the fullest first. */
  columns(): readonly string[];
  /** @param what a column, a day or days, or '' for all; null when it is none of them */
  latest(what: string): Latest | null;
  /** What a reader typed for days; null when it cannot be read. */
  days(what: string): Days | null;
  /** The last day not after today on which notices were published; null when there is none. */
  lastDay(): PlainDate | null;
  /** What is due in the next days by notices that the settings want (default all), soonest first. */
  deadlines(days: number, settings?: Wanted): Promise<Deadline[]>;
}

export interface BoardDependencies {
  /** What is answered from at present: the index's notices, and the store that holds them. */
  readonly present: () => {
    readonly notices: ReadonlyMap<string, IndexedNotice>;
    readonly store: Pick<NoticeStore, 'withPeriods' | 'revision'>;
  };
  readonly recency: Recency;
  readonly rules: NotifyRules;
  readonly now: () => Date;
}

/** More than a phone shows at once; of the days that one asked for one wants all. */
const MOST_SHOWN = { all: 10, column: 10, days: 30 } as const;
/** A column's name is a few characters. */
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
      // 最新, 最近: however old.
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

/** Before any notice. */
const EARLIEST: PlainDate = '0000-01-01';

function listOf(of: Latest['of'], notices: readonly IndexedNotice[]): Latest {
  const newest: IndexedNotice[] = [];
  const most = MOST_SHOWN[of.kind];
  // Of a hundred thousand only a few are wanted in order.
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
  // Of equal dates the smaller key stays first: sources list them in their own order.
  return dateA === dateB ? a.key - b.key : dateA < dateB ? 1 : -1;
}

function countColumns(notices: Iterable<IndexedNotice>): string[] {
  const counts = new Map<string, number>();
  for (const { column } of notices) if (column !== null) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([column]) => column);
}

/** The column of that name, or the only one whose name holds it. */
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
