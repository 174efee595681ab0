import type { Logger } from 'pino';
import type { OutgoingMessage, QueuedDelivery } from '../../domain/delivery.js';
import type { Subscription } from '../../domain/subscription.js';
import type { Ledger, StateStore } from '../../store/state-store.js';
import { composeAlert } from './alert-message.js';
import { composeDigest, type ComposedDigest, type NewNotices } from './digest-message.js';
import { collectNewNotices } from './gather.js';
import { addressKey, shortHash } from '../delivery-keys.js';
import { UpcomingDeadlineCache } from '../near.js';
import type { PlannerNoticeStore } from '../planner-notice-store.js';
import type { NotifyRules } from '../deadline-rules.js';
import { nextDigestAt } from '../digest-schedule.js';
import { toAnnouncedFacts } from './announced-facts.js';
import { recoverSubscriptions } from '../subscription-recovery.js';

/** Subscriptions planned in one step. */
const SUBSCRIPTIONS_PER_STEP = 50;
/** Upper bound on separate alerts at once; more new notices come as one message. */
const MAX_ALERTS = 10;

export interface DigestPlannerDependencies {
  readonly state: Pick<StateStore, 'chats' | 'subscriptions' | 'reminders' | 'announcedFacts' | 'ledger' | 'marks'>;
  readonly notices: PlannerNoticeStore;
  readonly rules: NotifyRules;
  readonly log: Pick<Logger, 'warn'>;
  /** Subscriptions in one step. Default 50. */
  readonly limit?: number;
}

/** Planning step: plans at most one batch, and returns whether to be called again at once. */
export type Planner = (now: Date) => Promise<boolean>;

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
  const near = new UpcomingDeadlineCache(notices, rules);
  return async (now) => {
    const seen = { now, newestKey: await notices.newestKey(), revision: await notices.revision() };
    if (await recoverSubscriptions({ state, log }, seen)) return true;
    const due = await state.subscriptions.listDue(now.toISOString(), seen.newestKey, limit);
    if (due.length === 0) return false;
    const tasks = await Promise.all(due.map((before) => createTask(before, state.ledger)));
    const views = tasks.map(({ effective: view }) => view);
    const news = await collectNewNotices(views, seen.newestKey, notices);
    const settled = await Promise.all(
      tasks.map(async ({ before, effective: view, supersedes }) => {
        const plan = await planSubscription(view, news.get(view) ?? NO_NEWS, { ...seen, near, rules });
        const told = toAnnouncedFacts(before, plan.announced, now);
        return state.subscriptions.replaceIfUnchanged(before, plan.after, plan.queued, {
          announced: told,
          supersededDigestKey: supersedes,
        });
      }),
    );
    // When none could be written, calling again at once would only spin.
    return due.length === limit && settled.some(Boolean);
  };
}

interface PlanningTask {
  readonly before: Subscription;
  /** The subscription as if the superseded digest had never been queued. */
  readonly effective: Subscription;
  /** Key of the unsent digest that the new one repeats; null when there is none. */
  readonly supersedes: string | null;
}

async function createTask(before: Subscription, ledger: Pick<Ledger, 'isUnsent'>): Promise<PlanningTask> {
  const { settings, digest } = before;
  if (settings.mode === 'immediate' || digest === null || !(await ledger.isUnsent(digest.key))) {
    return { before, effective: before, supersedes: null };
  }
  return { before, effective: { ...before, cursor: digest.cursor, lastAt: digest.from }, supersedes: digest.key };
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
  readonly near: UpcomingDeadlineCache;
  readonly rules: NotifyRules;
}

async function planSubscription(
  before: Subscription,
  news: NewNotices,
  moment: PlanningContext,
): Promise<SubscriptionPlan> {
  const { now, newestKey } = moment;
  const at = { ...before, cursor: newestKey, lastAt: now.toISOString(), digest: null };
  if (before.settings.mode === 'immediate') {
    return { after: { ...at, nextAt: null }, ...planAlerts(before, news, moment) };
  }
  const nextAt = nextDigestAt(before.settings, now).toISOString();
  // The key holds the cursor: after a clock was set back, the same time may come again with other news.
  const key = `digest:${addressKey(before)}:${before.nextAt ?? ''}:${before.cursor}-${newestKey}`;
  const plan = await planDigest(before, key, news, moment);
  const digest = plan.queued.length === 0 ? null : { key, cursor: before.cursor, from: before.lastAt };
  return { after: { ...at, nextAt, digest }, ...plan };
}

async function planDigest(
  before: Subscription,
  key: string,
  news: NewNotices,
  moment: PlanningContext,
): Promise<Omit<SubscriptionPlan, 'after'>> {
  const { settings } = before;
  const near = await moment.near.list(settings, moment.now, settings.deadlineDays);
  if (news.countByColumn.size === 0 && near.length === 0 && settings.quietWhenEmpty)
    return { queued: [], announced: [] };
  const { messages, announced: told } = composeDigest(
    { from: findPeriodStart(before, moment.now), to: moment.now, news, near, days: settings.deadlineDays },
    moment.rules,
  );
  return { queued: toQueuedDeliveries(before, 'digest', key, messages, moment.now), announced: told };
}

function planAlerts(
  before: Subscription,
  news: NewNotices,
  { now, newestKey, rules }: PlanningContext,
): Omit<SubscriptionPlan, 'after'> {
  const count = [...news.countByColumn.values()].reduce((sum, of) => sum + of, 0);
  const address = addressKey(before);
  if (count > MAX_ALERTS) {
    const content = { from: findPeriodStart(before, now), to: now, news, near: [], days: 0 };
    const { messages, announced: told } = composeDigest(content, rules);
    const ids = shortHash(...news.notices.map(({ notice }) => notice.id));
    const key = `alert:${address}:${before.cursor}-${newestKey}:${ids}`;
    return { queued: toQueuedDeliveries(before, 'alert', key, messages, now), announced: told };
  }
  const composed = news.notices.map((stored) => ({ stored, ...composeAlert(stored, now, rules) }));
  return {
    // Keyed by the notice's id, because a rebuild of the store changes its key.
    queued: composed.flatMap(({ stored, messages }) =>
      toQueuedDeliveries(before, 'alert', `alert:${address}:${stored.notice.id}`, messages, now),
    ),
    announced: composed.flatMap(({ announced: told }) => told),
  };
}

/** Returns the start of the period. After a clock was set back, `lastAt` may lie ahead of `now`. */
function findPeriodStart({ lastAt }: Subscription, now: Date): Date {
  const last = new Date(lastAt);
  return last < now ? last : now;
}

function toQueuedDeliveries(
  { chatId, threadId }: Subscription,
  kind: 'digest' | 'alert',
  key: string,
  messages: readonly OutgoingMessage[],
  now: Date,
): QueuedDelivery[] {
  const notBefore = now.toISOString();
  return messages.map((message, i) => ({
    key: `${key}:${i + 1}`,
    kind,
    chatId,
    threadId,
    message,
    notBefore,
    notAfter: null,
  }));
}
