import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { LoadedIndex } from '../../index/loaded-index.js';
import type { NoticeIndex, WeightedTerm } from '../../index/notice-index.js';
import type { Query, QueryTerm } from '../query/parse-query.js';
import { bigramTerms } from '../../text/tokenizer.js';
import { TermMatcher, type WeightedQueryTerm } from './term-matcher.js';
import { LongestCommonRun } from './longest-common-run.js';
import { rankingFeatures, separateTopic, type RankingContext, type RankingFeatures } from './ranking-features.js';
import { rankingScore, type RankingModel } from './ranking-model.js';
import { isOfOtherYear } from './constraints.js';

/** Number of the engine's hits that are reranked; more of them found nothing more on the development questions. */
const RERANK_DEPTH = 30;

/** Notice with its score and what the score is made of. */
export interface RankedNotice {
  readonly notice: IndexedNotice;
  /** Log odds, comparable within one ranking: a difference of 1 makes the better one e times as likely meant. */
  readonly score: number;
  readonly features: RankingFeatures;
  /** Per sentence, the indexes in `Ranking.terms` of the question's terms found there. */
  readonly matches: readonly (readonly number[])[];
  readonly titleMatches: readonly number[];
}

export interface Ranking {
  /** Best first. */
  readonly notices: readonly RankedNotice[];
  readonly terms: readonly WeightedQueryTerm[];
  /** Weight of all of the question's terms: the most that a notice can match. */
  readonly totalWeight: number;
}

/** Dependencies of retrieval. */
export interface RetrievalContext {
  readonly loaded: LoadedIndex;
  readonly rankingModel: RankingModel;
}

/** Searches the index and reranks the hits by how well their passages and regions fit. Returns at most `limit`. */
export function retrieve(question: Query, { loaded, rankingModel }: RetrievalContext, limit: number): Ranking {
  const { index, notices } = loaded;
  const reranker = new Reranker(question, index, rankingModel);
  const ranked: RankedNotice[] = [];
  for (const hit of index.search(searched(question), RERANK_DEPTH)) {
    const notice = notices.get(hit.id);
    if (notice !== undefined) ranked.push(reranker.rank(notice, hit.score));
  }
  ranked.sort(bestFirst);
  return reranker.ranking(ranked.slice(0, limit));
}

/** Ranks the given notices and no others, however few of the question's words they hold. */
export function rankGiven(
  question: Query,
  notices: readonly IndexedNotice[],
  { loaded: { index }, rankingModel }: RetrievalContext,
): Ranking {
  const reranker = new Reranker(question, index, rankingModel);
  const ranked = notices.map((notice) => reranker.rank(notice, index.scoreOf(notice.id, searched(question))));
  return reranker.ranking(ranked.sort(bestFirst));
}

/** Orders by score. Copies tie: the newest comes first or, without dates, the one that was indexed last. */
function bestFirst(a: RankedNotice, b: RankedNotice): number {
  const [dateOfA, dateOfB] = [a.notice.date ?? '', b.notice.date ?? ''];
  return b.score - a.score || dateOfB.localeCompare(dateOfA) || b.notice.key - a.notice.key;
}

function searched({ terms, expansions }: Query): WeightedTerm[] {
  return [...terms, ...expansions];
}

/** Returns the idf of a term; for one that no notice has, that of its commonest synonym if lower. */
function termIdf({ term, synonyms }: QueryTerm, index: NoticeIndex): number {
  const own = index.idf(term);
  if (synonyms.length === 0 || index.holds(term)) return own;
  const others = synonyms.map((word) => Math.max(...bigramTerms(word).map((part) => index.idf(part))));
  return Math.min(own, ...others);
}

/** Reranker of one question, prepared once for all candidates. */
class Reranker {
  /** Named years, and those meant by 去年. */
  readonly #years: readonly string[];
  readonly #model: RankingModel;
  readonly #matcher: TermMatcher;
  readonly #context: RankingContext;
  /** Weight of all searched terms, longer words included. */
  readonly #searchedWeight: number;

  constructor(question: Query, index: NoticeIndex, model: RankingModel) {
    this.#years = [...question.years, ...question.relativeYears];
    this.#model = model;
    const weights = new Map(question.terms.map((term) => [term, term.weight * termIdf(term, index)]));
    this.#matcher = new TermMatcher(question.terms, (term) => weights.get(term) ?? 0);
    this.#searchedWeight = question.terms.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0);
    const topic = separateTopic(question, this.#matcher.terms, model.regions);
    this.#context = {
      topic,
      weights: topic.terms.map(({ weight }) => weight),
      phrase: new LongestCommonRun(topic.text),
      regions: model.regions,
      index,
    };
  }

  rank(notice: IndexedNotice, score: number): RankedNotice {
    const matches = notice.sentences.map((sentence) => this.#matcher.match(sentence));
    const titleMatches = this.#matcher.match(notice.foldedTitle);
    const bm25 = this.#searchedWeight === 0 ? 0 : score / this.#searchedWeight;
    const otherYear = isOfOtherYear(notice, this.#years);
    const features = rankingFeatures({ notice, bm25, matches, titleMatches, otherYear }, this.#context);
    return { notice, score: rankingScore(features, this.#model), features, matches, titleMatches };
  }

  ranking(notices: readonly RankedNotice[]): Ranking {
    const { terms } = this.#matcher;
    return { notices, terms, totalWeight: terms.reduce((sum, { weight }) => sum + weight, 0) };
  }
}
