import type { ItemFact, Span } from '../../../domain/fact.js';
import type { RequestedFact } from '../../query/requested-fact.js';
import { askedShare, questionShare } from './term-overlap.js';
import { factsOf, literal, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

const WEIGHTS = { sentence: 1, listOf: 0.5, count: 0.6 };
/** Least fit of a list; below it, passages decide. */
const LEAST_FIT = 0.75;
const LONGEST = 300;
const LONGEST_QUOTE = 400;

/**
 * Returns the entries of the list that the question asks for: a list of as many entries as it says (哪8个区), or of
 * what it names, in sentences that hold its words. Null when no list of the notice fits well.
 */
export function pickList(
  source: SearchedNotice,
  { count }: Extract<RequestedFact, { kind: 'list' }>,
): TypedAnswer | null {
  const lists = new Map<number, ItemFact[]>();
  for (const fact of factsOf(source, 'item')) lists.set(fact.list, [...(lists.get(fact.list) ?? []), fact]);
  let best: TypedAnswer | null = null;
  for (const items of lists.values()) {
    const names = [...new Set(items.map(({ name }) => name))];
    if (names.length < 2) continue;
    const span = spanOver(items);
    const listOf = items[0]?.listOf ?? '';
    const fit =
      WEIGHTS.sentence * questionShare(source, literal(source, span), 0.3) +
      WEIGHTS.listOf * (listOf === '' ? 0 : askedShare(source, listOf)) +
      (count !== null && count === names.length ? WEIGHTS.count : 0);
    const answer = names.join('、');
    if (fit < LEAST_FIT || answer.length > LONGEST || (best !== null && fit <= best.fit)) continue;
    best = { answer, quote: withFollowing(source, span), fit, fact: null };
  }
  return best;
}

function spanOver(items: readonly ItemFact[]): Span {
  const start = Math.min(...items.map(({ span }) => span.start));
  const end = Math.max(...items.map(({ span }) => span.end));
  return end - start <= LONGEST_QUOTE ? { start, end } : (items[0]?.span ?? { start, end });
}

/** Extends the quote by following sentences, which often describe the entries, up to `LONGEST_QUOTE`. */
function withFollowing({ ranked }: SearchedNotice, { start, end }: Span): Span {
  const last = ranked.notice.spans.findLast((span) => span.end - start <= LONGEST_QUOTE);
  return { start, end: Math.max(end, last?.end ?? end) };
}
