import type { Answer, NoticeCandidate, FoundAnswer, NoticeRef, NullAnswerReason } from '../../domain/answer.js';
import { containsText, type IndexedNotice } from '../../index/indexed-notice.js';
import type { Query } from '../query/parse-query.js';
import { rankGiven, retrieve, type RankedNotice, type Ranking, type RetrievalContext } from '../retrieval/retrieve.js';
import { satisfiesConstraints } from '../retrieval/constraints.js';
import { computeNotes } from './computed-notes.js';
import { preferEdition } from '../candidates/editions.js';
import { scoreSurface } from '../candidates/surface-patterns.js';
import {
  lacksAnswerShape,
  passageCandidate,
  findCandidates,
  factCandidate,
  type AnswerCandidate,
  type CandidateDependencies,
} from '../candidates/answer-candidate.js';
import {
  confidenceFeatures,
  confidenceOf,
  type ConfidenceFeatures,
  type ConfidenceModel,
} from '../scoring/confidence.js';
import { pickCell } from '../candidates/typed/table-cell.js';
import { ownersOf, readSearchedNotices, typedAnswer } from '../candidates/typed/find-typed-answer.js';

/** Upper bound on the candidates of an answer, part of the contract of `ask --json`. */
const CANDIDATES = 10;
/** Notices tie for a question that names only their titles when their scores (log odds) differ by less than this. */
const TIE_MARGIN = 0.7;
/** Upper bound on the notices offered as a choice: more than a phone shows at once would not help. */
const MOST_EQUALS = 5;

/** Confidence where the conversation, or the name of a person, fixes which notice is meant. */
const FIXED_NOTICE_CONFIDENCE = 0.9;
/** Least coverage at which a notice counts as the right one: a refusal is then `not-stated`, not `unsupported`. */
const MIN_TOPIC_COVERAGE = 0.6;

/** Dependencies of the answer pipeline. */
export interface AnswerDependencies extends CandidateDependencies {
  readonly support: ConfidenceModel;
  readonly now: Date;
}

/**
 * Answers a question from the index. Returns `none` when the confidence is below the threshold. `except` is the id of a
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

/** Upper bound, in log odds, on how far behind the best notice the first that satisfies the constraints may rank. */
const MAX_SCORE_GAP = 2;

/**
 * Applies the question's constraints (year, batch, region …), however well the words match. Returns the ranking as it
 * is when its best notice satisfies them, else the notices that do; null when none of these ranks within `MAX_SCORE_GAP` of the
 * best.
 */
export function applyConstraints(question: Query, ranking: Ranking): Ranking | null {
  const [best] = ranking.notices;
  if (best === undefined) return null;
  if (satisfiesConstraints(best, question)) return ranking;
  const notices = ranking.notices.filter((ranked) => satisfiesConstraints(ranked, question));
  const [first] = notices;
  return first === undefined || first.score < best.score - MAX_SCORE_GAP ? null : { ...ranking, notices };
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
  confidence: number,
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
  const notStated = refuse(question, 'not-stated', FIXED_NOTICE_CONFIDENCE, candidates);
  const [best] = ranking.notices;
  const finding = await typedAnswer(question, ranking, context, true);
  if (finding?.kind === 'found') {
    return toFoundAnswer(
      question,
      factCandidate(question, finding, ranking, context),
      FIXED_NOTICE_CONFIDENCE,
      candidates,
      context,
    );
  }
  const cell = finding === null && question.ask.kind !== 'passage' ? await answerCell(question, notice, context) : null;
  if (cell !== null) return cell;
  const body = (await context.read([notice.id]))[0]?.notice.body;
  if (finding?.kind === 'absent' || best === undefined || body === undefined || !mayAnswer(question, best)) {
    return notStated;
  }
  const proposal = passageCandidate(question, best, body, ranking, context);
  if (proposal === null || lacksAnswerShape(proposal)) return notStated;
  return toFoundAnswer(question, proposal, FIXED_NOTICE_CONFIDENCE, candidates, context);
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
  return lacksAnswerShape(told) ? null : toFoundAnswer(question, told, FIXED_NOTICE_CONFIDENCE, candidates, context);
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
    if (owners === null) return refuse(question, 'not-stated', 0, candidates);
    return toFoundAnswer(question, factCandidate(question, owners, ranking, context), 1, candidates, context);
  }
  const meant = applyConstraints(question, ranking);
  if (meant === null) return refuse(question, 'unsupported', 0, candidates);
  const proposals = await findCandidates(question, meant, context);
  if (proposals === 'absent') return refuse(question, 'not-stated', 0, candidates);
  const chosen = selectCandidate(question, proposals, meant, context.support, prior);
  if (chosen === null) return refuse(question, 'unsupported', 0, candidates);
  const { candidate: proposal, confidence, coverage, focus } = chosen;
  if (confidence < context.support.threshold) {
    return refuse(question, coverage < MIN_TOPIC_COVERAGE ? 'unsupported' : 'not-stated', confidence, candidates);
  }
  const isAnother = asksForUnknownPerson(question, proposal) || (focus === 0 && isOfAnotherEvent(question, proposal));
  if (isAnother) return refuse(question, 'not-stated', confidence, candidates);
  const equals = proposal.finding === null ? equalTitles(question, ranking) : 1;
  if (equals > 1) return { kind: 'choices', tiedCount: equals, intent: question.intent, confidence, candidates };
  return toFoundAnswer(question, proposal, confidence, candidates, context);
}

interface ScoredCandidate {
  readonly candidate: AnswerCandidate;
  readonly confidence: number;
  /** Share (0 … 1) of the subject's weight that the notice holds. */
  readonly coverage: number;
  /** The same for the terms that the title does not hold. */
  readonly focus: number;
}

/** Returns the candidate with the highest confidence; null without candidates. */
function selectCandidate(
  question: Query,
  proposals: readonly AnswerCandidate[],
  ranking: Ranking,
  model: ConfidenceModel,
  prior: number,
): ScoredCandidate | null {
  let best: ScoredCandidate | null = null;
  for (const proposal of proposals) {
    const features = confidenceFeatures(question, proposal, ranking);
    const bias = model.bias + (acceptsPrior(features) ? prior : 0);
    const confidence = Math.max(
      confidenceOf(features, { ...model, bias }),
      isByName(question, proposal) ? FIXED_NOTICE_CONFIDENCE : 0,
    );
    const { coverage, focus } = features;
    if (best === null || confidence > best.confidence) best = { candidate: proposal, confidence, coverage, focus };
  }
  return best;
}

/** A candidate that matches no content word of the question, or misses its noun or its number, gets no prior. */
function acceptsPrior({ coverage, nounMissing, numberMissing }: ConfidenceFeatures): boolean {
  return coverage > 0 && nounMissing === 0 && numberMissing === 0;
}

/** Returns whether the candidate is a contact of a person whom the question names. */
function isByName({ people }: Query, { finding }: AnswerCandidate): boolean {
  const fact = finding?.answer.fact;
  return fact?.kind === 'contact' && fact.persons.some((person) => people.includes(person));
}

/**
 * Returns whether the candidate is no period of the type asked for first (the most specific one): the day of an exam is
 * not the day of its results.
 */
function isOfAnotherEvent({ ask }: Query, { finding }: AnswerCandidate): boolean {
  if (ask.kind !== 'period' || ask.types[0] === undefined) return false;
  const fact = finding?.answer.fact;
  return !(fact?.kind === 'period' && fact.type === ask.types[0]);
}

/** Returns whether the contact of a person whom the notice does not name is asked for: 佘晚晴手机号, 佘晚晴的电话. */
function asksForUnknownPerson(
  { ask, named, people, factKindWords: asked, folded }: Query,
  { ranked }: AnswerCandidate,
): boolean {
  if (ask.kind !== 'contact' || people.length > 0) return false;
  const isOwner = (name: string): boolean =>
    asked.some((word) => folded.includes(`${name}${word}`) || folded.includes(`${name}的${word}`));
  return named.some((name) => isOwner(name) && !containsText(ranked.notice, name));
}

function toFoundAnswer(
  question: Query,
  { ranked, finding, text: words, quote: quoted }: AnswerCandidate,
  confidence: number,
  candidates: readonly NoticeCandidate[],
  { now }: AnswerDependencies,
): FoundAnswer {
  const fact = finding?.answer.fact ?? null;
  return {
    kind: 'answer',
    intent: question.intent,
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
