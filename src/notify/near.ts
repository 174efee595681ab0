import { addDays, dayInShanghai, instantAt } from '../domain/dates.js';
import type { SubscriptionSettings } from '../domain/subscription.js';
import type { StoredNotice } from '../store/notice-store.js';
import { prepareDeadlines, selectUpcoming, type Deadline, type DeadlineWithKeys } from './deadlines.js';
import { createMatcher } from './subscription-filter.js';
import type { PlannerNoticeStore } from './planner-notice-store.js';
import type { NotifyRules } from './deadline-rules.js';

/** Upper bound on notices read: far more than are due within a month at one place; of more, the newest. */
const MAX_NOTICES_READ = 1_000;

interface CachedDeadlines {
  readonly revision: number;
  readonly day: string;
  readonly days: number;
  readonly marked: readonly DeadlineWithKeys[];
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
  async list(
    settings: Pick<SubscriptionSettings, 'columns' | 'include' | 'exclude'>,
    from: Date,
    days: number,
  ): Promise<Deadline[]> {
    if (days <= 0) return [];
    const { marked, matchers } = await this.#load(from, days);
    return selectUpcoming(marked, from, days, (stored) => matchers.get(stored)?.(settings) ?? false);
  }

  /** Returns the notices of the day; concurrent callers share one read. */
  async #load(from: Date, days: number): Promise<CachedDeadlines> {
    const revision = await this.#notices.revision();
    const day = dayInShanghai(from);
    const known = this.#loading;
    if (known?.revision === revision && known.day === day && known.days >= days) return known.done;
    const done = this.#read({ revision, day, days });
    this.#loading = { revision, day, days, done };
    // A failed read is not cached.
    done.catch(() => {
      if (this.#loading?.done === done) this.#loading = undefined;
    });
    return done;
  }

  async #read({ revision, day, days }: Pick<CachedDeadlines, 'revision' | 'day' | 'days'>): Promise<CachedDeadlines> {
    const notices = await this.#notices.withPeriods(day, addDays(day, days), MAX_NOTICES_READ);
    // From the start of the day: the clock may be set back within it.
    const marked = prepareDeadlines(notices, instantAt(day, '00:00'), this.#rules);
    return {
      revision,
      day,
      days,
      marked,
      matchers: new Map(notices.map((stored) => [stored, createMatcher(stored.notice)])),
    };
  }
}
