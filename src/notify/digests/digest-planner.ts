import type { Logger } from 'pino';
import type { QueuedDelivery } from '../../domain/delivery.js';
import type { Subscription } from '../../domain/subscription.js';
import type { StoredNotice } from '../../store/notice-store.js';
import type { Ledger, StateStore } from '../../store/state-store.js';
import { toAnnouncedFacts } from '../announced-facts.js';
import type { NotifyRules } from '../deadline-rules.js';
import { UpcomingDeadlineCache } from '../deadlines.js';
import { nextDigestAt } from '../digest-schedule.js';
import { addressKey, shortHash, toQueuedDeliveries, type Planner, type PlannerNoticeStore } from '../planning.js';
import { createMatcher } from '../subscription-filter.js';
import { recoverSubscriptions } from '../subscription-recovery.js';
import {
  composeAlert,
  composeDigest,
  MAX_LISTED_NOTICES,
  type ComposedDigest,
  type NewNotices,
} from './digest-message.js';

/** Subscriptions planned in one step. */
const SUBSCRIPTIONS_PER_STEP = 50;
/** Upper bound on separate alerts at once; more new notices come as one message. */
const MAX_ALERTS = 10;
/** Notices per read: a megabyte or two. */
const NOTICES_PER_READ = 100;

export interface DigestPlannerDependencies {
  readonly state: Pick<StateStore, 'chats' | 'subscriptions' | 'reminders' | 'announcedFacts' | 'ledger' | 'marks'>;
  readonly notices: PlannerNoticeStore;
  readonly rules: NotifyRules;
  readonly log: Pick<Logger, 'warn'>;
  /** Subscriptions in one step. Default 50. */
  readonly limit?: number;
}

/**
 * Creates the planner of digests and alerts. For each subscription that is due, queues the messages and advances cursor
 * and time, in one transaction. What was missed while nothing ran comes as one digest, and so does what could not be
 * sent: an earlier digest that is unsent is superseded by one that covers its period too, or by none when all that it
 * stated is past by now.
 */
export function createDigestPlanner({
  state,
  notices,
  rules,
  log,
  limit = SUBSCRIPTIONS_PER_STEP,
}: DigestPlannerDependencies): Planner {
  const upcoming = new UpcomingDeadlineCache(notices, rules);
  return async (now) => {
    const seen = { now, newestKey: await notices.newestKey(), revision: await notices.revision() };
    if (await recoverSubscriptions({ state, log }, seen)) return true;
    const due = await state.subscriptions.listDue(now.toISOString(), seen.newestKey, limit);
    if (due.length === 0) return false;
    const tasks = await Promise.all(due.map((before) => createTask(before, state.ledger)));
    const news = await collectNewNotices(
      tasks.map(({ effective }) => effective),
      seen.newestKey,
      notices,
    );
    const written = await Promise.all(
      tasks.map(async ({ before, effective, supersededDigestKey }) => {
        const context = { now, newestKey: seen.newestKey, upcoming, rules };
        const plan = await planSubscription(effective, news.get(effective) ?? NO_NEWS, context);
        const announced = toAnnouncedFacts(before, plan.announced, now);
        return state.subscriptions.replaceIfUnchanged(before, plan.after, plan.queued, {
          announced,
          supersededDigestKey,
        });
      }),
    );
    // When none could be written, calling again at once would only spin.
    return due.length === limit && written.some(Boolean);
  };
}

interface PlanningTask {
  readonly before: Subscription;
  /** The subscription as if the superseded digest had never been queued. */
  readonly effective: Subscription;
  /** Key of the unsent digest that the new one repeats; null when there is none. */
  readonly supersededDigestKey: string | null;
}

async function createTask(before: Subscription, ledger: Pick<Ledger, 'isUnsent'>): Promise<PlanningTask> {
  const { settings, digest } = before;
  if (settings.mode === 'immediate' || digest === null || !(await ledger.isUnsent(digest.key))) {
    return { before, effective: before, supersededDigestKey: null };
  }
  const effective = { ...before, cursor: digest.cursor, lastAt: digest.from };
  return { before, effective, supersededDigestKey: digest.key };
}

const NO_NEWS: NewNotices = { notices: [], countByColumn: new Map() };

interface SubscriptionPlan {
  readonly after: Subscription;
  readonly queued: readonly QueuedDelivery[];
  readonly announced: ComposedDigest['announced'];
}

interface PlanningContext {
  readonly now: Date;
  readonly newestKey: number;
  readonly upcoming: UpcomingDeadlineCache;
  readonly rules: NotifyRules;
}

async function planSubscription(
  before: Subscription,
  news: NewNotices,
  context: PlanningContext,
): Promise<SubscriptionPlan> {
  const { now, newestKey } = context;
  const after = { ...before, cursor: newestKey, lastAt: now.toISOString(), digest: null };
  if (before.settings.mode === 'immediate') {
    return { after: { ...after, nextAt: null }, ...planAlerts(before, news, context) };
  }
  const nextAt = nextDigestAt(before.settings, now).toISOString();
  // The key holds the cursor: after a clock was set back, the same time may come again with other news.
  const key = `digest:${addressKey(before)}:${before.nextAt ?? ''}:${before.cursor}-${newestKey}`;
  const plan = await planDigest(before, key, news, context);
  const digest = plan.queued.length === 0 ? null : { key, cursor: before.cursor, from: before.lastAt };
  return { after: { ...after, nextAt, digest }, ...plan };
}

async function planDigest(
  before: Subscription,
  key: string,
  news: NewNotices,
  { now, upcoming, rules }: PlanningContext,
): Promise<Omit<SubscriptionPlan, 'after'>> {
  const { settings } = before;
  const { deadlineDays } = settings;
  const deadlines = await upcoming.list(settings, now, deadlineDays);
  if (news.countByColumn.size === 0 && deadlines.length === 0 && settings.quietWhenEmpty)
    return { queued: [], announced: [] };
  const content = { from: findPeriodStart(before, now), to: now, news, deadlines, deadlineDays };
  const { messages, announced } = composeDigest(content, rules);
  return { queued: toQueuedDeliveries(before, 'digest', key, messages, now), announced };
}

function planAlerts(
  before: Subscription,
  news: NewNotices,
  { now, newestKey, rules }: PlanningContext,
): Omit<SubscriptionPlan, 'after'> {
  const count = [...news.countByColumn.values()].reduce((sum, of) => sum + of, 0);
  const address = addressKey(before);
  if (count > MAX_ALERTS) {
    const content = { from: findPeriodStart(before, now), to: now, news, deadlines: [], deadlineDays: 0 };
    const { messages, announced } = composeDigest(content, rules);
    const ids = shortHash(...news.notices.map(({ notice }) => notice.id));
    const key = `alert:${address}:${before.cursor}-${newestKey}:${ids}`;
    return { queued: toQueuedDeliveries(before, 'alert', key, messages, now), announced };
  }
  const composed = news.notices.map((stored) => ({ stored, ...composeAlert(stored, now, rules) }));
  return {
    // Keyed by the notice's id, because a rebuild of the store changes its key.
    queued: composed.flatMap(({ stored, messages }) =>
      toQueuedDeliveries(before, 'alert', `alert:${address}:${stored.notice.id}`, messages, now),
    ),
    announced: composed.flatMap(({ announced }) => announced),
  };
}

/** Returns the start of the period. After a clock was set back, `lastAt` may lie ahead of `now`. */
function findPeriodStart({ lastAt }: Subscription, now: Date): Date {
  const last = new Date(lastAt);
  return last < now ? last : now;
}

/**
 * Collects the news of several subscriptions in one pass: for each the matching notices above its cursor, up to
 * `newestKey`, the newest by date first. Only notices that may be listed are kept.
 */
export async function collectNewNotices(
  subscriptions: readonly Subscription[],
  newestKey: number,
  notices: Pick<PlannerNoticeStore, 'after'>,
): Promise<Map<Subscription, NewNotices>> {
  const collectors = subscriptions.map((subscription) => ({ subscription, news: new NewNoticesCollector() }));
  let after = Math.min(newestKey, ...subscriptions.map(({ cursor }) => cursor));
  while (after < newestKey) {
    const page = await notices.after(after, NOTICES_PER_READ);
    for (const stored of page) {
      if (stored.key > newestKey) break;
      const isWanted = createMatcher(stored.notice);
      for (const { subscription, news } of collectors) {
        if (stored.key > subscription.cursor && isWanted(subscription.settings)) news.add(stored);
      }
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.key;
  }
  return new Map(collectors.map(({ subscription, news }) => [subscription, news]));
}

class NewNoticesCollector implements NewNotices {
  readonly notices: StoredNotice[] = [];
  readonly countByColumn = new Map<string | null, number>();

  add(stored: StoredNotice): void {
    const { column } = stored.notice;
    this.countByColumn.set(column, (this.countByColumn.get(column) ?? 0) + 1);
    // Of equal dates the smaller key comes first, which keeps the order of the source.
    const older = this.notices.findIndex((other) => dateOf(other) < dateOf(stored));
    this.notices.splice(older < 0 ? this.notices.length : older, 0, stored);
    if (this.notices.length > MAX_LISTED_NOTICES) this.notices.pop();
  }
}

function dateOf({ notice }: StoredNotice): string {
  return notice.publishedOn ?? '';
}
