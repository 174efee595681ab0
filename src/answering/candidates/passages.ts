import type { Intent } from '../../domain/answer.js';
import type { Span } from '../../domain/fact.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import { splitClauses, type ClauseSpan } from '../../text/clauses.js';
import { TermMatcher, type WeightedQueryTerm } from '../retrieval/term-matcher.js';
import type { RankedNotice } from '../retrieval/retrieve.js';
import { scoreSurface } from './surface-patterns.js';

/** Longest answer, in UTF-16 units; a longer clause is cut there. */
const ANSWER_LENGTH = 300;
/** Separator with which an answer must not end. */
const UNFINISHED = /[，,；;：:]$/;
/** Upper bound on the sentences of an answer. */
const MOST_SENTENCES = 9;
/** Upper bound on the clauses of an answer and of a sentence that begins one: bounds work on a text of commas. */
const MOST_CLAUSES = 40;

/** Part of a sentence: the smallest unit at which a passage may begin or end. */
interface SentenceClause {
  /** Index of its sentence in the notice. */
  readonly sentence: number;
  /** Folded text. */
  readonly text: string;
  /** Offsets in the body, in UTF-16 units. */
  readonly span: Span;
  readonly precededBy: ClauseSpan['precededBy'];
  readonly endsSentence: boolean;
}

/** A clause with its matches. */
export interface MatchedClause extends SentenceClause {
  /** Indexes of the question's terms that occur in it and not in the title. */
  readonly termsBeyondTitle: readonly number[];
  /** Score (0 … 1) of `scoreSurface` for the question's intent. */
  readonly surfaceScore: number;
}

/** Candidate passage: a run of clauses, with the clauses around it. */
export interface Passage {
  /** Clauses before it: those of its first sentence and of the sentence before. */
  readonly before: readonly MatchedClause[];
  readonly clauses: readonly MatchedClause[];
  readonly next: MatchedClause | null;
  readonly span: Span;
}

/** Generates the candidate passages of a notice for one question. Each sentence is split and matched once. */
export class PassageGenerator {
  readonly #notice: IndexedNotice;
  readonly #inTitle: ReadonlySet<number>;
  readonly #matcher: TermMatcher;
  readonly #intent: Intent;
  readonly #clauses = new Map<number, readonly MatchedClause[]>();

  constructor({ notice, titleMatches }: RankedNotice, terms: readonly WeightedQueryTerm[], intent: Intent) {
    this.#notice = notice;
    this.#inTitle = new Set(titleMatches);
    this.#matcher = new TermMatcher(terms, ({ weight }) => weight);
    this.#intent = intent;
  }

  /** Yields every run of clauses that begins in the given sentence and is short enough, the shorter first. */
  *passagesFrom(sentence: number): Generator<Passage> {
    const own = this.clausesOf(sentence);
    const previous = this.clausesOf(sentence - 1).slice(-MOST_CLAUSES);
    for (const [from, first] of own.slice(0, MOST_CLAUSES).entries()) {
      const before = [...previous, ...own.slice(0, from)];
      const clauses: MatchedClause[] = [];
      const following = this.#clausesFrom(sentence, from);
      let next = following.next().value ?? null;
      while (next !== null && clauses.length < MOST_CLAUSES) {
        const { start } = first.span;
        const end = next.span.end - (UNFINISHED.test(next.text) ? 1 : 0);
        if (end - start > ANSWER_LENGTH && clauses.length > 0) break;
        clauses.push(next);
        next = following.next().value ?? null;
        yield { before, clauses: [...clauses], next, span: { start, end: Math.min(end, start + ANSWER_LENGTH) } };
      }
    }
  }

  /** Returns the clauses of a sentence; none for an index without a sentence. */
  clausesOf(sentence: number): readonly MatchedClause[] {
    const known = this.#clauses.get(sentence);
    if (known !== undefined) return known;
    const exists = sentence >= 0 && sentence < this.#notice.sentences.length;
    const clauses = exists ? readClauses(this.#notice, sentence).map((clause) => this.#read(clause)) : [];
    this.#clauses.set(sentence, clauses);
    return clauses;
  }

  #read(clause: SentenceClause): MatchedClause {
    const termsBeyondTitle = this.#matcher.match(clause.text).filter((t) => !this.#inTitle.has(t));
    return { ...clause, termsBeyondTitle, surfaceScore: scoreSurface(this.#intent, clause.text) };
  }

  *#clausesFrom(sentence: number, clause: number): Generator<MatchedClause, null> {
    yield* this.clausesOf(sentence).slice(clause);
    for (let next = sentence + 1; next < sentence + MOST_SENTENCES; next++) yield* this.clausesOf(next);
    return null;
  }
}

/**
 * Returns the clauses of one sentence. Returns the sentence as one clause where folding changed its length: offsets in
 * the folded text are then no offsets in the body.
 */
function readClauses({ sentences, spans }: IndexedNotice, sentence: number): SentenceClause[] {
  const text = sentences[sentence] ?? '';
  const span = spans[sentence] ?? { start: 0, end: 0 };
  const found = text.length === span.end - span.start ? splitClauses(text) : [];
  if (found.length === 0) return [{ sentence, text, span, precededBy: 'start', endsSentence: true }];
  return found.map(({ start, end, precededBy }) => ({
    sentence,
    text: text.slice(start, end),
    span: { start: span.start + start, end: span.start + end },
    precededBy,
    endsSentence: end >= text.length,
  }));
}
