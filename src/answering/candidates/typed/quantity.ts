import type { QuantityFact } from '../../../domain/fact.js';
import type { RequestedFact } from '../../query/requested-fact.js';
import { askedShare, clauseAround, freshShare, literalFit, questionShare } from './term-overlap.js';
import { asksUnit, perUnits, normaliseUnit, type PerUnit } from './per-unit.js';
import { readValueContexts } from './value-context.js';
import { splitJoinedQuestion, nameLength } from './joined.js';
import { factsOf, literal, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

const WEIGHTS = {
  clause: 1,
  sentence: 0.4,
  head: 0.3,
  of: 0.4,
  /** The clause names the amount that is asked for: 预算, 票价. */
  named: 0.5,
  /** It is per the unit that the question names: 元/天 for 一天多少钱. */
  per: 0.5,
  /** Its unit is exactly the one asked for: 条, where 项 would do. */
  unit: 0.15,
  /** It is the largest amount, and the total is asked for. */
  whole: 0.3,
};
const TOTAL = /一共|总共|共计|合计|总计|总数/;
/** Interrogatives, which name nothing: 多少钱. */
const ASKS = /[几多少什么啥哪]/;
/** Least share of the subject outside the title that the sentence of an amount must hold. */
const LEAST_FRESH = 0.5;

interface Scored {
  readonly fact: QuantityFact;
  readonly fit: number;
  /** Share of the subject outside the title that its sentence holds. */
  readonly fresh: number;
  /** Its clause, as answered. */
  readonly words: string;
}

/**
 * Returns the amount, in one of the units asked for, that stands nearest to the subject. Null when none is near. Two
 * that are asked for by name (起拍价和保证金) are joined where the notice has both.
 */
export function pickQuantity(
  source: SearchedNotice,
  { units }: Extract<RequestedFact, { kind: 'quantity' }>,
): TypedAnswer | null {
  const facts = factsOf(source, 'quantity').filter((fact) => isIn(fact, units) && !isFine(source, fact));
  const settings = readValueContexts(
    source.stored.notice.body,
    facts.map(({ at }) => at),
  );
  const per = perUnits(source.question.folded);
  const scored = facts.map((fact, i): Scored => {
    const head = settings[i]?.head;
    return scoredOf(source, fact, head === undefined ? '' : literal(source, head), per);
  });
  // 一共多少门 asks for the total, which none of its parts exceeds.
  const whole = TOTAL.test(source.question.folded) ? Math.max(...facts.map(({ value }) => value ?? 0)) : Infinity;
  const near = source.isNoticeFixed ? scored : scored.filter(({ fresh }) => fresh >= LEAST_FRESH);
  const worth = ({ fit, fact }: Scored): number => fit + (fact.value === whole ? WEIGHTS.whole : 0);
  const best = near.reduce<Scored | null>((top, one) => (top === null || worth(one) > worth(top) ? one : top), null);
  const both = bothOf(source, scored);
  if (both === null)
    return best === null ? null : { answer: best.words, quote: best.fact.span, fit: best.fit, fact: null };
  const [one, other] = both;
  return {
    answer: [...new Set([one.words, other.words])].join('；'),
    quote: {
      start: Math.min(one.fact.span.start, other.fact.span.start),
      end: Math.max(one.fact.span.end, other.fact.span.end),
    },
    fit: Math.max(best?.fit ?? 0, one.fit, other.fit),
    fact: null,
  };
}

function scoredOf(source: SearchedNotice, fact: QuantityFact, head: string, per: readonly PerUnit[]): Scored {
  const { question } = source;
  const { body } = source.stored.notice;
  const clause = clauseAround(body, fact.at);
  const words = body.slice(clause.start, clause.end);
  const told = per.filter(({ unit }) => unit.test(words));
  // 元/天 states 一天 too.
  const said = told.map((one) => one.words).join(' ');
  const names = question.factKindWords.filter((word) => !ASKS.test(word));
  const fit =
    WEIGHTS.clause * questionShare(source, `${words} ${said}`) +
    literalFit(source, words) +
    WEIGHTS.sentence * questionShare(source, literal(source, fact.span)) +
    WEIGHTS.head * questionShare(source, head) +
    WEIGHTS.of * (fact.of === '' ? 0 : askedShare(source, fact.of)) +
    (names.some((name) => words.includes(name)) ? WEIGHTS.named : 0) +
    (per.length === 0 ? 0 : (WEIGHTS.per * told.length) / per.length) +
    (asksUnit(question.folded, fact.unit) ? WEIGHTS.unit : 0);
  const fresh = freshShare(source, `${head} ${literal(source, fact.span)} ${said}`);
  return { fact, fit, fresh, words: words.trim() };
}

/** Returns the amounts of the two things asked for by name, in the notice's order. Null unless it has one of each. */
function bothOf(source: SearchedNotice, scored: readonly Scored[]): readonly [Scored, Scored] | null {
  const joined = splitJoinedQuestion(source.question.folded);
  if (joined === null) return null;
  const nearest = (name: string, edge: 'start' | 'end'): Scored | null => {
    const lengths = scored.map(({ words }) => nameLength(name, edge, words));
    const longest = Math.max(...lengths);
    return longest === 0 ? null : (scored[lengths.indexOf(longest)] ?? null);
  };
  const [one, other] = [nearest(joined.before, 'end'), nearest(joined.after, 'start')];
  if (one === null || other === null || one === other) return null;
  if (Math.abs(one.fact.at.start - other.fact.at.start) > FARTHEST) return null;
  return one.fact.at.start < other.fact.at.start ? [one, other] : [other, one];
}

/** Upper bound, in UTF-16 units, on the distance between two amounts that are quoted together. */
const FARTHEST = 300;

/** Fines (罚款200元) answer only questions about fines. */
const FINES = /罚|违约金|滞纳金|赔偿/;

function isFine(source: SearchedNotice, { at }: QuantityFact): boolean {
  if (FINES.test(source.question.folded)) return false;
  const { body } = source.stored.notice;
  return FINES.test(body.slice(clauseAround(body, at).start, at.start));
}

/** Returns whether an amount is in one of the units; 元 includes 元/天. */
function isIn({ unit }: QuantityFact, units: readonly string[]): boolean {
  return units.length === 0 || units.some((wanted) => normaliseUnit(unit) === wanted || unit.startsWith(`${wanted}/`));
}
