import type { Span } from '../domain/fact.js';
import type { Question } from '../question/understand.js';
import type { RankedNotice, Ranking } from '../retrieval/retrieve.js';
import { isMeant, speaksOfOtherYear } from '../retrieval/which-notice.js';
import type { StoredNotice } from '../store/notice-store.js';
import { fold } from '../text/fold.js';
import { openingOf, pickEvidence, SALUTATION, type Evidence } from './evidence.js';
import { amends, type AmendmentWords } from './editions.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import { shapeOf, type Shape } from './shapes.js';
import { pickCell, type TableReading } from './typed/cell.js';
import { sourcesOf, typedAnswer, type TypedFinding } from './typed/find.js';

export type TypedFound = Extract<TypedFinding, { kind: 'found' }>;

/** What making a proposal needs besides the question. */
export interface ProposalContext {
  readonly loaded: LoadedIndex;
  readonly amendments: AmendmentWords;
  /** Stored notices by id; those no longer stored are left out. */
  readonly read: (ids: readonly string[]) => Promise<readonly StoredNotice[]>;
  readonly tables: TableReading;
  /** Names of people in a text. */
  readonly peopleIn: (text: string) => readonly string[];
}

/** The best answer that the notices have to offer, before anyone has judged whether it is one. */
export interface Proposal {
  readonly ranked: RankedNotice;
  /** The typed fact that it is made of; null for a passage. */
  readonly finding: TypedFound | null;
  /** The words that would be said; '' for a fact that stands in the title alone. */
  readonly words: string;
  /** Its literal proof: words of the body, or the title where that proves it. */
  readonly quoted: string;
  /** The sentences that prove it, with what heads them. Empty where the title alone does. */
  readonly proof: { readonly from: number; readonly to: number } | null;
  readonly shape: Shape | null;
}

/** Candidates this near the best (scores are log odds) may hold the line that answers. */
const NEAR = 1.5;
const MOST_NOTICES = 3;

/**
 * What there is to say: the typed fact that was asked for, and the passage that
 * fits best of each notice that is meant and near the best. `absent`: the notices
 * that fit state no fact of the kind that can only be one (a number, a file).
 */
export async function proposalsFor(
  question: Question,
  ranking: Ranking,
  context: ProposalContext,
): Promise<Proposal[] | 'absent'> {
  const finding = await typedAnswer(question, ranking, context);
  if (finding?.kind === 'absent') return 'absent';
  const typed = finding === null ? [] : [typedProposal(question, finding, ranking, context)];
  const isSaid = (one: Proposal | null): one is Proposal =>
    one !== null && !lacksItsShape(one) && !speaksOfOtherYear(one.ranked.notice, one.proof, question.years);
  if (isAFact(question) && finding !== null) return typed.filter(isSaid);
  const top = ranking.notices[0]?.score ?? 0;
  const near = ranking.notices
    .slice(0, MOST_NOTICES)
    .filter((ranked) => ranked.score >= top - NEAR && isMeant(ranked, question));
  const sources = await sourcesOf(near, question, ranking, context);
  const others = sources.flatMap((source) => {
    const cell = pickCell(source, context.tables);
    const told: TypedFound | null = cell === null ? null : { kind: 'found', source, answer: cell, also: [] };
    return [
      told === null ? null : typedProposal(question, told, ranking, context),
      passageProposal(question, source.ranked, source.stored.notice.body, ranking, context),
    ];
  });
  const said = [...typed, ...others].filter(isSaid);
  // An amended cell of another kind (a day, where a sum was asked for) amends nothing of this.
  const amending = said
    .filter((one) => one.finding?.answer.isAmended === true && hasShape(one)?.inProof !== false)
    .map(({ ranked }) => ranked.notice);
  return said.filter(({ ranked }) => !amending.some((notice) => amends(notice, ranked.notice, context.amendments)));
}

/** A number, a file: it is known as a fact, or no line says it. */
function isAFact({ ask }: Question): boolean {
  return ask.kind === 'contact' || ask.kind === 'attachment' || ask.kind === 'document-number';
}

/** What words that answer must hold is nowhere near these. */
export function lacksItsShape(proposal: Proposal): boolean {
  return proposal.finding === null && proposal.shape?.isSure === true && hasShape(proposal)?.inProof === false;
}

export function typedProposal(
  question: Question,
  finding: TypedFound,
  { terms }: Ranking,
  { peopleIn }: Pick<ProposalContext, 'peopleIn'>,
): Proposal {
  const { source, answer } = finding;
  const { ranked } = source;
  const { notice } = source.stored;
  return {
    ranked,
    finding,
    words: answer.answer,
    quoted: answer.quote === null ? notice.title : notice.body.slice(answer.quote.start, answer.quote.end),
    proof: answer.quote === null ? null : sentencesOver(ranked, answer.quote),
    shape: shapeOf(question, ranked.notice, terms, peopleIn),
  };
}

/** The passage that fits best: someone who looks for a notice wants its opening, everyone else the line that fits. */
export function passageProposal(
  question: Question,
  ranked: RankedNotice,
  body: string,
  { terms }: Ranking,
  { peopleIn }: Pick<ProposalContext, 'peopleIn'>,
): Proposal | null {
  const shape = shapeOf(question, ranked.notice, terms, peopleIn);
  const opening = openingOf(ranked.notice);
  const evidence = question.intent === 'find' ? opening : (evidenceIn(question, ranked, terms, shape) ?? opening);
  if (evidence === null || SALUTATION.test(body.slice(evidence.answer.start, evidence.answer.end))) return null;
  return {
    ranked,
    finding: null,
    words: body.slice(evidence.answer.start, evidence.answer.end),
    quoted: body.slice(evidence.quote.start, evidence.quote.end),
    proof: sentencesOver(ranked, evidence.answer),
    shape,
  };
}

/**
 * Picked before for the same reading of the question, by notice. Picking is most of
 * the work of an answer, and readers ask alike of what is new. A notice that was
 * indexed anew is another one, and what no longer lives is forgotten.
 */
const picked = new WeakMap<Question, WeakMap<IndexedNotice, Evidence | null>>();

function evidenceIn(
  question: Question,
  ranked: RankedNotice,
  terms: Ranking['terms'],
  shape: Shape | null,
): Evidence | null {
  const known = picked.get(question) ?? new WeakMap<IndexedNotice, Evidence | null>();
  picked.set(question, known);
  let evidence = known.get(ranked.notice);
  if (evidence === undefined) {
    evidence = pickEvidence(ranked, terms, question, shape);
    if (evidence !== null && shape?.isSure === true && !shape.isTelling && !holdsShape(ranked, evidence, shape)) {
      evidence = pickEvidence(ranked, terms, question, { ...shape, isTelling: true });
    }
    known.set(ranked.notice, evidence);
  }
  return evidence;
}

function holdsShape(ranked: RankedNotice, { answer }: Evidence, shape: Shape): boolean {
  const proof = sentencesOver(ranked, answer);
  return proof === null || ranked.notice.sentences.slice(proof.from, proof.to + 1).some(shape.holds);
}

/** A sentence before the proof that is no longer than this heads it. */
const HEADING_LENGTH = 25;

function sentencesOver({ notice }: RankedNotice, { start, end }: Span): { from: number; to: number } | null {
  const { spans, sentences } = notice;
  const first = spans.findIndex((span) => span.end > start);
  if (first === -1) return null;
  let to = first;
  while (to + 1 < spans.length && (spans[to + 1]?.start ?? end) < end) to++;
  const isHeaded = first > 0 && (sentences[first - 1]?.length ?? Infinity) < HEADING_LENGTH;
  return { from: isHeaded ? first - 1 : first, to };
}

/** Whether the proposal has the shape that the question wants; null where it wants none. */
export function hasShape({ shape, words, proof, ranked }: Proposal): { inWords: boolean; inProof: boolean } | null {
  if (shape === null) return null;
  const inWords = shape.holds(fold(words));
  const inProof =
    inWords || (proof !== null && ranked.notice.sentences.slice(proof.from, proof.to + 1).some(shape.holds));
  return { inWords, inProof };
}
