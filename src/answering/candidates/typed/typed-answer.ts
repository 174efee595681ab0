import type { Fact, Span } from '../../../domain/fact.js';
import type { Query } from '../../query/parse-query.js';
import type { TermMatcher } from '../../retrieval/term-matcher.js';
import type { RankedNotice } from '../../retrieval/retrieve.js';
import type { AmendmentWords } from '../editions.js';
import type { StoredNotice } from '../../../store/notice-store.js';

/** Candidate notice with what searching it for a typed fact needs. */
export interface SearchedNotice {
  readonly stored: StoredNotice;
  readonly ranked: RankedNotice;
  readonly question: Query;
  /** The folded question without words that ask which of several, followed by the terms of its subject. */
  readonly asking: string;
  /** Finds the question's terms in folded text. */
  readonly matcher: TermMatcher;
  /** Indexes in `matcher.terms` of the terms of its subject. */
  readonly subject: ReadonlySet<number>;
  /** Weight of the whole subject in this collection. */
  readonly totalWeight: number;
  /** The conversation fixes the notice: the fact that fits best is taken, however little it fits. */
  readonly isNoticeFixed: boolean;
  readonly amendments: AmendmentWords;
}

/** A fact of a notice, put as an answer. */
export interface TypedAnswer {
  /** Made of literal words of the notice, so that the digit lock holds by construction. */
  readonly answer: string;
  /** Span of its proof in the body; null where only the title shows it (files that only the page lists). */
  readonly quote: Span | null;
  /** How well it fits the question, about 0 … 2; comparable between notices for one question. */
  readonly fit: number;
  /** Fact behind the answer, which computed notes (weekday, days left) and checks read; null without a single one. */
  readonly fact: Fact | null;
  /** It states the new value beside the old one: the amended notice no longer answers. */
  readonly isAmended?: boolean;
}

/** Returns whether the title holds the whole subject: the question names a notice, and no line of it. */
export function isWhollyInTitle({ subject, ranked }: SearchedNotice): boolean {
  return subject.size > 0 && [...subject].every((t) => ranked.titleMatches.includes(t));
}

export type FactKind = Fact['kind'];

export function factsOf<K extends FactKind>({ stored }: SearchedNotice, kind: K): Extract<Fact, { kind: K }>[] {
  return stored.facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

export function literal({ stored }: SearchedNotice, { start, end }: Span): string {
  return stored.notice.body.slice(start, end);
}
