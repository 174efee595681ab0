import type { Query } from '../query/parse-query.js';
import { fold } from '../../text/fold.js';
import type { WeightedQueryTerm } from './term-matcher.js';
import type { Region, Regions } from './regions.js';

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
  const found = regions.in(rest);
  for (const { name } of found) {
    const at = rest.indexOf(name);
    const behind = rest.slice(at + name.length);
    rest = `${rest.slice(0, at)} ${behind.replace(AFTER_NAME, '')}`;
  }
  const topical = terms.map((term) => (rest.includes(term.term) ? term : { ...term, weight: 0 }));
  const kept = topical.filter(({ weight }) => weight > 0).length < FEWEST_TERMS ? terms : topical;
  return { regions: found, text: rest, terms: kept, weight: kept.reduce((sum, { weight }) => sum + weight, 0) };
}
