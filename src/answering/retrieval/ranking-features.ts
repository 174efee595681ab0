import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { NoticeIndex, WeightedTerm } from '../../index/notice-index.js';
import { fold } from '../../text/fold.js';
import { memoizeWeak } from '../../text/memoize.js';
import { bigramTerms } from '../../text/tokenizer.js';
import type { Query } from '../query/parse-query.js';
import type { LongestCommonRun } from './longest-common-run.js';
import { regionAgreement, type Region, type RegionAgreement, type Regions } from './regions.js';
import { coveredWeight, heaviestWindow, type TermWeights } from './sentence-windows.js';
import type { WeightedQueryTerm } from './term-matcher.js';

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

/** Words between the name of a region and what is asked of it. */
const AFTER_NAME = /^(?:(?:壮族|回族|维吾尔)?自治区|[省市区县])?(?:政府)?(?:的|对|在|针对|为|要求)?/;
/** Least number of terms of a topic; with fewer, all terms of the question count. */
const FEWEST_TERMS = 3;

/** Regions of a question, and what it asks apart from them. */
export interface QueryTopic {
  readonly regions: readonly Region[];
  /** The folded question without its region. */
  readonly text: string;
  /** The given terms, in the same order; those that only name the region weigh 0. */
  readonly terms: readonly WeightedQueryTerm[];
  readonly weight: number;
}

/**
 * Separates a question's region from its topic. Region and topic stand in different sentences of a notice, so a
 * sentence must not be preferred for naming the region; `regionAgreement` compares the regions.
 */
export function separateTopic({ text }: Query, terms: readonly WeightedQueryTerm[], regions: Regions): QueryTopic {
  let rest = fold(text);
  const named = regions.in(rest);
  for (const { name } of named) {
    const at = rest.indexOf(name);
    const behind = rest.slice(at + name.length);
    rest = `${rest.slice(0, at)} ${behind.replace(AFTER_NAME, '')}`;
  }
  const topical = terms.map((term) => (rest.includes(term.term) ? term : { ...term, weight: 0 }));
  const kept = topical.filter(({ weight }) => weight > 0).length < FEWEST_TERMS ? terms : topical;
  return { regions: named, text: rest, terms: kept, weight: kept.reduce((sum, { weight }) => sum + weight, 0) };
}

export function rankingFeatures(matched: MatchedNotice, context: RankingContext): RankingFeatures {
  const { topic, weights, phrase, regions, index } = context;
  const { notice, matches, titleMatches } = matched;
  const share = (weight: number): number => (topic.weight === 0 ? 0 : weight / topic.weight);
  const inTitle = coveredWeight([titleMatches], weights);
  const best = heaviestWindow(matches, weights, 1);
  const besideTitle = weights.map((weight, t) => (titleMatches.includes(t) ? 0 : weight));
  const window = heaviestWindow(matches, besideTitle, WINDOW_SENTENCES)?.weight ?? 0;
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

/** Distinct terms of a title, each weighted by its idf, and the sum of their weights. */
interface TitleTerms {
  readonly terms: readonly WeightedTerm[];
  readonly weight: number;
}

/** Cached by notice: many questions meet the same candidates. */
const titleTermsOf = memoizeWeak(({ foldedTitle }: IndexedNotice, index: NoticeIndex): TitleTerms => {
  const terms = [...new Set(bigramTerms(foldedTitle))].map((term) => ({ term, weight: index.idf(term) }));
  return { terms, weight: terms.reduce((sum, { weight }) => sum + weight, 0) };
});
