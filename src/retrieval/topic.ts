import type { Question } from '../question/understand.js';
import { fold } from '../text/fold.js';
import type { MatchTerm } from './passage-matcher.js';
import type { Region, Regions } from './regions.js';

/** What may stand between the name of a region and what is asked of it. */
const AFTER_NAME = /^(?:(?:壮族|回族|维吾尔)?自治区|[省市区县])?(?:政府)?(?:的|对|在|针对|为|要求)?/;
/** A question whose topic has fewer terms than this is taken whole. */
const FEWEST_TERMS = 3;

/** Where a question asks of, and what it asks apart from that. */
export interface Topic {
  readonly regions: readonly Region[];
  /** The folded question without its region. */
  readonly text: string;
  /** As many as the terms given, at the same positions; those that only name the region weigh 0. */
  readonly terms: readonly MatchTerm[];
  readonly weight: number;
}

/**
 * Sets a question's region apart from its topic. Region and topic stand in
 * different sentences of a notice, so a sentence must not be preferred for
 * naming the region; whether the notice is of that region is asked by itself.
 */
export function topicOf({ text }: Question, terms: readonly MatchTerm[], regions: Regions): Topic {
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
