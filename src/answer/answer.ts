import type { Answer, Candidate, FoundAnswer, NoticeRef, RefusalReason } from '../domain/answer.js';
import { mentions, type IndexedNotice } from '../index/indexed-notice.js';
import type { Question } from '../question/understand.js';
import { rankAmong, retrieve, type RankedNotice, type Ranking } from '../retrieval/retrieve.js';
import { isMeant } from '../retrieval/which-notice.js';
import { computedFrom } from './computed.js';
import { preferEdition } from './editions.js';
import { looksLikeAnswer } from './looks-like.js';
import {
  lacksItsShape,
  passageProposal,
  proposalsFor,
  typedProposal,
  type Proposal,
  type ProposalContext,
} from './proposal.js';
import { supportFeatures, supportOf, type SupportFeatures, type SupportModel } from './support.js';
import { pickCell } from './typed/cell.js';
import { ownersOf, sourcesOf, typedAnswer } from './typed/find.js';

/** How many candidates every answer carries, as the contract of `ask --json` has it. */
const CANDIDATES = 10;
/** Titles fit a bare question equally when their scores (log odds) differ by less than this. */
const TIE = 0.7;
/** More to choose from than a phone shows at once would be no help. */
const MOST_EQUALS = 5;

/** Confidence where the chat, or a name, settles which notice is meant. */
const SPOKEN_OF = 0.9;
/** A notice that holds this much of the question is the right one, though it does not say what is asked. */
const ABOUT_IT = 0.6;

/** What answering needs besides the question. */
export interface AnswerContext extends ProposalContext {
  readonly support: SupportModel;
  readonly now: Date;
}

/**
 * Answers a question from the index, or refuses: `none` whenever the support is
 * below the threshold. `except` is the id of a notice that is not meant.
 */
export function answerQuestion(question: Question, context: AnswerContext, except?: string): Promise<Answer> {
  return decide(question, rankingFor(question, context, except), context);
}

/** The notices that a question may be about, best first; `except` is the id of one that is not meant. */
export function rankingFor(question: Question, { loaded }: Pick<AnswerContext, 'loaded'>, except?: string): Ranking {
  const named = namedIn(question, loaded.notices.values());
  const ranking = named === null ? retrieve(question, loaded, CANDIDATES) : rankAmong(question, named, loaded);
  const others = ranking.notices.filter(({ notice }) => notice.id !== except).slice(0, CANDIDATES);
  return { ...ranking, notices: preferEdition(others, question) };
}

/** A notice that ranks no further behind (scores are log odds) may be meant where the first is not. */
const NEAR = 2;

/**
 * However well the words fit, the notice of another year, batch or region does not
 * answer; one that fits nearly as well may. Null when none is meant.
 */
export function meantOf(question: Question, ranking: Ranking): Ranking | null {
  const [best] = ranking.notices;
  if (best === undefined) return null;
  if (isMeant(best, question)) return ranking;
  const notices = ranking.notices.filter((ranked) => isMeant(ranked, question));
  const [first] = notices;
  return first === undefined || first.score < best.score - NEAR ? null : { ...ranking, notices };
}

/** A question about a person is about the notices that name them, also where the name was typed by ear. */
function namedIn({ ask, people }: Question, notices: Iterable<IndexedNotice>): IndexedNotice[] | null {
  if (ask.kind !== 'contact' || people.length === 0) return null;
  return [...notices].filter((notice) => people.some((person) => notice.people.includes(person)));
}

/**
 * What one given notice says to a question, by the same measure: a reader may
 * choose a notice that does not answer. `prior` (log odds) is what speaks for
 * the notice besides the question's words.
 */
export function answerWithin(
  question: Question,
  notice: IndexedNotice,
  context: AnswerContext,
  prior = 0,
): Promise<Answer> {
  return decide(question, rankAmong(question, [notice], context.loaded), context, prior);
}

export function refuse(
  question: Pick<Question, 'intent'>,
  reason: RefusalReason,
  confidence: number,
  candidates: readonly Candidate[],
): Answer {
  return { kind: 'none', intent: question.intent, reason, confidence, candidates };
}

/** A chat already speaks of the notice: an aspect without words of its own needs no further support. */
export async function answerAspect(question: Question, notice: IndexedNotice, context: AnswerContext): Promise<Answer> {
  const ranking = rankAmong(question, [notice], context.loaded);
  const candidates = ranking.notices.map(candidateOf);
  const notStated = refuse(question, 'not-stated', SPOKEN_OF, candidates);
  const [best] = ranking.notices;
  const finding = await typedAnswer(question, ranking, context, true);
  if (finding?.kind === 'found') {
    return answerOf(question, typedProposal(question, finding, ranking, context), SPOKEN_OF, candidates, context);
  }
  const cell = finding === null && question.ask.kind !== 'passage' ? await answerCell(question, notice, context) : null;
  if (cell !== null) return cell;
  const body = (await context.read([notice.id]))[0]?.notice.body;
  if (finding?.kind === 'absent' || best === undefined || body === undefined || !mayAnswer(question, best)) {
    return notStated;
  }
  const proposal = passageProposal(question, best, body, ranking, context);
  if (proposal === null || lacksItsShape(proposal)) return notStated;
  return answerOf(question, proposal, SPOKEN_OF, candidates, context);
}

/** The cell of a table of the notice spoken of, where the question names a row; null when it names none. */
export async function answerCell(
  question: Question,
  notice: IndexedNotice,
  context: AnswerContext,
): Promise<FoundAnswer | null> {
  const ranking = rankAmong(question, [notice], context.loaded);
  const [source] = await sourcesOf(ranking.notices, question, ranking, context, true);
  const cell = source === undefined ? null : pickCell(source, context.tables);
  if (source === undefined || cell === null) return null;
  const told = typedProposal(question, { kind: 'found', source, answer: cell, also: [] }, ranking, context);
  const candidates = ranking.notices.map(candidateOf);
  return lacksItsShape(told) ? null : answerOf(question, told, SPOKEN_OF, candidates, context);
}

/** Whether the notice holds anything of the question, or a sentence that looks like an answer to it. */
function mayAnswer({ intent }: Question, { matches, notice }: RankedNotice): boolean {
  return (
    matches.some((found) => found.length > 0) ||
    notice.sentences.some((sentence) => looksLikeAnswer(intent, sentence) > 0)
  );
}

async function decide(question: Question, ranking: Ranking, context: AnswerContext, prior = 0): Promise<Answer> {
  const candidates = ranking.notices.map(candidateOf);
  if (question.ask.kind === 'owner') {
    const owners = await ownersOf(question.ask.digits, question, ranking, context);
    if (owners === null) return refuse(question, 'not-stated', 0, candidates);
    return answerOf(question, typedProposal(question, owners, ranking, context), 1, candidates, context);
  }
  const meant = meantOf(question, ranking);
  if (meant === null) return refuse(question, 'unsupported', 0, candidates);
  const proposals = await proposalsFor(question, meant, context);
  if (proposals === 'absent') return refuse(question, 'not-stated', 0, candidates);
  const chosen = bestSupported(question, proposals, meant, context.support, prior);
  if (chosen === null) return refuse(question, 'unsupported', 0, candidates);
  const { proposal, confidence, coverage, focus } = chosen;
  if (confidence < context.support.threshold) {
    return refuse(question, coverage < ABOUT_IT ? 'unsupported' : 'not-stated', confidence, candidates);
  }
  const isAnother = isOfSomeoneElse(question, proposal) || (focus === 0 && isOfAnotherEvent(question, proposal));
  if (isAnother) return refuse(question, 'not-stated', confidence, candidates);
  const equals = proposal.finding === null ? equalTitles(question, ranking) : 1;
  if (equals > 1) return { kind: 'choices', equals, intent: question.intent, confidence, candidates };
  return answerOf(question, proposal, confidence, candidates, context);
}

interface Supported {
  readonly proposal: Proposal;
  readonly confidence: number;
  /** Share of what is asked about that its notice holds. */
  readonly coverage: number;
  /** Share that it holds of what is asked beyond its title. */
  readonly focus: number;
}

/** The proposal that is likeliest right, with how likely. */
function bestSupported(
  question: Question,
  proposals: readonly Proposal[],
  ranking: Ranking,
  model: SupportModel,
  prior: number,
): Supported | null {
  let best: Supported | null = null;
  for (const proposal of proposals) {
    const features = supportFeatures(question, proposal, ranking);
    const bias = model.bias + (isSpokenOf(features) ? prior : 0);
    const confidence = Math.max(supportOf(features, { ...model, bias }), isByName(question, proposal) ? SPOKEN_OF : 0);
    const { coverage, focus } = features;
    if (best === null || confidence > best.confidence) best = { proposal, confidence, coverage, focus };
  }
  return best;
}

/** Nothing makes up for saying none of the question's words, or not the name or the number in it. */
function isSpokenOf({ coverage, nounMissing, numberMissing }: SupportFeatures): boolean {
  return coverage > 0 && nounMissing === 0 && numberMissing === 0;
}

/** The number or office of a person whom the question names. */
function isByName({ people }: Question, { finding }: Proposal): boolean {
  const fact = finding?.answer.fact;
  return fact?.kind === 'contact' && fact.persons.some((person) => people.includes(person));
}

/** The day of the exam for that of its results: the types of a question stand most telling first. */
function isOfAnotherEvent({ ask }: Question, { finding }: Proposal): boolean {
  if (ask.kind !== 'period' || ask.types[0] === undefined) return false;
  const fact = finding?.answer.fact;
  return !(fact?.kind === 'period' && fact.type === ask.types[0]);
}

/** Someone whom the notice does not name has no number there: 佘晚晴手机号, 佘晚晴的电话. */
function isOfSomeoneElse({ ask, named, people, asked, folded }: Question, { ranked }: Proposal): boolean {
  if (ask.kind !== 'contact' || people.length > 0) return false;
  const isOwner = (name: string): boolean =>
    asked.some((word) => folded.includes(`${name}${word}`) || folded.includes(`${name}的${word}`));
  return named.some((name) => isOwner(name) && !mentions(ranked.notice, name));
}

function answerOf(
  question: Question,
  { ranked, finding, words, quoted }: Proposal,
  confidence: number,
  candidates: readonly Candidate[],
  { now }: AnswerContext,
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
    computed: fact === null ? [] : computedFrom(fact, now),
    also: (finding?.also ?? []).map(({ answer, source }) => ({
      answer: answer.answer,
      notice: refOf(source.ranked.notice),
    })),
  };
}

/**
 * How many notices fit a question that names no more than their titles have, the
 * best included: which of them is meant is the reader's to say.
 */
function equalTitles(question: Question, { notices, terms }: Ranking): number {
  const [best] = notices;
  if (best === undefined || (question.intent !== 'find' && question.intent !== 'fact')) return 1;
  const enough = best.score - TIE;
  const other = notices.findIndex(({ score, titleMatches }) => score < enough || titleMatches.length < terms.length);
  const equals = Math.min(MOST_EQUALS, other === -1 ? notices.length : other);
  return notices.slice(1, equals).every(({ notice }) => isCopy(notice, best.notice)) ? 1 : equals;
}

/** Published again word for word: there is nothing to choose between. */
function isCopy(a: IndexedNotice, b: IndexedNotice): boolean {
  return (
    a.foldedTitle === b.foldedTitle &&
    a.sentences.length === b.sentences.length &&
    a.sentences.every((sentence, i) => sentence === b.sentences[i])
  );
}

function candidateOf({ notice, score }: RankedNotice): Candidate {
  return { id: notice.id, title: notice.title, date: notice.date, score };
}

function refOf({ id, title, date, url }: IndexedNotice): NoticeRef {
  return { id, title, date, url };
}
