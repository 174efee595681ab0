import type { Logger } from 'pino';
import type { OutgoingMessage, OwedDelivery } from '../domain/delivery.js';
import type { Subscription } from '../domain/subscription.js';
import type { Ledger, StateStore } from '../store/state-store.js';
import { composeAlert } from './alert-message.js';
import { composeDigest, type ComposedDigest, type News } from './digest-message.js';
import { gatherNews } from './gather.js';
import { addressKey, shortHash } from './keys.js';
import { NearNotices } from './near.js';
import type { NoticeReader } from './notice-reader.js';
import type { NotifyRules } from './rules.js';
import { nextDigestAt } from './schedule.js';
import { toldFacts } from './told.js';
import { watch } from './watch.js';

/** Subscriptions planned in one step. */
const BATCH = 50;
/** Upper bound on separate alerts at once; more new notices come as one message. */
const MOST_ALERTS = 10;

export interface DigestDependencies {
  readonly state: Pick<StateStore, 'chats' | 'subscriptions' | 'reminders' | 'told' | 'ledger' | 'marks'>;
  readonly notices: NoticeReader;
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
export function digestPlanner({ state, notices, rules, log, limit = BATCH }: DigestDependencies): Planner {
  const near = new NearNotices(notices, rules);
  return async (now) => {
    const seen = { now, newestKey: await notices.newestKey(), revision: await notices.revision() };
    if (await watch({ state, log }, seen)) return true;
    const due = await state.subscriptions.due(now.toISOString(), seen.newestKey, limit);
    if (due.length === 0) return false;
    const tasks = await Promise.all(due.map((before) => taskOf(before, state.ledger)));
    const views = tasks.map(({ view }) => view);
    const news = await gatherNews(views, seen.newestKey, notices);
    const settled = await Promise.all(
      tasks.map(async ({ before, view, supersedes }) => {
        const plan = await planOf(view, news.get(view) ?? NOTHING, { ...seen, near, rules });
        const told = toldFacts(before, plan.told, now);
        return state.subscriptions.settle(before, plan.after, plan.owed, { told, supersedes });
      }),
    );
    // When none could be written, calling again at once would only spin.
    return due.length === limit && settled.some(Boolean);
  };
}

interface Task {
  readonly before: Subscription;
  /** The subscription as if the superseded digest had never been queued. */
  readonly view: Subscription;
  /** Key of the unsent digest that the new one repeats; null when there is none. */
  readonly supersedes: string | null;
}

async function taskOf(before: Subscription, ledger: Pick<Ledger, 'isUnsent'>): Promise<Task> {
  const { settings, digest } = before;
  if (settings.mode === 'immediate' || digest === null || !(await ledger.isUnsent(digest.key))) {
    return { before, view: before, supersedes: null };
  }
  return { before, view: { ...before, cursor: digest.cursor, lastAt: digest.from }, supersedes: digest.key };
}

const NOTHING: News = { notices: [], counts: new Map() };

interface Plan {
  readonly after: Subscription;
  readonly owed: readonly OwedDelivery[];
  readonly told: ComposedDigest['told'];
}

interface Moment {
  readonly now: Date;
  readonly newestKey: number;
  readonly near: NearNotices;
  readonly rules: NotifyRules;
}

async function planOf(before: Subscription, news: News, moment: Moment): Promise<Plan> {
  const { now, newestKey } = moment;
  const at = { ...before, cursor: newestKey, lastAt: now.toISOString(), digest: null };
  if (before.settings.mode === 'immediate') {
    return { after: { ...at, nextAt: null }, ...alertsOf(before, news, moment) };
  }
  const nextAt = nextDigestAt(before.settings, now).toISOString();
  // The key holds the cursor: after a clock was set back, the same time may come again with other news.
  const key = `digest:${addressKey(before)}:${before.nextAt ?? ''}:${before.cursor}-${newestKey}`;
  const plan = await digestOf(before, key, news, moment);
  const digest = plan.owed.length === 0 ? null : { key, cursor: before.cursor, from: before.lastAt };
  return { after: { ...at, nextAt, digest }, ...plan };
}

async function digestOf(before: Subscription, key: string, news: News, moment: Moment): Promise<Omit<Plan, 'after'>> {
  const { settings } = before;
  const near = await moment.near.deadlines(settings, moment.now, settings.deadlineDays);
  if (news.counts.size === 0 && near.length === 0 && settings.quietWhenEmpty) return { owed: [], told: [] };
  const { messages, told } = composeDigest(
    { from: fromOf(before, moment.now), to: moment.now, news, near, days: settings.deadlineDays },
    moment.rules,
  );
  return { owed: owedParts(before, 'digest', key, messages, moment.now), told };
}

function alertsOf(before: Subscription, news: News, { now, newestKey, rules }: Moment): Omit<Plan, 'after'> {
  const count = [...news.counts.values()].reduce((sum, of) => sum + of, 0);
  const address = addressKey(before);
  if (count > MOST_ALERTS) {
    const content = { from: fromOf(before, now), to: now, news, near: [], days: 0 };
    const { messages, told } = composeDigest(content, rules);
    const ids = shortHash(...news.notices.map(({ notice }) => notice.id));
    const key = `alert:${address}:${before.cursor}-${newestKey}:${ids}`;
    return { owed: owedParts(before, 'alert', key, messages, now), told };
  }
  const composed = news.notices.map((stored) => ({ stored, ...composeAlert(stored, now, rules) }));
  return {
    // Keyed by the notice's id, because a rebuild of the store changes its key.
    owed: composed.flatMap(({ stored, messages }) =>
      owedParts(before, 'alert', `alert:${address}:${stored.notice.id}`, messages, now),
    ),
    told: composed.flatMap(({ told }) => told),
  };
}

/** Returns the start of the period. After a clock was set back, `lastAt` may lie ahead of `now`. */
function fromOf({ lastAt }: Subscription, now: Date): Date {
  const last = new Date(lastAt);
  return last < now ? last : now;
}

function owedParts(
  { chatId, threadId }: Subscription,
  kind: 'digest' | 'alert',
  key: string,
  messages: readonly OutgoingMessage[],
  now: Date,
): OwedDelivery[] {
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
