import type { Span } from '../../domain/fact.js';
import type { Query } from '../query/parse-query.js';
import type { RankedNotice, Ranking, RetrievalContext } from '../retrieval/retrieve.js';
import type { StoredNotice } from '../../store/notice-store.js';
import { fold } from '../../text/fold.js';
import { openingOf, selectPassage, SALUTATION, type SelectedPassage } from './select-passage.js';
import type { AmendmentWords } from './editions.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import { shapeOf, type AnswerShape } from './answer-shape.js';
import type { PassageModel } from './passage-model.js';
import type { TableReading } from './typed/table-cell.js';
import type { TypedFinding } from './typed/find-typed-answer.js';

export type TypedFound = Extract<TypedFinding, { kind: 'found' }>;

/** Dependencies of the answer candidates. */
export interface CandidateDependencies extends RetrievalContext {
  readonly passageModel: PassageModel;
  readonly amendments: AmendmentWords;
  /** Reads stored notices by id; those no longer stored are left out. */
  readonly read: (ids: readonly string[]) => Promise<readonly StoredNotice[]>;
  readonly tables: TableReading;
  /** Finds names of people in a text. */
  readonly peopleIn: (text: string) => readonly string[];
}

/** Answer candidate of a notice, before its confidence is known. */
export interface AnswerCandidate {
  readonly ranked: RankedNotice;
  /** The typed fact that it is made of; null for a passage. */
  readonly finding: TypedFound | null;
  /** Text of the answer; '' for a fact that stands in the title alone. */
  readonly text: string;
  /** Literal quote of the body that proves it, or the title where that does. */
  readonly quote: string;
  /** Indexes (inclusive) of the sentences that prove it, with their heading. Null where only the title does. */
  readonly proofSentences: { readonly from: number; readonly to: number } | null;
  readonly shape: AnswerShape | null;
}

/** Returns whether a passage and its proof lack the shape that an answer must have. */
export function lacksAnswerShape(proposal: AnswerCandidate): boolean {
  return proposal.finding === null && proposal.shape?.isRequired === true && matchShape(proposal)?.inProof === false;
}

export function factCandidate(
  question: Query,
  finding: TypedFound,
  { terms }: Ranking,
  { peopleIn }: Pick<CandidateDependencies, 'peopleIn'>,
): AnswerCandidate {
  const { source, answer } = finding;
  const { ranked } = source;
  const { notice } = source.stored;
  return {
    ranked,
    finding,
    text: answer.answer,
    quote: answer.quote === null ? notice.title : notice.body.slice(answer.quote.start, answer.quote.end),
    proofSentences: answer.quote === null ? null : sentencesOver(ranked, answer.quote),
    shape: shapeOf(question, ranked.notice, terms, peopleIn),
  };
}

/** Returns the best passage of a notice as a candidate, for intent `find` its opening. Null for a salutation. */
export function passageCandidate(
  question: Query,
  ranked: RankedNotice,
  body: string,
  { terms }: Ranking,
  { peopleIn, passageModel }: Pick<CandidateDependencies, 'peopleIn' | 'passageModel'>,
): AnswerCandidate | null {
  const shape = shapeOf(question, ranked.notice, terms, peopleIn);
  const opening = openingOf(ranked.notice);
  const evidence =
    question.intent === 'find' ? opening : (evidenceIn(question, ranked, terms, shape, passageModel) ?? opening);
  if (evidence === null || SALUTATION.test(body.slice(evidence.answer.start, evidence.answer.end))) return null;
  return {
    ranked,
    finding: null,
    text: body.slice(evidence.answer.start, evidence.answer.end),
    quote: body.slice(evidence.quote.start, evidence.quote.end),
    proofSentences: sentencesOver(ranked, evidence.answer),
    shape,
  };
}

/**
 * Selected passages by question and notice: selection is most of the work of an answer, and readers ask the same about
 * new notices. A notice that was indexed again is another key; entries die with their keys.
 */
const picked = new WeakMap<Query, WeakMap<IndexedNotice, SelectedPassage | null>>();

function evidenceIn(
  question: Query,
  ranked: RankedNotice,
  terms: Ranking['terms'],
  shape: AnswerShape | null,
  model: PassageModel,
): SelectedPassage | null {
  const known = picked.get(question) ?? new WeakMap<IndexedNotice, SelectedPassage | null>();
  picked.set(question, known);
  let evidence = known.get(ranked.notice);
  if (evidence === undefined) {
    evidence = selectPassage(ranked, terms, question, shape, model);
    if (evidence !== null && shape?.isRequired === true && !shape.isPreferred && !holdsShape(ranked, evidence, shape)) {
      evidence = selectPassage(ranked, terms, question, { ...shape, isPreferred: true }, model);
    }
    known.set(ranked.notice, evidence);
  }
  return evidence;
}

function holdsShape(ranked: RankedNotice, { answer }: SelectedPassage, shape: AnswerShape): boolean {
  const proof = sentencesOver(ranked, answer);
  return proof === null || ranked.notice.sentences.slice(proof.from, proof.to + 1).some(shape.matches);
}

/** Exclusive upper bound, in UTF-16 units, on a sentence before the proof that counts as its heading. */
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

/** Returns whether the candidate has the shape that the question wants. Null where it wants none. */
function matchShape({
  shape,
  text: words,
  proofSentences: proof,
  ranked,
}: AnswerCandidate): { inWords: boolean; inProof: boolean } | null {
  if (shape === null) return null;
  const inWords = shape.matches(fold(words));
  const inProof =
    inWords || (proof !== null && ranked.notice.sentences.slice(proof.from, proof.to + 1).some(shape.matches));
  return { inWords, inProof };
}
