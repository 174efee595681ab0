import { z } from 'zod';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { RankedNotice } from '../retrieval/retrieve.js';
import type { Query } from '../query/parse-query.js';
import { bigramTerms } from '../../text/tokenizer.js';

const words = z.array(z.string().min(1)).min(1);
export const amendmentsSchema = z.object({ about: z.string(), titles: words, new: words, old: words, before: words });
/** Words by which a notice says that it amends an earlier one. */
export type AmendmentWords = z.infer<typeof amendmentsSchema>;

/** Least share of the shorter title's terms that an amendment has in common with the notice that it amends. */
const AMENDS_SHARE = 0.5;
/** Upper bound, in log odds, on how far behind the best notice an edition may rank, unless it is of the year wanted. */
const EDITION_GAP = 2;

/**
 * Removes year, batch and session from a folded title, so that editions of a repeated notice compare equal:
 * 关于2024年第一批…的通知 and 关于2025年第二批…的通知.
 */
function editionlessTitle(foldedTitle: string): string {
  return foldedTitle.replace(
    /第?[0-9一二三四五六七八九十]{1,4}(?:批次?|届|期|轮|季|号)|[0-9]+(?:年度|年)?|[上下]半年|[春秋]季/g,
    '',
  );
}

/** Returns whether the titles of two notices differ only in year, batch or session. */
export function areEditions(a: IndexedNotice, b: IndexedNotice): boolean {
  return (
    a !== b && a.foldedTitle !== b.foldedTitle && editionlessTitle(a.foldedTitle) === editionlessTitle(b.foldedTitle)
  );
}

/** Least share of the longer title's terms that sibling notices have in common. */
const KIN_SHARE = 0.7;

/** Returns whether two notices are editions, or alike but for a name: of another district, campus or college. */
export function areSiblings(a: IndexedNotice, b: IndexedNotice): boolean {
  if (a === b) return false;
  if (areEditions(a, b)) return true;
  const own = new Set(bigramTerms(editionlessTitle(a.foldedTitle)));
  const others = new Set(bigramTerms(editionlessTitle(b.foldedTitle)));
  const shared = [...others].filter((term) => own.has(term)).length;
  return shared >= KIN_SHARE * Math.max(own.size, others.size);
}

/**
 * Moves one of the best notice's editions to the front: of the year that the question names or means by 今年 or 去年,
 * else the newest. Returns the ranking as it is for a question that names a batch, or a year of which there is no
 * edition.
 */
export function preferEdition(ranked: readonly RankedNotice[], question: Query): readonly RankedNotice[] {
  const [best] = ranked;
  if (best === undefined || question.ordinals.length > 0) return ranked;
  const years = [...question.years, ...question.relativeYears];
  const isOfYear = ({ notice }: RankedNotice): boolean => years.includes(titleYear(notice) ?? '');
  const editions = ranked.filter(
    (one) =>
      one === best ||
      (areEditions(one.notice, best.notice) && (best.score - one.score <= EDITION_GAP || isOfYear(one))),
  );
  const wanted = editions.filter(isOfYear);
  if (editions.length < 2 || (question.years.length > 0 && wanted.length === 0)) return ranked;
  const newest = [...(wanted.length > 0 ? wanted : editions)].sort((a, b) =>
    ageKey(b.notice).localeCompare(ageKey(a.notice)),
  )[0];
  if (newest === undefined || newest === best) return ranked;
  return [{ ...newest, score: best.score }, ...ranked.filter((other) => other !== newest)];
}

/**
 * Removes the other editions of the best notice from a ranking, for a question that names no year and no batch: it means
 * the one that holds now, which `preferEdition` has moved to the front.
 */
export function dropOtherEditions(ranked: readonly RankedNotice[], question: Query): readonly RankedNotice[] {
  const [best] = ranked;
  if (best === undefined || question.ordinals.length + question.years.length + question.relativeYears.length > 0) {
    return ranked;
  }
  return ranked.filter(({ notice }) => !areEditions(notice, best.notice));
}

function titleYear({ foldedTitle }: IndexedNotice): string | null {
  return /[0-9]{4}(?=年)/.exec(foldedTitle)?.[0] ?? null;
}

function ageKey(notice: IndexedNotice): string {
  return `${titleYear(notice) ?? notice.date?.slice(0, 4) ?? ''} ${notice.date ?? ''}`;
}

/** Returns whether a notice amends another: its title says so and shares most of the other's, and it is not older. */
export function amends(notice: IndexedNotice, other: IndexedNotice, { titles }: AmendmentWords): boolean {
  const says = (title: string): boolean => titles.some((word) => title.includes(word));
  if (notice === other || !says(notice.foldedTitle) || says(other.foldedTitle)) return false;
  if (notice.date !== null && other.date !== null && notice.date < other.date) return false;
  const own = new Set(bigramTerms(notice.foldedTitle));
  const others = new Set(bigramTerms(other.foldedTitle));
  const shared = [...others].filter((term) => own.has(term)).length;
  return (
    shared >= AMENDS_SHARE * Math.min(own.size, others.size) && isSameEdition(notice.foldedTitle, other.foldedTitle)
  );
}

/** Returns whether `b` names no year or session, or all of those that `a` names: else `a` amends another edition. */
function isSameEdition(a: string, b: string): boolean {
  const numbers = (title: string): string[] =>
    title.match(/[0-9]{4}(?=年)|第[0-9一二三四五六七八九十]{1,4}[届批期]/g) ?? [];
  const [inA, inB] = [numbers(a), numbers(b)];
  return inA.every((number) => inB.length === 0 || inB.includes(number));
}
