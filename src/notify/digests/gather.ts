import type { Subscription } from '../../domain/subscription.js';
import type { StoredNotice } from '../../store/notice-store.js';
import { MAX_LISTED_NOTICES, type NewNotices } from './digest-message.js';
import { createMatcher } from '../subscription-filter.js';
import type { PlannerNoticeStore } from '../planner-notice-store.js';

/** Notices per read: a megabyte or two. */
const NOTICES_PER_READ = 100;

/**
 * Collects the news of several subscriptions in one pass: for each the matching notices above its cursor, up to
 * `newestKey`, the newest by date first. Only notices that may be listed are kept.
 */
export async function collectNewNotices(
  subscriptions: readonly Subscription[],
  newestKey: number,
  notices: Pick<PlannerNoticeStore, 'after'>,
): Promise<Map<Subscription, NewNotices>> {
  const gathered = subscriptions.map((subscription) => ({ subscription, news: new NewNoticesCollector() }));
  let after = Math.min(newestKey, ...subscriptions.map(({ cursor }) => cursor));
  while (after < newestKey) {
    const page = await notices.after(after, NOTICES_PER_READ);
    for (const stored of page) {
      if (stored.key > newestKey) break;
      const isWanted = createMatcher(stored.notice);
      for (const { subscription, news } of gathered) {
        if (stored.key > subscription.cursor && isWanted(subscription.settings)) news.add(stored);
      }
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.key;
  }
  return new Map(gathered.map(({ subscription, news }) => [subscription, news]));
}

class NewNoticesCollector implements NewNotices {
  readonly notices: StoredNotice[] = [];
  readonly countByColumn = new Map<string | null, number>();

  add(stored: StoredNotice): void {
    const { column } = stored.notice;
    this.countByColumn.set(column, (this.countByColumn.get(column) ?? 0) + 1);
    // Of equal dates the smaller key comes first, which keeps the order of the source.
    const place = this.notices.findIndex((other) => dateOf(other) < dateOf(stored));
    this.notices.splice(place < 0 ? this.notices.length : place, 0, stored);
    if (this.notices.length > MAX_LISTED_NOTICES) this.notices.pop();
  }
}

function dateOf({ notice }: StoredNotice): string {
  return notice.publishedOn ?? '';
}
