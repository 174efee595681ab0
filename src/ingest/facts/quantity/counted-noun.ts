import type { QuantityFact, Span } from '../../../domain/fact.js';
import { findNounAfter, findNounBefore } from './noun-phrases.js';
import type { QuantityRules } from './rules.js';

const SIGNED_UNIT = /^(?:%|％|‰)$/;
const LONGEST_LIMIT = 10;
const LONGEST_GAP = 12;
/** Text between two quantities of the same thing (二等奖4名，500元). */
const SAME_THING = /^[，,、（( ]{1,2}(?:奖金|奖励)?$/;

/** Extends a span by the limiting words on both sides (不少于, 以上). */
export function includeLimitWords(body: string, { start, end }: Span, rules: QuantityRules): Span {
  const before = rules.limitBefore.exec(body.slice(Math.max(0, start - LONGEST_LIMIT), start));
  const behind = rules.limitAfter.exec(body.slice(end, end + LONGEST_LIMIT));
  return { start: start - (before?.[0].length ?? 0), end: end + (behind?.[0].length ?? 0) };
}

/**
 * Returns what is counted: the noun beside the number, else what the previous quantity counts (二等奖4名，每人500元).
 * Empty when neither is found.
 */
export function findCountedNoun(
  body: string,
  at: Span,
  { unitEnd, unit }: { readonly unitEnd: number; readonly unit: string },
  last: Pick<QuantityFact, 'at' | 'of' | 'unit'> | undefined,
  rules: QuantityRules,
): string {
  const own = findNounBesideNumber(body, at, unitEnd, unit, rules);
  if (own !== '' || last === undefined) return own;
  const between = body.slice(last.at.end, Math.min(at.start, last.at.end + LONGEST_GAP));
  if (last.unit === unit && rules.change.test(between)) return last.of;
  // 60—79岁12元: an amount of money for the quantity right before it.
  if (between === '' && rules.money.has(unit)) return body.slice(last.at.start, last.at.end);
  const isMore = rules.money.has(unit) || body.startsWith('每', at.start);
  return isMore && rules.counterAtStart.test(last.unit) && SAME_THING.test(between) ? last.of : '';
}

/** Returns the noun behind the unit, else the one before the number; durations, money and % prefer the latter. */
function findNounBesideNumber(body: string, at: Span, unitEnd: number, unit: string, rules: QuantityRules): string {
  const takesBefore = rules.durations.has(unit) || rules.money.has(unit) || SIGNED_UNIT.test(unit);
  const skipped = /^(?:[（(][^（）()]{1,24}[）)]|[）)])?(的)?/.exec(body.slice(Math.max(at.end, unitEnd), at.end + 30));
  const from = Math.max(at.end, unitEnd) + (skipped?.[0].length ?? 0);
  const described = skipped?.[1] !== undefined;
  // 85门课程（…）: a bracket without 的 behind it ends the phrase.
  const after = skipped?.[0] === '' || described ? findNounAfter(body, from, rules) : { start: from, end: from };
  const before = findNounBeforeNumber(body, at.start, rules);
  const heads = [...body.slice(after.start, after.end).matchAll(rules.head)].at(-1);
  const endsWithHead = heads !== undefined && after.start + heads.index + heads[0].length === after.end;
  const preferBefore = takesBefore && !described && !endsWithHead && before.end > before.start;
  const chosen = after.end > after.start && !preferBefore ? after : before;
  return body.slice(chosen.start, chosen.end);
}

/** Returns the noun before a number, across a blank or a bracket: 化验员 2名, 评审评分（40%）. */
function findNounBeforeNumber(body: string, at: number, rules: QuantityRules): Span {
  const near = findNounBefore(body, at, rules);
  if (near.end > near.start) return near;
  const gap = /(?:[（(](?:共|约|各|合计|共计)?|[ \u3000]{1,2})$/.exec(body.slice(Math.max(0, at - 4), at));
  return gap === null || gap[0].length >= at ? near : findNounBefore(body, at - gap[0].length, rules);
}
