import { dayInShanghai } from '../domain/day.js';
import type { ChatAddress } from '../domain/chat.js';
import type { OutgoingMessage } from '../domain/delivery.js';
import type { PlainDate } from '../domain/notice.js';
import { DEFAULT_SETTINGS, type Subscription, type SubscriptionSettings } from '../domain/subscription.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import { commandMessages as m } from '../messages/commands.js';
import { dayRange, dayWithWeekday, minuteWords } from '../messages/days.js';
import type { Deadline } from '../notify/deadlines.js';
import { composeDigest, MOST_LISTED, nearBlocks, NumberedNotices } from '../notify/digest-message.js';
import { gatherNews } from '../notify/gather.js';
import { matches } from '../notify/matching.js';
import type { NotifyRules } from '../notify/rules.js';
import type { Message } from '../render/message.js';
import { numberButtons, outgoing } from '../render/outgoing.js';
import type { NoticeStore, StoredNotice } from '../store/notice-store.js';
import type { SubscriptionTable } from '../store/state-store.js';
import type { Days, NoticeBoard } from './board.js';

export interface Preview {
  readonly messages: readonly OutgoingMessage[];
  /** Deadlines that the messages state. */
  readonly told: readonly Deadline[];
}

/** Digest on demand. It leaves the subscription and its queued deliveries as they are. */
export interface DigestPreview {
  /**
   * Composes the digest of `what`: days as readers type them, or '' for what is new since the last digest or, without
   * that, for the last day that had news. Returns null when the days cannot be parsed.
   */
  of(address: ChatAddress, what: string): Promise<Preview | null>;
}

export interface DigestPreviewDependencies {
  readonly board: Pick<NoticeBoard, 'days' | 'lastDay' | 'deadlines'>;
  readonly present: () => {
    readonly notices: ReadonlyMap<string, IndexedNotice>;
    readonly store: Pick<NoticeStore, 'after' | 'get' | 'newestKey'>;
  };
  readonly subscriptions: Pick<SubscriptionTable, 'get'>;
  readonly rules: NotifyRules;
  readonly now: () => Date;
}

/** Upper bound on the notices that are read to be filtered; of more, the newest. */
const MOST_READ = 500;

export function createDigestPreview(deps: DigestPreviewDependencies): DigestPreview {
  const { board, present, subscriptions, rules, now } = deps;
  const sinceLast = async (subscription: Subscription): Promise<Preview | null> => {
    const { store } = present();
    const gathered = await gatherNews([subscription], await store.newestKey(), store);
    const news = gathered.get(subscription);
    if (news === undefined || news.counts.size === 0) return null;
    const { settings, lastAt } = subscription;
    const near = await nearBy(settings);
    const to = now();
    return composeDigest({ from: new Date(lastAt), to, news, near, days: settings.deadlineDays }, rules);
  };
  const nearBy = (settings: SubscriptionSettings): Promise<Deadline[]> =>
    board.deadlines(settings.deadlineDays, settings);
  const ofDays = async (days: Days, lead: string, settings: SubscriptionSettings): Promise<Preview> => {
    const within = [...present().notices.values()]
      .filter(({ date }) => date !== null && date >= days.from && date <= days.to)
      .sort((a, b) => byDate(b.date, a.date) || a.key - b.key)
      .slice(0, MOST_READ);
    const order = new Map(within.map(({ id }, i) => [id, i]));
    const stored = await present().store.get(within.map(({ id }) => id));
    const wanted = stored
      .filter(({ notice }) => matches(notice, settings))
      .sort((a, b) => (order.get(a.notice.id) ?? 0) - (order.get(b.notice.id) ?? 0));
    return composeDays(lead, wanted, { near: await nearBy(settings), days: settings.deadlineDays, now: now(), rules });
  };
  /** Returns the last day with a matching notice, among the newest; null without filters, or without a match. */
  const lastWantedDay = async (settings: SubscriptionSettings): Promise<PlainDate | null> => {
    if (settings.columns.length + settings.include.length + settings.exclude.length === 0) return null;
    const today = dayInShanghai(now());
    const newest = [...present().notices.values()]
      .filter(({ date }) => date !== null && date <= today)
      .sort((a, b) => byDate(b.date, a.date))
      .slice(0, MOST_READ);
    const stored = await present().store.get(newest.map(({ id }) => id));
    const days = stored.filter(({ notice }) => matches(notice, settings)).map(({ notice }) => notice.publishedOn);
    return days.reduce((last, day) => (byDate(day, last) > 0 ? day : last), null);
  };
  return {
    async of(address, what) {
      const subscription = await subscriptions.get(address);
      const settings = subscription?.settings ?? DEFAULT_SETTINGS;
      if (what !== '') {
        const days = board.days(what);
        return days === null ? null : ofDays(days, m.digestOf(dayRange(days, now())), settings);
      }
      const news = subscription === null ? null : await sinceLast(subscription);
      if (news !== null) return news;
      const since =
        subscription === null ? '' : `${m.digestNothingSince(minuteWords(new Date(subscription.lastAt), now()))}\n`;
      const wantedDay = await lastWantedDay(settings);
      const day = wantedDay ?? board.lastDay();
      if (day === null) return { messages: outgoing([{ kind: 'note', text: `${since}${m.nothingStored}` }]), told: [] };
      return ofDays(
        { from: day, to: day },
        `${since}${(wantedDay === null ? m.digestLastDay : m.digestLastDayWanted)(dayWithWeekday(day, now()))}`,
        settings,
      );
    },
  };
}

function byDate(a: PlainDate | null, b: PlainDate | null): number {
  return (a ?? '') === (b ?? '') ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}

interface Near {
  readonly near: readonly Deadline[];
  readonly days: number;
  readonly now: Date;
  readonly rules: NotifyRules;
}

function composeDays(lead: string, wanted: readonly StoredNotice[], { near, days, now, rules }: Near): Preview {
  const list = new NumberedNotices(now, rules);
  const listed = wanted.slice(0, MOST_LISTED);
  const entries = listed.map((stored) => list.news(stored));
  const message: Message = [
    { kind: 'lead', text: lead },
    ...(entries.length === 0 ? [{ kind: 'note', text: m.digestNone } as const] : entries),
    ...(wanted.length > listed.length
      ? [{ kind: 'note', text: m.notListed(wanted.length - listed.length) } as const]
      : []),
    ...nearBlocks(near, days, list),
  ];
  return { messages: outgoing(message, numberButtons(list.keys), now), told: list.told };
}
