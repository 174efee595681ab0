import type { QuantityFact } from '../../domain/fact.js';
import type { Ask } from '../../question/ask.js';
import { askedShare, clauseAround, freshShare, questionShare } from './overlap.js';
import { factsOf, literal, type FactSource, type TypedAnswer } from './typed-answer.js';

const WEIGHTS = {
  clause: 1,
  sentence: 0.4,
  of: 0.4,
  /** The clause names the amount that is asked for: 预算, 票价. */
  named: 0.5,
  /** Its unit is the very one that is asked for: 条, where 项 would do. */
  unit: 0.15,
};
/** Words that ask and name nothing: 多少钱. */
const ASKS = /[几多少什么啥哪]/;
/** A sentence that holds less than this of what is asked beyond the title tells of another amount. */
const LEAST_FRESH = 0.5;

/** The amount, in one of the units asked for, that stands nearest to what it is asked of; null when none is near. */
export function pickQuantity(source: FactSource, { units }: Extract<Ask, { kind: 'quantity' }>): TypedAnswer | null {
  const { body } = source.stored.notice;
  const names = source.question.asked.filter((word) => !ASKS.test(word));
  let best: TypedAnswer | null = null;
  for (const fact of factsOf(source, 'quantity')) {
    if (!isIn(fact, units)) continue;
    const clause = clauseAround(body, fact.at);
    const words = body.slice(clause.start, clause.end);
    const fit =
      WEIGHTS.clause * questionShare(source, words) +
      WEIGHTS.sentence * questionShare(source, literal(source, fact.span)) +
      WEIGHTS.of * (fact.of === '' ? 0 : askedShare(source, fact.of)) +
      (names.some((name) => words.includes(name)) ? WEIGHTS.named : 0) +
      (source.question.folded.includes(`多少${fact.unit}`) || source.question.folded.includes(`几${fact.unit}`)
        ? WEIGHTS.unit
        : 0);
    if (
      (source.isSettled || freshShare(source, literal(source, fact.span)) >= LEAST_FRESH) &&
      (best === null || fit > best.fit)
    ) {
      best = { answer: words.trim(), quote: fact.span, fit, fact: null };
    }
  }
  return best;
}

/** 元 is also meant by 元/天. */
function isIn({ unit }: QuantityFact, units: readonly string[]): boolean {
  return units.length === 0 || units.some((wanted) => unit === wanted || unit.startsWith(`${wanted}/`));
}
