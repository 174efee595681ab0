import type { IndexedNotice } from '../index/indexed-notice.js';
import type { NoticeIndex } from '../index/notice-index.js';
import type { MatchTerm } from './passage-matcher.js';
import type { Phrase } from './phrase.js';
import { regionAgreement, type RegionAgreement } from './region-agreement.js';
import type { Regions } from './regions.js';
import { titleTermsOf } from './title-terms.js';
import type { Topic } from './topic.js';
import { coveredWeight, heaviestBy, type Weights } from './windows.js';

/** Sentences that together may hold what a question names. */
const WINDOW_SENTENCES = 2;

/** What speaks for a candidate; shares of the question's weight, so that long and short questions compare. */
export interface RankingFeatures extends RegionAgreement {
  /** Score of the whole notice. */
  readonly bm25: number;
  /** The best sentence, the title being one. */
  readonly sentence: number;
  /** The title with the best two sentences behind one another. */
  readonly window: number;
  /** All sentences together. */
  readonly coverage: number;
  /** The longest run of characters that its best sentence or its title shares with the question. */
  readonly phrase: number;
  /** How far from its beginning the notice has its best sentence: 0 first, 1 last or nowhere. */
  readonly lateness: number;
  /** Share of the title (of its terms' weight) that the question names. */
  readonly titleAsked: number;
  /** The question names years, and the notice names some too, but none of these. */
  readonly otherYear: number;
}

/** A candidate with its score and where the question's terms stand in it. */
export interface MatchedNotice {
  readonly notice: IndexedNotice;
  /** BM25 as a share of the weight of everything that was searched for. */
  readonly bm25: number;
  readonly matches: readonly (readonly number[])[];
  readonly titleMatches: readonly number[];
  readonly otherYear: boolean;
}

/** What is the same for every candidate of a question. */
export interface RankingContext {
  readonly topic: Topic;
  /** Of the topic's terms, and its text. */
  readonly weights: Weights;
  readonly phrase: Phrase;
  readonly regions: Regions;
  readonly index: NoticeIndex;
}

export function rankingFeatures(matched: MatchedNotice, context: RankingContext): RankingFeatures {
  const { topic, weights, phrase, regions, index } = context;
  const { notice, matches, titleMatches } = matched;
  const share = (weight: number): number => (topic.weight === 0 ? 0 : weight / topic.weight);
  const inTitle = coveredWeight([titleMatches], weights);
  const best = heaviestBy(matches, weights, 1);
  const besideTitle = weights.map((weight, t) => (titleMatches.includes(t) ? 0 : weight));
  const window = heaviestBy(matches, besideTitle, WINDOW_SENTENCES)?.weight ?? 0;
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

/** A sentence this long holds a run by chance, and takes long to search. */
const PHRASE_LENGTH = 300;

function longestPhrase(asked: Phrase, { foldedTitle, sentences }: IndexedNotice, sentence = 0): number {
  return Math.max(asked.shareIn(foldedTitle, PHRASE_LENGTH), asked.shareIn(sentences[sentence] ?? '', PHRASE_LENGTH));
}

function titleAsked(
  notice: IndexedNotice,
  terms: readonly MatchTerm[],
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
