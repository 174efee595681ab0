import type { NoticeCandidate } from '../domain/answer.js';
import { dayInShanghai } from '../domain/dates.js';
import type { PlainDate } from '../domain/notice.js';
import { DEFAULT_SETTINGS } from '../domain/subscription.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import { UpcomingDeadlineCache, type Deadline } from './deadlines.js';
import type { NotifyRules } from './deadline-rules.js';
import type { RecencyRules } from '../answering/query/news-query.js';
import type { NoticeStore } from '../store/notice-store.js';
import { fold } from '../text/fold.js';
import { parseDays, resolveMonthDay } from './parse-days.js';
import type { SubscriptionFilter } from './subscription-filter.js';

/** List of notices, newest first, with the filter that selected them. */
export interface NoticeList {
  readonly filter:
    | { readonly kind: 'all' }
    | { readonly kind: 'column'; readonly column: string }
    | ({ readonly kind: 'days' } & DaySpan);
  readonly notices: readonly NoticeCandidate[];
  /** Number of notices selected, shown or not. */
  readonly total: number;
}

/** Range of days, both inclusive. */
export interface DaySpan {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** Lists for browsing without a question: columns, notices, deadlines. */
export interface NoticeBoard {
  /** Returns the columns in use, the one with the most notices first. */
  listColumns(): readonly string[];
  /** Lists the newest of a column, of a day or days, or, for '', of all. Returns null when `what` is none of them. */
  listLatest(what: string): NoticeList | null;
  /** Parses days as readers type them; null when it cannot. */
  parseDays(what: string): DaySpan | null;
  /** Returns the last day, up to today, on which notices were published; null when there is none. */
  findLastDay(): PlainDate | null;
  /** Returns the deadlines of the next `days` days in notices that match the settings (default all), soonest first. */
  listDeadlines(days: number, settings?: SubscriptionFilter): Promise<Deadline[]>;
}

export interface BoardDependencies {
  /** Returns what currently answers: the notices of the index, and the store that holds them. */
  readonly getCorpus: () => {
    readonly notices: ReadonlyMap<string, IndexedNotice>;
    readonly store: Pick<NoticeStore, 'withPeriods' | 'revision'>;
  };
  readonly recency: RecencyRules;
  readonly rules: NotifyRules;
  readonly now: () => Date;
}

/** Upper bounds on a list. Ten are already more than a phone shows; of days that a reader named, all are wanted. */
const MAX_SHOWN = { all: 10, column: 10, days: 30 } as const;
/** Upper bound, in UTF-16 units, on a typed column; names have a few characters. */
const MAX_COLUMN_LENGTH = 40;

export function createBoard({ getCorpus, recency, rules, now }: BoardDependencies): NoticeBoard {
  const columnsByIndex = new WeakMap<ReadonlyMap<string, IndexedNotice>, readonly string[]>();
  const listColumns = (): readonly string[] => {
    const { notices } = getCorpus();
    const columns = columnsByIndex.get(notices) ?? countColumns(notices.values());
    columnsByIndex.set(notices, columns);
    return columns;
  };
  let cached: { readonly store: object; readonly upcoming: UpcomingDeadlineCache } | undefined;
  const upcomingDeadlines = (): UpcomingDeadlineCache => {
    const { store } = getCorpus();
    if (cached?.store !== store) cached = { store, upcoming: new UpcomingDeadlineCache(store, rules) };
    return cached.upcoming;
  };
  const parseTypedDays = (what: string): DaySpan | null => {
    const typed = parseDays(what, recency, now());
    if (typed === null) return null;
    if (typed.kind === 'days') return { from: typed.from ?? EARLIEST_DAY, to: typed.to };
    return resolveMonthDay(typed, iterateDates(getCorpus().notices.values()), now());
  };
  return {
    listColumns,
    parseDays: parseTypedDays,
    listLatest(what) {
      const notices = [...getCorpus().notices.values()];
      if (what === '') return createNoticeList({ kind: 'all' }, notices);
      const column = findColumn(what, listColumns());
      if (column !== null) {
        return createNoticeList(
          { kind: 'column', column },
          notices.filter((notice) => notice.column === column),
        );
      }
      const days = parseTypedDays(what);
      if (days === null) return null;
      // 最新, 最近 have no lower bound.
      if (days.from === EARLIEST_DAY) return createNoticeList({ kind: 'all' }, notices);
      const within = notices.filter(({ date }) => date !== null && date >= days.from && date <= days.to);
      return createNoticeList({ kind: 'days', ...days }, within);
    },
    findLastDay() {
      const today = dayInShanghai(now());
      let last: PlainDate | null = null;
      for (const date of iterateDates(getCorpus().notices.values())) {
        if (date !== null && date <= today && (last === null || date > last)) last = date;
      }
      return last;
    },
    listDeadlines: (days, settings = DEFAULT_SETTINGS) => upcomingDeadlines().list(settings, now(), days),
  };
}

/** Lower bound that is before any notice. */
const EARLIEST_DAY: PlainDate = '0000-01-01';

function createNoticeList(filter: NoticeList['filter'], notices: readonly IndexedNotice[]): NoticeList {
  const newest: IndexedNotice[] = [];
  const most = MAX_SHOWN[filter.kind];
  // Keeps only the first `most` in order, instead of sorting a hundred thousand.
  for (const notice of notices) {
    const last = newest.at(-1);
    if (newest.length === most && last !== undefined && compareByNewest(last, notice) <= 0) continue;
    const older = newest.findIndex((other) => compareByNewest(other, notice) > 0);
    newest.splice(older < 0 ? newest.length : older, 0, notice);
    if (newest.length > most) newest.pop();
  }
  return {
    filter,
    notices: newest.map(({ id, title, date }) => ({ id, title, date, score: 0 })),
    total: notices.length,
  };
}

function compareByNewest(a: IndexedNotice, b: IndexedNotice): number {
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
function findColumn(typed: string, columns: readonly string[]): string | null {
  if (typed.length > MAX_COLUMN_LENGTH) return null;
  const wanted = fold(typed);
  const exact = columns.find((column) => fold(column) === wanted);
  if (exact !== undefined) return exact;
  const [only, ...others] = columns.filter((column) => fold(column).includes(wanted));
  return others.length === 0 ? (only ?? null) : null;
}

function* iterateDates(notices: Iterable<IndexedNotice>): Generator<PlainDate | null> {
  for (const { date } of notices) yield date;
}
