import { z } from 'zod';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { RankedNotice } from '../retrieval/retrieve.js';
import type { Question } from '../question/understand.js';
import { runTerms } from '../text/analyser.js';

const words = z.array(z.string().min(1)).min(1);
export const amendmentsSchema = z.object({ about: z.string(), titles: words, new: words, old: words, before: words });
/** Words of notices that change an earlier one. */
export type AmendmentWords = z.infer<typeof amendmentsSchema>;

/** Share of the shorter title's pairs that an amendment has in common with what it amends. */
const AMENDS_SHARE = 0.5;
/** Scores are log odds: an edition further behind the best than this was not meant. */
const EDITION_GAP = 2;

/**
 * A title without what tells one edition of a yearly or repeated notice from
 * another: 关于2024年第一批…的通知 and 关于2025年第二批…的通知 are editions.
 */
function editionlessTitle(foldedTitle: string): string {
  return foldedTitle.replace(
    /第?[0-9一二三四五六七八九十]{1,4}(?:批次?|届|期|轮|季|号)|[0-9]+(?:年度|年)?|[上下]半年|[春秋]季/g,
    '',
  );
}

/** Whether two notices are the same but for year, batch or session. */
export function areEditions(a: IndexedNotice, b: IndexedNotice): boolean {
  return (
    a !== b && a.foldedTitle !== b.foldedTitle && editionlessTitle(a.foldedTitle) === editionlessTitle(b.foldedTitle)
  );
}

/** Share of the longer title's pairs that kin have in common. */
const KIN_SHARE = 0.7;

/** Editions, and notices alike but for a name: of another district, campus or college. */
export function areKin(a: IndexedNotice, b: IndexedNotice): boolean {
  if (a === b) return false;
  if (areEditions(a, b)) return true;
  const own = new Set(runTerms(editionlessTitle(a.foldedTitle)));
  const others = new Set(runTerms(editionlessTitle(b.foldedTitle)));
  const shared = [...others].filter((term) => own.has(term)).length;
  return shared >= KIN_SHARE * Math.max(own.size, others.size);
}

/**
 * Of editions that fit alike, the newest first, or the one of the year that the
 * question names or means by 今年 or 去年. A batch that it names has decided already.
 */
export function preferEdition(ranked: readonly RankedNotice[], question: Question): readonly RankedNotice[] {
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

function titleYear({ foldedTitle }: IndexedNotice): string | null {
  return /[0-9]{4}(?=年)/.exec(foldedTitle)?.[0] ?? null;
}

function ageKey(notice: IndexedNotice): string {
  return `${titleYear(notice) ?? notice.date?.slice(0, 4) ?? ''} ${notice.date ?? ''}`;
}

/** Whether a notice changes another: it says so in its title, shares most of the other's, and is not older. */
export function amends(notice: IndexedNotice, other: IndexedNotice, { titles }: AmendmentWords): boolean {
  const says = (title: string): boolean => titles.some((word) => title.includes(word));
  if (notice === other || !says(notice.foldedTitle) || says(other.foldedTitle)) return false;
  if (notice.date !== null && other.date !== null && notice.date < other.date) return false;
  const own = new Set(runTerms(notice.foldedTitle));
  const others = new Set(runTerms(other.foldedTitle));
  const shared = [...others].filter((term) => own.has(term)).length;
  return shared >= AMENDS_SHARE * Math.min(own.size, others.size) && sameNumbers(notice.foldedTitle, other.foldedTitle);
}

/** Of another year or session, it amends another edition. */
function sameNumbers(a: string, b: string): boolean {
  const numbers = (title: string): string[] =>
    title.match(/[0-9]{4}(?=年)|第[0-9一二三四五六七八九十]{1,4}[届批期]/g) ?? [];
  const [inA, inB] = [numbers(a), numbers(b)];
  return inA.every((number) => inB.length === 0 || inB.includes(number));
}
