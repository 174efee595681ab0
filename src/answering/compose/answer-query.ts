import type { Answer, NoticeCandidate, FoundAnswer, NoticeRef, NullAnswerReason } from '../../domain/answer.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { Query } from '../query/parse-query.js';
import { rankGiven, retrieve, type RankedNotice, type Ranking, type RetrievalContext } from '../retrieval/retrieve.js';
import { computeNotes } from './computed-notes.js';
import { amends, dropOtherEditions, preferEdition } from '../candidates/editions.js';
import { scoreSurface } from '../candidates/surface-patterns.js';
import {
  lacksAnswerShape,
  passageCandidate,
  factCandidate,
  type AnswerCandidate,
  type CandidateDependencies,
} from '../candidates/answer-candidate.js';
import { findUnitCandidates, gain, MOST_NOTICES } from '../candidates/unit-candidates.js';
import { AlignedQuestion, type Knowledge } from '../candidates/alignment.js';
import { unitFeatures } from '../scoring/unit-features.js';
import { findRegions, type AnswerRegion, type UnitScorer } from '../scoring/unit-scorer.js';
import type { Analyser } from '../../text/analyser.js';
import { composeUnitAnswer, missingWords, type UnitAnswer } from './unit-answer.js';
import { pickCell } from '../candidates/typed/table-cell.js';
import { ownersOf, readSearchedNotices, typedAnswer } from '../candidates/typed/find-typed-answer.js';

/** Upper bound on the candidates of an answer, part of the contract of `ask --json`. */
const CANDIDATES = 10;
/** Notices tie for a question that names only their titles when their scores (log odds) differ by less than this. */
const TIE_MARGIN = 0.7;
/** Upper bound on the notices offered as a choice: more than a phone shows at once would not help. */
const MOST_EQUALS = 5;

/** Least confidence (0 … 1) at which an answer is said as a fact. */
const SURE = 0.62;
/** The same where the notice lacks a noun of the question. */
const SURE_DESPITE_MISSING = 0.9;
/** Least confidence at which the nearest line is shown at all, and the least share of the question that it must hold. */
export const LEAST = 0.03;
const LEAST_HELD = 0.2;
/** Least probability of a further place, relative to the first, at which an unsure answer shows it too. */
const NEAR_SHARE = 0.06;
/** Upper bound on the further places of an unsure answer. */
const MOST_NEAR = 2;
/** Least coverage at which a notice counts as the right one: a refusal is then `not-stated`, not `unsupported`. */
const MIN_TOPIC_COVERAGE = 0.6;

/** Dependencies of the answer pipeline. */
export interface AnswerDependencies extends CandidateDependencies {
  readonly knowledge: Knowledge;
  readonly scorer: UnitScorer;
  readonly analyser: Analyser;
  /** Least confidence (0 … 1) at which an answer is given; below it, the question is refused. */
  readonly least: number;
  readonly now: Date;
}

/**
 * Answers a question from the index. Returns `none` when the confidence is below `least`. `except` is the id of a
 * notice to leave out.
 */
export function answerQuestion(question: Query, context: AnswerDependencies, except?: string): Promise<Answer> {
  return decide(question, rankingFor(question, context, except), context);
}

/** Ranks the notices that a question may be about, best first, without the notice whose id is `except`. */
export function rankingFor(question: Query, context: RetrievalContext, except?: string): Ranking {
  const named = namedIn(question, context.loaded.notices.values());
  const ranking = named === null ? retrieve(question, context, CANDIDATES) : rankGiven(question, named, context);
  const others = ranking.notices.filter(({ notice }) => notice.id !== except).slice(0, CANDIDATES);
  return { ...ranking, notices: preferEdition(others, question) };
}

/** Returns the notices that name a person whose contact is asked for; null for other questions. */
function namedIn({ ask, people }: Query, notices: Iterable<IndexedNotice>): IndexedNotice[] | null {
  if (ask.kind !== 'contact' || people.length === 0) return null;
  return [...notices].filter((notice) => people.some((person) => notice.people.includes(person)));
}

/**
 * Answers a question from one given notice, with the same threshold: a reader may choose a notice that does not answer.
 * `prior` (log odds) is the evidence for the notice from outside the question.
 */
export function answerFromNotice(
  question: Query,
  notice: IndexedNotice,
  context: AnswerDependencies,
  prior = 0,
): Promise<Answer> {
  return decide(question, rankGiven(question, [notice], context), context, prior);
}

export function refuse(
  question: Pick<Query, 'intent'>,
  reason: NullAnswerReason,
  confidence: number | null,
  candidates: readonly NoticeCandidate[],
): Answer {
  return { kind: 'none', intent: question.intent, reason, confidence, candidates };
}

/** Answers a follow-up without a subject (那电话呢) from the notice of the conversation, at any confidence. */
export async function answerAspect(
  question: Query,
  notice: IndexedNotice,
  context: AnswerDependencies,
): Promise<Answer> {
  const ranking = rankGiven(question, [notice], context);
  const candidates = ranking.notices.map(candidateOf);
  const notStated = refuse(question, 'not-stated', null, candidates);
  const [best] = ranking.notices;
  const finding = await typedAnswer(question, ranking, context, true);
  if (finding?.kind === 'found') {
    return toFoundAnswer(question, factCandidate(question, finding, ranking, context), null, candidates, context);
  }
  const cell = finding === null && question.ask.kind !== 'passage' ? await answerCell(question, notice, context) : null;
  if (cell !== null) return cell;
  const body = (await context.read([notice.id]))[0]?.notice.body;
  if (finding?.kind === 'absent' || best === undefined || body === undefined || !mayAnswer(question, best)) {
    return notStated;
  }
  const proposal = passageCandidate(question, best, body, ranking, context);
  if (proposal === null || lacksAnswerShape(proposal)) return notStated;
  return toFoundAnswer(question, proposal, null, candidates, context);
}

/** Answers from a table of the notice of the conversation. Null when the question names no row of a table. */
export async function answerCell(
  question: Query,
  notice: IndexedNotice,
  context: AnswerDependencies,
): Promise<FoundAnswer | null> {
  const ranking = rankGiven(question, [notice], context);
  const [source] = await readSearchedNotices(ranking.notices, question, ranking, context, true);
  const cell = source === undefined ? null : pickCell(source, context.tables);
  if (source === undefined || cell === null) return null;
  const told = factCandidate(question, { kind: 'found', source, answer: cell, also: [] }, ranking, context);
  const candidates = ranking.notices.map(candidateOf);
  return lacksAnswerShape(told) ? null : toFoundAnswer(question, told, null, candidates, context);
}

/** Returns whether the notice holds a term of the question, or a sentence that looks like an answer to it. */
function mayAnswer({ intent }: Query, { matches, notice }: RankedNotice): boolean {
  return (
    matches.some((found) => found.length > 0) || notice.sentences.some((sentence) => scoreSurface(intent, sentence) > 0)
  );
}

async function decide(question: Query, ranking: Ranking, context: AnswerDependencies, prior = 0): Promise<Answer> {
  const candidates = ranking.notices.map(candidateOf);
  if (question.ask.kind === 'owner') {
    const owners = await ownersOf(question.ask.digits, question, ranking, context);
    if (owners === null) return refuse(question, 'not-stated', null, candidates);
    return toFoundAnswer(question, factCandidate(question, owners, ranking, context), null, candidates, context);
  }
  const meant = { ...ranking, notices: withoutCopies(dropOtherEditions(ranking.notices, question)) };
  const { aligned, regions } = await scoreUnits(question, meant, context, prior);
  const [first, ...others] = regions;
  if (first === undefined) return refuse(question, 'unsupported', null, candidates);
  const confidence = context.scorer.calibrate(first.probability);
  const { notice } = first.best;
  const held = gain(aligned, notice.whole, aligned.nothing);
  const reason = held < MIN_TOPIC_COVERAGE ? 'unsupported' : 'not-stated';
  if (confidence < context.least || held < LEAST_HELD) return refuse(question, reason, confidence, candidates);
  const equals = equalTitles(question, ranking);
  if (equals > 1) return { kind: 'choices', tiedCount: equals, intent: question.intent, confidence: null, candidates };
  const missing = missingWords(aligned, notice);
  // What the notice does not mention is named; only an answer beyond doubt is said all the same.
  const sure = confidence >= (missing.length === 0 ? SURE : SURE_DESPITE_MISSING);
  const file = question.ask.kind === 'attachment' ? await attachmentOf(question, notice.ranked, context) : null;
  const { answer, quote, fact } = file ?? composeUnitAnswer(aligned, first);
  const near = sure ? [] : others.filter(({ probability }) => probability >= first.probability * NEAR_SHARE);
  return {
    kind: 'answer',
    intent: question.intent,
    sure,
    missing,
    answer,
    quote,
    confidence,
    notice: refOf(notice.ranked.notice),
    candidates,
    computed: fact === null || !sure ? [] : computeNotes(fact, context.now),
    also: near.slice(0, MOST_NEAR).map((region) => ({
      answer: composeUnitAnswer(aligned, region).answer,
      notice: refOf(region.best.notice.ranked.notice),
    })),
  };
}

/** Aligns the question with every unit of the best notices and scores them. Likeliest region first. */
async function scoreUnits(
  question: Query,
  ranking: Ranking,
  context: AnswerDependencies,
  prior: number,
): Promise<{ readonly aligned: AlignedQuestion; readonly regions: readonly AnswerRegion[] }> {
  const { knowledge, analyser, loaded, scorer, tables } = context;
  const aligned = new AlignedQuestion(question, knowledge, analyser, loaded.index);
  const stored = await context.read(ranking.notices.slice(0, MOST_NOTICES).map(({ notice }) => notice.id));
  const units = findUnitCandidates(aligned, ranking, stored, tables.tablesIn);
  const vectors = unitFeatures(question, aligned, ranking, units);
  const regions = findRegions(units, scorer.probabilities(vectors, prior));
  return { aligned, regions: preferAmendment(regions, aligned, context) };
}

/** Least probability of a place in an amendment, relative to what it amends, at which it holds instead. */
const AMENDMENT_SHARE = 0.1;

/** Moves a place of the notice that amends the likeliest one to the front, if it states a value of the kind asked for. */
function preferAmendment(
  regions: readonly AnswerRegion[],
  { requested }: AlignedQuestion,
  { amendments }: AnswerDependencies,
): readonly AnswerRegion[] {
  const [first, ...others] = regions;
  if (first === undefined) return regions;
  const amended = first.best.notice.ranked.notice;
  const isMeant = ({ best, probability }: AnswerRegion): boolean =>
    probability >= first.probability * AMENDMENT_SHARE &&
    (requested.values === 0 || (requested.values & best.unit.values) !== 0) &&
    amends(best.notice.ranked.notice, amended, amendments);
  const holding = others.find(isMeant);
  if (holding === undefined) return regions;
  const probability = holding.probability + first.probability;
  return [{ ...holding, probability }, ...others.filter((region) => region !== holding)];
}

/** Returns the attachment that is asked for, from the list of a notice's files; null where it has none. */
async function attachmentOf(
  question: Query,
  { notice }: RankedNotice,
  context: AnswerDependencies,
): Promise<UnitAnswer | null> {
  const ranking = rankGiven(question, [notice], context);
  const finding = await typedAnswer(question, ranking, context);
  if (finding?.kind !== 'found') return null;
  const { text, quote } = factCandidate(question, finding, ranking, context);
  return { answer: text, quote, fact: null };
}

function toFoundAnswer(
  question: Query,
  { ranked, finding, text: words, quote: quoted }: AnswerCandidate,
  confidence: number | null,
  candidates: readonly NoticeCandidate[],
  { now }: AnswerDependencies,
): FoundAnswer {
  const fact = finding?.answer.fact ?? null;
  return {
    kind: 'answer',
    intent: question.intent,
    sure: true,
    missing: [],
    answer: words,
    quote: quoted,
    confidence,
    notice: refOf(ranked.notice),
    candidates,
    computed: fact === null ? [] : computeNotes(fact, now),
    also: (finding?.also ?? []).map(({ answer, source }) => ({
      answer: answer.answer,
      notice: refOf(source.ranked.notice),
    })),
  };
}

/**
 * Counts the notices, the best included, that tie with the best and whose titles hold every term of the question, so
 * that the reader has to choose. Returns 1 for intents other than `find` and `fact`, and for copies of one notice.
 */
function equalTitles(question: Query, { notices, terms }: Ranking): number {
  const [best] = notices;
  if (best === undefined || (question.intent !== 'find' && question.intent !== 'fact')) return 1;
  const enough = best.score - TIE_MARGIN;
  const other = notices.findIndex(({ score, titleMatches }) => score < enough || titleMatches.length < terms.length);
  const equals = Math.min(MOST_EQUALS, other === -1 ? notices.length : other);
  return notices.slice(1, equals).every(({ notice }) => isCopy(notice, best.notice)) ? 1 : equals;
}

/** Keeps the first of notices with the same title and text: the newest, as they are ranked. */
function withoutCopies(ranked: readonly RankedNotice[]): RankedNotice[] {
  return ranked.filter(({ notice }, i) => !ranked.slice(0, i).some((other) => isCopy(notice, other.notice)));
}

/** Returns whether two notices have the same title and text, as when one was published again. */
function isCopy(a: IndexedNotice, b: IndexedNotice): boolean {
  return (
    a.foldedTitle === b.foldedTitle &&
    a.sentences.length === b.sentences.length &&
    a.sentences.every((sentence, i) => sentence === b.sentences[i])
  );
}

function candidateOf({ notice, score }: RankedNotice): NoticeCandidate {
  return { id: notice.id, title: notice.title, date: notice.date, score };
}

function refOf({ id, title, date, url }: IndexedNotice): NoticeRef {
  return { id, title, date, url };
}
