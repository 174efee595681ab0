import type { Span } from '../../domain/fact.js';
import { runTerms } from '../../text/analyser.js';
import { fold } from '../../text/fold.js';
import type { FactSource } from './typed-answer.js';

/** Share of the question's weight that a text holds. Terms that the title has too count `titleShare` of theirs. */
export function questionShare(source: FactSource, text: string, titleShare = 0.1): number {
  if (source.totalWeight === 0) return 0;
  const { titleMatches } = source.ranked;
  let weight = 0;
  for (const t of source.matcher.match(fold(text))) {
    if (!source.subject.has(t)) continue;
    const own = source.matcher.terms[t]?.weight ?? 0;
    weight += titleMatches.includes(t) ? own * titleShare : own;
  }
  return weight / source.totalWeight;
}

/** Share of what the question asks beyond the title that a text holds; 1 where the title holds all of it. */
export function freshShare({ matcher, subject, ranked }: FactSource, text: string): number {
  let [whole, found] = [0, 0];
  const inText = new Set(matcher.match(fold(text)));
  for (const t of subject) {
    if (ranked.titleMatches.includes(t)) continue;
    const weight = matcher.terms[t]?.weight ?? 0;
    whole += weight;
    if (inText.has(t)) found += weight;
  }
  return whole === 0 ? 1 : found / whole;
}

/** Share of a text's own pairs that occur in the question: how much of a label was asked for. */
export function askedShare(source: FactSource, text: string): number {
  const terms = runTerms(fold(text));
  if (terms.length === 0) return 0;
  return terms.filter((term) => source.question.folded.includes(term)).length / terms.length;
}

const CLAUSE_ENDS = '，,；;。！？\n';

/** The clause around a place in a text: between commas and ends. */
export function clauseAround(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from > 0 && !endsClause(text, from - 1)) from--;
  while (to < text.length && !endsClause(text, to)) to++;
  return { start: from, end: to };
}

/** The comma of 1,860,000 ends no clause. */
function endsClause(text: string, i: number): boolean {
  const c = text.charAt(i);
  return (
    CLAUSE_ENDS.includes(c) && !(c === ',' && /[0-9]/.test(text.charAt(i - 1)) && /[0-9]/.test(text.charAt(i + 1)))
  );
}
