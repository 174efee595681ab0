import type { IndexedNotice } from '../index/indexed-notice.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { Question } from '../question/understand.js';
import { PassageMatcher, type MatchTerm } from './passage-matcher.js';
import { coveredWeight, heaviestWindow } from './windows.js';

/** How many of the engine's hits are ranked by their passages; deeper ones were never right on the dev questions. */
const RERANKED = 50;

/**
 * Hand-set on the even-numbered half of 661 real questions and checked on the
 * odd half (`npm run measure:retrieval` prints both).
 */
const WEIGHTS = { notice: 1, sentence: 0.4, coverage: 0.5, otherYear: -0.5, otherPlace: -0.1 };

/** A notice with why it is ranked where it is. */
export interface RankedNotice {
  readonly notice: IndexedNotice;
  readonly score: number;
  /** Per sentence, the positions in `Ranking.terms` of the question's terms found there. */
  readonly matches: readonly (readonly number[])[];
  readonly titleMatches: readonly number[];
}

export interface Ranking {
  /** Best first. */
  readonly notices: readonly RankedNotice[];
  readonly terms: readonly MatchTerm[];
  /** Weight of all of the question's terms: what complete support would be. */
  readonly totalWeight: number;
}

/** Ranks the notices for a question: the engine's hits, reordered by how well single passages fit. */
export function retrieve(question: Question, { index, notices }: LoadedIndex, limit: number): Ranking {
  const matcher = new PassageMatcher(question.terms, (term) => index.idf(term));
  const ranked: RankedNotice[] = [];
  for (const hit of index.search(question.terms, RERANKED)) {
    const notice = notices.get(hit.id);
    if (notice !== undefined) ranked.push(rank(notice, hit.score, question, matcher));
  }
  ranked.sort((a, b) => b.score - a.score);
  return {
    notices: ranked.slice(0, limit),
    terms: matcher.terms,
    totalWeight: matcher.terms.reduce((sum, { weight }) => sum + weight, 0),
  };
}

/** Matches one given notice, whatever its rank. */
export function rankOne(question: Question, notice: IndexedNotice, { index }: LoadedIndex): Ranking {
  const matcher = new PassageMatcher(question.terms, (term) => index.idf(term));
  return {
    notices: [rank(notice, 0, question, matcher)],
    terms: matcher.terms,
    totalWeight: matcher.terms.reduce((sum, { weight }) => sum + weight, 0),
  };
}

function rank(notice: IndexedNotice, bm25: number, question: Question, matcher: PassageMatcher): RankedNotice {
  const matches = notice.sentences.map((sentence) => matcher.match(sentence));
  const titleMatches = matcher.match(notice.foldedTitle);
  const all = [titleMatches, ...matches];
  const sentence = heaviestWindow(all, matcher.terms, 1)?.weight ?? 0;
  const score =
    WEIGHTS.notice * bm25 +
    WEIGHTS.sentence * sentence +
    WEIGHTS.coverage * coveredWeight(all, matcher.terms) +
    WEIGHTS.otherYear * (isOfOtherYear(notice, question.years) ? bm25 : 0) +
    WEIGHTS.otherPlace * (isOfOtherPlace(notice, question.places) ? bm25 : 0);
  return { notice, score, matches, titleMatches };
}

/** The question names years, and the notice names some too, but none of these. */
export function isOfOtherYear(notice: IndexedNotice, years: readonly string[]): boolean {
  return years.length > 0 && notice.years.length > 0 && !years.some((year) => notice.years.includes(year));
}

/** The question names places, and the notice names none of them. */
export function isOfOtherPlace(notice: IndexedNotice, places: readonly string[]): boolean {
  return places.length > 0 && !places.some((place) => mentions(notice, place));
}

/** The question names a third batch or a second session, and the notice names that kind, but another of it. */
export function isOfOtherOrdinal(notice: IndexedNotice, ordinals: readonly string[]): boolean {
  return ordinals.some((words) => {
    const kind = words.slice(-1);
    const names = new RegExp(`第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})${kind}`);
    return !mentions(notice, words) && names.test(notice.foldedTitle);
  });
}

function mentions(notice: IndexedNotice, folded: string): boolean {
  return notice.foldedTitle.includes(folded) || notice.sentences.some((sentence) => sentence.includes(folded));
}
