import type { IndexedNotice } from '../index/indexed-notice.js';
import { runTerms } from '../text/analyser.js';
import type { MatchTerm } from './passage-matcher.js';
import { phraseShare } from './phrase.js';
import { regionAgreement, type RegionAgreement } from './region-agreement.js';
import type { Regions } from './regions.js';
import type { Topic } from './topic.js';
import { coveredWeight, heaviestWindow } from './windows.js';

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
  readonly regions: Regions;
  readonly idf: (term: string) => number;
}

export function rankingFeatures(matched: MatchedNotice, { topic, regions, idf }: RankingContext): RankingFeatures {
  const { notice, matches, titleMatches } = matched;
  const { terms } = topic;
  const share = (weight: number): number => (topic.weight === 0 ? 0 : weight / topic.weight);
  const all = [titleMatches, ...matches];
  const best = heaviestWindow(matches, terms, 1);
  const besideTitle = terms.map((term, t) => (titleMatches.includes(t) ? { ...term, weight: 0 } : term));
  const window = heaviestWindow(matches, besideTitle, WINDOW_SENTENCES)?.weight ?? 0;
  return {
    bm25: matched.bm25,
    sentence: share(heaviestWindow(all, terms, 1)?.weight ?? 0),
    window: share(coveredWeight([titleMatches], terms) + window),
    coverage: share(coveredWeight(all, terms)),
    phrase: longestPhrase(topic.text, notice, best?.from),
    lateness: best === null ? 1 : best.from / Math.max(1, matches.length),
    titleAsked: titleAsked(notice.foldedTitle, terms, titleMatches, idf),
    otherYear: matched.otherYear ? 1 : 0,
    ...regionAgreement(topic.regions, notice, regions),
  };
}

/** A sentence this long holds a run by chance, and takes long to search. */
const PHRASE_LENGTH = 300;

function longestPhrase(asked: string, { foldedTitle, sentences }: IndexedNotice, sentence = 0): number {
  const texts = [foldedTitle, sentences[sentence] ?? ''];
  return Math.max(...texts.map((text) => phraseShare(asked, text.slice(0, PHRASE_LENGTH))));
}

function titleAsked(
  foldedTitle: string,
  terms: readonly MatchTerm[],
  titleMatches: readonly number[],
  idf: (term: string) => number,
): number {
  const asked = new Set(titleMatches.filter((t) => (terms[t]?.weight ?? 0) > 0).map((t) => terms[t]?.term));
  let [whole, named] = [0, 0];
  for (const term of new Set(runTerms(foldedTitle))) {
    const weight = idf(term);
    whole += weight;
    if (asked.has(term)) named += weight;
  }
  return whole === 0 ? 0 : named / whole;
}
