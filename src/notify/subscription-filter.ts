import type { Notice } from '../domain/notice.js';
import type { SubscriptionSettings } from '../domain/subscription.js';
import { fold } from '../text/fold.js';
import { memoizeLru } from '../text/memoize.js';

type SubscriptionFilter = Pick<SubscriptionSettings, 'columns' | 'include' | 'exclude'>;
type Matchable = Pick<Notice, 'title' | 'body' | 'attachments' | 'column'>;

/** Returns whether a notice passes the filter. Words are literal; width, case and traditional forms do not count. */
export function matchesFilter(notice: Matchable, settings: SubscriptionFilter): boolean {
  return createMatcher(notice)(settings);
}

/** Returns a matcher of one notice for many filters; the notice is folded once, at the first use. */
export function createMatcher(notice: Matchable): (settings: SubscriptionFilter) => boolean {
  let folded: string | undefined;
  const known = new Map<string, boolean>();
  const holds = (word: string): boolean => {
    const before = known.get(word);
    if (before !== undefined) return before;
    folded ??= foldNoticeText(notice);
    const wanted = foldWord(word);
    const found = wanted !== '' && folded.includes(wanted);
    if (known.size < MAX_CACHED_WORDS) known.set(word, found);
    return found;
  };
  return ({ columns, include, exclude }) => {
    if (columns.length > 0 && (notice.column === null || !columns.includes(notice.column))) return false;
    const words = include.filter((word) => foldWord(word) !== '');
    return (words.length === 0 || words.some(holds)) && !exclude.some(holds);
  };
}

/** Joins the parts by NUL, which no word holds, so that no match spans two parts. */
function foldNoticeText({ title, body, attachments }: Matchable): string {
  return fold([title, body, ...attachments.map(({ name }) => name)].join('\u0000'));
}

/** Upper bound on cached words of a notice: what most readers of a place filter by. */
const MAX_CACHED_WORDS = 200;

/** Upper bound on cached folded words, phrases of some thirty characters: well below a megabyte. */
const MAX_FOLDED_WORDS = 5_000;

/** Folds a word of a filter; the same ones are matched with every notice, and folding costs more than the search. */
const foldWord = memoizeLru((word) => fold(word).trim(), MAX_FOLDED_WORDS);
