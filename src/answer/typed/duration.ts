import type { Ask } from '../../question/ask.js';
import { clauseAround, questionShare } from './overlap.js';
import { factsOf, literal, type FactSource, type TypedAnswer } from './typed-answer.js';

/** A clause that holds less of the question than this tells of another length of time. */
const LEAST_SHARE = 0.15;

/** The length of time that a notice states in the clause nearest to the question; null when none is near. */
export function pickDuration(source: FactSource, { units }: Extract<Ask, { kind: 'duration' }>): TypedAnswer | null {
  const { body } = source.stored.notice;
  let best: TypedAnswer | null = null;
  for (const fact of factsOf(source, 'quantity')) {
    if (!units.includes(fact.unit)) continue;
    const clause = clauseAround(body, fact.at);
    const words = body.slice(clause.start, clause.end);
    const fit = questionShare(source, words) + 0.4 * questionShare(source, literal(source, fact.span));
    if (fit >= LEAST_SHARE && (best === null || fit > best.fit)) {
      best = { answer: words.trim(), quote: fact.span, fit, fact: null };
    }
  }
  return best;
}
