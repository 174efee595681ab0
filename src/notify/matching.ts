import type { Notice } from '../domain/notice.js';
import type { SubscriptionSettings } from '../domain/subscription.js';
import { fold } from '../text/fold.js';

type Filter = Pick<SubscriptionSettings, 'columns' | 'include' | 'exclude'>;
type Matchable = Pick<Notice, 'title' | 'body' | 'attachments' | 'column'>;

/** Whether a notice is one that the settings want. Words are literal; width, case and traditional forms do not count. */
export function matches(notice: Matchable, settings: Filter): boolean {
  return matcherOf(notice)(settings);
}

/** The same for many settings: the notice is folded once, at its first use. */
export function matcherOf(notice: Matchable): (settings: Filter) => boolean {
  let folded: string | undefined;
  const known = new Map<string, boolean>();
  const holds = (word: string): boolean => {
    const before = known.get(word);
    if (before !== undefined) return before;
    folded ??= foldedTextOf(notice);
    const wanted = foldWord(word);
    const found = wanted !== '' && folded.includes(wanted);
    if (known.size < MOST_KNOWN) known.set(word, found);
    return found;
  };
  return ({ columns, include, exclude }) => {
    if (columns.length > 0 && (notice.column === null || !columns.includes(notice.column))) return false;
    const words = include.filter((word) => foldWord(word) !== '');
    return (words.length === 0 || words.some(holds)) && !exclude.some(holds);
  };
}

/** Between the parts stands what no word holds, so that none is found across them. */
function foldedTextOf({ title, body, attachments }: Matchable): string {
  return fold([title, body, ...attachments.map(({ name }) => name)].join('\u0000'));
}

/** Words whose answer is kept: what most readers of a place look for. */
const MOST_KNOWN = 200;

/** The same words are asked of every notice, and folding one costs more than looking for it. */
const FOLDED = new Map<string, string>();
/** Each is a phrase of some thirty characters: well below a megabyte. */
const MOST_FOLDED = 5_000;

function foldWord(word: string): string {
  const known = FOLDED.get(word);
  if (known !== undefined) return known;
  const folded = fold(word).trim();
  if (FOLDED.size >= MOST_FOLDED) FOLDED.clear();
  FOLDED.set(word, folded);
  return folded;
}
