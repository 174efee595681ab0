import type { RequestedFact } from '../../query/requested-fact.js';
import { clauseAround, literalFit, questionShare } from './term-overlap.js';
import { asksUnit } from './per-unit.js';
import { readValueContexts } from './value-context.js';
import { factsOf, isWhollyInTitle, literal, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

const WEIGHTS = {
  clause: 1,
  sentence: 0.4,
  head: 0.3,
  /** The title holds the whole subject, and the sentence some of it again. */
  title: 0.3,
  /** The unit is the one asked for: 多少分钟. */
  unit: 0.3,
};
/** Least share of the question that the words around a duration must hold. */
const LEAST_SHARE = 0.15;

/**
 * Returns the duration that the notice states nearest to the question, preferably in the unit asked for. Null when none
 * is near. Where the title holds the whole subject, a sentence that repeats some of it is near enough.
 */
export function pickDuration(
  source: SearchedNotice,
  { units }: Extract<RequestedFact, { kind: 'duration' }>,
): TypedAnswer | null {
  const { body } = source.stored.notice;
  const isOfTitle = isWhollyInTitle(source);
  const facts = factsOf(source, 'quantity').filter(({ unit }) => units.includes(unit));
  const settings = readValueContexts(
    body,
    facts.map(({ at }) => at),
  );
  let best: TypedAnswer | null = null;
  for (const [i, fact] of facts.entries()) {
    const clause = clauseAround(body, fact.at);
    const words = body.slice(clause.start, clause.end);
    const sentence = literal(source, fact.span);
    const head = settings[i] === undefined ? '' : literal(source, settings[i].head);
    const share =
      WEIGHTS.clause * questionShare(source, words) +
      WEIGHTS.sentence * questionShare(source, sentence) +
      WEIGHTS.head * questionShare(source, head) +
      (isOfTitle && questionShare(source, sentence, 1) > 0 ? WEIGHTS.title : 0);
    if (share < LEAST_SHARE) continue;
    const fit = share + literalFit(source, words) + (asksUnit(source.question.folded, fact.unit) ? WEIGHTS.unit : 0);
    if (best === null || fit > best.fit) best = { answer: words.trim(), quote: fact.span, fit, fact: null };
  }
  return best;
}
