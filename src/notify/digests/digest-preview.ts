import { dayInShanghai } from '../../domain/dates.js';
import type { ChatAddress } from '../../domain/chat.js';
import type { OutgoingMessage } from '../../domain/delivery.js';
import type { PlainDate } from '../../domain/notice.js';
import { DEFAULT_SETTINGS, type Subscription, type SubscriptionSettings } from '../../domain/subscription.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import { commandMessages as m } from '../../messages/commands.js';
import { formatDayRange, formatDayWithWeekday, formatInstant } from '../../messages/format-day.js';
import type { Deadline } from '../deadlines.js';
import { composeDigest, MAX_LISTED_NOTICES, composeUpcomingDeadlines, NumberedNoticeList } from './digest-message.js';
import { collectNewNotices } from './digest-planner.js';
import { matchesFilter } from '../subscription-filter.js';
import type { NotifyRules } from '../deadline-rules.js';
import type { Message } from '../../render/message.js';
import { numberButtons, renderOutgoing } from '../../render/outgoing-message.js';
import type { NoticeStore, StoredNotice } from '../../store/notice-store.js';
import type { SubscriptionTable } from '../../store/state-store.js';
import type { DaySpan, NoticeBoard } from '../notice-board.js';

export interface PreviewedDigest {
  readonly messages: readonly OutgoingMessage[];
  /** Deadlines that the messages state. */
  readonly announced: readonly Deadline[];
}

/** Digest on demand. It leaves the subscription and its queued deliveries as they are. */
export interface DigestPreview {
  /**
   * Composes the digest of `what`: days as readers type them, or '' for what is new since the last digest or, without
   * that, for the last day that had news. Returns null when the days cannot be parsed.
   */
  compose(address: ChatAddress, what: string): Promise<PreviewedDigest | null>;
}

export interface DigestPreviewDependencies {
  readonly board: Pick<NoticeBoard, 'parseDays' | 'findLastDay' | 'listDeadlines'>;
  readonly getCorpus: () => {
    readonly notices: ReadonlyMap<string, IndexedNotice>;
    readonly store: Pick<NoticeStore, 'after' | 'get' | 'newestKey'>;
  };
  readonly subscriptions: Pick<SubscriptionTable, 'get'>;
  readonly rules: NotifyRules;
  readonly now: () => Date;
}

/** Upper bound on the notices that are read to be filtered; of more, the newest. */
const MAX_NOTICES_READ = 500;

export function createDigestPreview(deps: DigestPreviewDependencies): DigestPreview {
  const { board, getCorpus, subscriptions, rules, now } = deps;
  const composeSinceLast = async (subscription: Subscription): Promise<PreviewedDigest | null> => {
    const { store } = getCorpus();
    const collected = await collectNewNotices([subscription], await store.newestKey(), store);
    const news = collected.get(subscription);
    if (news === undefined || news.countByColumn.size === 0) return null;
    const { settings, lastAt } = subscription;
    const { deadlineDays } = settings;
    const deadlines = await board.listDeadlines(deadlineDays, settings);
    return composeDigest({ from: new Date(lastAt), to: now(), news, deadlines, deadlineDays }, rules);
  };
  const composeOfDays = async (
    days: DaySpan,
    lead: string,
    settings: SubscriptionSettings,
  ): Promise<PreviewedDigest> => {
    const within = [...getCorpus().notices.values()]
      .filter(({ date }) => date !== null && date >= days.from && date <= days.to)
      .sort((a, b) => compareByDate(b.date, a.date) || a.key - b.key)
      .slice(0, MAX_NOTICES_READ);
    const order = new Map(within.map(({ id }, i) => [id, i]));
    const stored = await getCorpus().store.get(within.map(({ id }) => id));
    const matching = stored
      .filter(({ notice }) => matchesFilter(notice, settings))
      .sort((a, b) => (order.get(a.notice.id) ?? 0) - (order.get(b.notice.id) ?? 0));
    const { deadlineDays } = settings;
    const deadlines = await board.listDeadlines(deadlineDays, settings);
    return composeDigestOfDays(lead, matching, { deadlines, deadlineDays, now: now(), rules });
  };
  /** Returns the last day with a matching notice, among the newest; null without filters, or without a match. */
  const findLastMatchingDay = async (settings: SubscriptionSettings): Promise<PlainDate | null> => {
    if (settings.columns.length + settings.include.length + settings.exclude.length === 0) return null;
    const today = dayInShanghai(now());
    const newest = [...getCorpus().notices.values()]
      .filter(({ date }) => date !== null && date <= today)
      .sort((a, b) => compareByDate(b.date, a.date))
      .slice(0, MAX_NOTICES_READ);
    const stored = await getCorpus().store.get(newest.map(({ id }) => id));
    const days = stored.filter(({ notice }) => matchesFilter(notice, settings)).map(({ notice }) => notice.publishedOn);
    return days.reduce((last, day) => (compareByDate(day, last) > 0 ? day : last), null);
  };
  return {
    async compose(address, what) {
      const subscription = await subscriptions.get(address);
      const settings = subscription?.settings ?? DEFAULT_SETTINGS;
      if (what !== '') {
        const days = board.parseDays(what);
        return days === null ? null : composeOfDays(days, m.digestOf(formatDayRange(days, now())), settings);
      }
      const news = subscription === null ? null : await composeSinceLast(subscription);
      if (news !== null) return news;
      const since =
        subscription === null ? '' : `${m.digestNothingSince(formatInstant(new Date(subscription.lastAt), now()))}\n`;
      const matchingDay = await findLastMatchingDay(settings);
      const day = matchingDay ?? board.findLastDay();
      if (day === null)
        return { messages: renderOutgoing([{ kind: 'note', text: `${since}${m.nothingStored}` }]), announced: [] };
      return composeOfDays(
        { from: day, to: day },
        `${since}${(matchingDay === null ? m.digestLastDay : m.digestLastDayWanted)(formatDayWithWeekday(day, now()))}`,
        settings,
      );
    },
  };
}

function compareByDate(a: PlainDate | null, b: PlainDate | null): number {
  return (a ?? '') === (b ?? '') ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}

interface PreviewContext {
  readonly deadlines: readonly Deadline[];
  readonly deadlineDays: number;
  readonly now: Date;
  readonly rules: NotifyRules;
}

function composeDigestOfDays(
  lead: string,
  notices: readonly StoredNotice[],
  { deadlines, deadlineDays, now, rules }: PreviewContext,
): PreviewedDigest {
  const list = new NumberedNoticeList(now, rules);
  const listed = notices.slice(0, MAX_LISTED_NOTICES);
  const entries = listed.map((stored) => list.addNotice(stored));
  const message: Message = [
    { kind: 'lead', text: lead },
    ...(entries.length === 0 ? [{ kind: 'note', text: m.digestNone } as const] : entries),
    ...(notices.length > listed.length
      ? [{ kind: 'note', text: m.notListed(notices.length - listed.length) } as const]
      : []),
    ...composeUpcomingDeadlines(deadlines, deadlineDays, list),
  ];
  return { messages: renderOutgoing(message, numberButtons(list.keys), now), announced: list.announced };
}
