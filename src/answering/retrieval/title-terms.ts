import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { NoticeIndex, WeightedTerm } from '../../index/notice-index.js';
import { bigramTerms } from '../../text/tokenizer.js';

/** Distinct terms of a title, each weighted by its idf, and the sum of their weights. */
export interface TitleTerms {
  readonly terms: readonly WeightedTerm[];
  readonly weight: number;
}

/** Cache by notice: many questions meet the same candidates. */
const known = new WeakMap<NoticeIndex, WeakMap<IndexedNotice, TitleTerms>>();

export function titleTermsOf(notice: IndexedNotice, index: NoticeIndex): TitleTerms {
  const titles = known.get(index) ?? new WeakMap<IndexedNotice, TitleTerms>();
  known.set(index, titles);
  const read = titles.get(notice) ?? readTitle(notice, index);
  titles.set(notice, read);
  return read;
}

function readTitle({ foldedTitle }: IndexedNotice, index: NoticeIndex): TitleTerms {
  const terms = [...new Set(bigramTerms(foldedTitle))].map((term) => ({ term, weight: index.idf(term) }));
  return { terms, weight: terms.reduce((sum, { weight }) => sum + weight, 0) };
}
