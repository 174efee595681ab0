import type { Fact, Span } from '../../domain/fact.js';
import type { Question } from '../../question/understand.js';
import type { PassageMatcher } from '../../retrieval/passage-matcher.js';
import type { RankedNotice } from '../../retrieval/retrieve.js';
import type { AmendmentWords } from '../editions.js';
import type { StoredNotice } from '../../store/notice-store.js';

/** One candidate notice with all that finding a typed fact in it needs. */
export interface FactSource {
  readonly stored: StoredNotice;
  readonly ranked: RankedNotice;
  readonly question: Question;
  /** Its folded text without the words that ask which of several, and the notices' words for its subject. */
  readonly asking: string;
  /** Finds the question's terms in a folded text. */
  readonly matcher: PassageMatcher;
  /** Positions in `matcher.terms` of those that lie in words of its subject. */
  readonly subject: ReadonlySet<number>;
  /** Weight in this collection of the whole subject. */
  readonly totalWeight: number;
  /** The notice is settled: a fact of it that fits best is meant, however little it fits. */
  readonly isSettled: boolean;
  readonly amendments: AmendmentWords;
}

/** A fact of a notice, put as an answer. */
export interface TypedAnswer {
  /** Made of literal words of the notice, so that the digit lock holds by construction. */
  readonly answer: string;
  /** Where in the body its proof stands; null where the title is all that shows it (files that only the page lists). */
  readonly quote: Span | null;
  /** How well it fits the question, about 0 … 2; comparable between notices for one question. */
  readonly fit: number;
  /** A fact with a time that what is computed (weekday, days left) can be told of. */
  readonly fact: Fact | null;
  /** It states what holds now, beside what held: the notice that is amended no longer answers. */
  readonly isAmended?: boolean;
}

/** The question says which notice it means and nothing about which line: the fact that fits best is meant. */
export function isWhollyInTitle({ subject, ranked }: FactSource): boolean {
  return subject.size > 0 && [...subject].every((t) => ranked.titleMatches.includes(t));
}

export type Kind = Fact['kind'];

export function factsOf<K extends Kind>({ stored }: FactSource, kind: K): Extract<Fact, { kind: K }>[] {
  return stored.facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

export function literal({ stored }: FactSource, { start, end }: Span): string {
  return stored.notice.body.slice(start, end);
}
