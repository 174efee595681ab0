import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { NoticeIndex } from '../../index/notice-index.js';
import type { WeightedQueryTerm } from './term-matcher.js';
import type { LongestCommonRun } from './longest-common-run.js';
import { regionAgreement, type RegionAgreement } from './region-agreement.js';
import type { Regions } from './regions.js';
import { titleTermsOf } from './title-terms.js';
import type { QueryTopic } from './topic.js';
import { coveredWeight, heaviestWindowByWeights, type TermWeights } from './sentence-windows.js';

/** Number of adjacent sentences in the `window` feature. */
const WINDOW_SENTENCES = 2;

/** Features of a candidate notice: shares of the question's weight, so that long and short questions compare. */
export interface RankingFeatures extends RegionAgreement {
  /** BM25 of the whole notice, see `MatchedNotice`. */
  readonly bm25: number;
  /** Best sentence, the title being one. */
  readonly sentence: number;
  /** Title and the best two adjacent sentences. */
  readonly window: number;
  /** Title and all sentences. */
  readonly coverage: number;
  /** Longest run of characters that the best sentence or the title shares with the question, see `LongestCommonRun.shareIn`. */
  readonly phrase: number;
  /** Relative position of the best sentence: 0 for the first, towards 1 for the last, 1 when none matches. */
  readonly lateness: number;
  /** Share of the title (of its terms' weight) that the question names. */
  readonly titleAsked: number;
  /** 1 when the question and the notice both name years, but none in common. */
  readonly otherYear: number;
}

/** Candidate notice with the indexes of the question's terms per sentence and in its title. */
export interface MatchedNotice {
  readonly notice: IndexedNotice;
  /** BM25 score as a share of the weight of all searched terms. */
  readonly bm25: number;
  readonly matches: readonly (readonly number[])[];
  readonly titleMatches: readonly number[];
  readonly otherYear: boolean;
}

/** Data shared by all candidates of a question. */
export interface RankingContext {
  readonly topic: QueryTopic;
  /** Weights of the topic's terms; `phrase` is its text. */
  readonly weights: TermWeights;
  readonly phrase: LongestCommonRun;
  readonly regions: Regions;
  readonly index: NoticeIndex;
}

export function rankingFeatures(matched: MatchedNotice, context: RankingContext): RankingFeatures {
  const { topic, weights, phrase, regions, index } = context;
  const { notice, matches, titleMatches } = matched;
  const share = (weight: number): number => (topic.weight === 0 ? 0 : weight / topic.weight);
  const inTitle = coveredWeight([titleMatches], weights);
  const best = heaviestWindowByWeights(matches, weights, 1);
  const besideTitle = weights.map((weight, t) => (titleMatches.includes(t) ? 0 : weight));
  const window = heaviestWindowByWeights(matches, besideTitle, WINDOW_SENTENCES)?.weight ?? 0;
  return {
    bm25: matched.bm25,
    sentence: share(Math.max(inTitle, best?.weight ?? 0)),
    window: share(inTitle + window),
    coverage: share(coveredWeight([titleMatches, ...matches], weights)),
    phrase: longestPhrase(phrase, notice, best?.from),
    lateness: best === null ? 1 : best.from / Math.max(1, matches.length),
    titleAsked: titleAsked(notice, topic.terms, titleMatches, index),
    otherYear: matched.otherYear ? 1 : 0,
    ...regionAgreement(topic.regions, notice, regions),
  };
}

/** Upper bound, in UTF-16 units, on the text searched for a run: a longer one holds a run by chance, and is slow. */
const PHRASE_LENGTH = 300;

function longestPhrase(asked: LongestCommonRun, { foldedTitle, sentences }: IndexedNotice, sentence = 0): number {
  return Math.max(asked.shareIn(foldedTitle, PHRASE_LENGTH), asked.shareIn(sentences[sentence] ?? '', PHRASE_LENGTH));
}

function titleAsked(
  notice: IndexedNotice,
  terms: readonly WeightedQueryTerm[],
  titleMatches: readonly number[],
  index: NoticeIndex,
): number {
  const title = titleTermsOf(notice, index);
  if (title.weight === 0) return 0;
  const asked = new Set(titleMatches.filter((t) => (terms[t]?.weight ?? 0) > 0).map((t) => terms[t]?.term));
  let named = 0;
  if (asked.size > 0) for (const { term, weight } of title.terms) if (asked.has(term)) named += weight;
  return named / title.weight;
}
