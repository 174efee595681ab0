import type { Answer, Candidate, FoundAnswer, NoticeRef, RefusalReason } from '../domain/answer.js';
import { mentions, type IndexedNotice } from '../index/indexed-notice.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { Question } from '../question/understand.js';
import {
  isOfOtherOrdinal,
  isOfOtherPart,
  isOfOtherRegion,
  isOfOtherYear,
  rankAmong,
  retrieve,
  type RankedNotice,
  type Ranking,
} from '../retrieval/retrieve.js';
import type { StoredNotice } from '../store/notice-store.js';
import { computedFrom } from './computed.js';
import { preferEdition, type AmendmentWords } from './editions.js';
import { openingOf, pickEvidence, type Evidence } from './evidence.js';
import { looksLikeAnswer } from './looks-like.js';
import { supportFeatures, supportOf, type SupportModel } from './support.js';
import { ownersOf, typedAnswer, type TypedFinding } from './typed/find.js';

/** How many candidates every answer carries, as the contract of `ask --json` has it. */
const CANDIDATES = 10;
/** Titles fit a bare question equally when their scores (log odds) differ by less than this. */
const TIE = 0.7;
/** More to choose from than a phone shows at once would be no help. */
const MOST_EQUALS = 5;

/** Confidence where the chat, or a name, settles which notice is meant. */
const SPOKEN_OF = 0.9;
/** A typed fact that fits this well leaves only so much of the doubt about its notice. */
const TELLING_FIT = 1;
const TELLING_DOUBT = 0.7;

/** What answering needs besides the question. */
export interface AnswerContext {
  readonly loaded: LoadedIndex;
  readonly support: SupportModel;
  readonly amendments: AmendmentWords;
  /** Stored notices by id; those no longer stored are left out. */
  readonly read: (ids: readonly string[]) => Promise<readonly StoredNotice[]>;
  readonly now: Date;
}

/**
 * Answers a question from the index, or refuses: `none` whenever the support is
 * below the threshold. `except` is the id of a notice that is not meant.
 */
export function answerQuestion(question: Question, context: AnswerContext, except?: string): Promise<Answer> {
  const ranking = naming(question, context.loaded) ?? retrieve(question, context.loaded, CANDIDATES);
  const notices = except === undefined ? ranking.notices : ranking.notices.filter(({ notice }) => notice.id !== except);
  return decide(question, { ...ranking, notices: preferEdition(notices, question) }, context);
}

/** A question about a person is about the notices that name them, also where the name was typed by ear. */
function naming(question: Question, loaded: LoadedIndex): Ranking | null {
  if (question.ask.kind !== 'contact' || question.people.length === 0) return null;
  const notices = [...loaded.notices.values()].filter(({ people }) =>
    question.people.some((person) => people.includes(person)),
  );
  const ranking = rankAmong(question, notices, loaded);
  return { ...ranking, notices: ranking.notices.slice(0, CANDIDATES) };
}

/** What one given notice says to a question, by the same measure: a reader may choose a notice that does not answer. */
export function answerWithin(question: Question, notice: IndexedNotice, context: AnswerContext): Promise<Answer> {
  return decide(question, rankAmong(question, [notice], context.loaded), context);
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
  const finding = await typedAnswer(question, ranking, context, true);
  if (finding?.kind === 'found') return found(question, finding, SPOKEN_OF, candidates, context);
  const best = ranking.notices[0];
  const shaped =
    best !== undefined &&
    (best.matches.some((matches) => matches.length > 0) ||
      best.notice.sentences.some((sentence) => looksLikeAnswer(question.intent, sentence) > 0));
  if (finding?.kind === 'absent' || best === undefined || !shaped) {
    return refuse(question, 'not-stated', SPOKEN_OF, candidates);
  }
  const answer = await passage(question, best, ranking, SPOKEN_OF, candidates, context);
  const says = answer !== null && hasWhatIsAsked(question, answer.answer);
  return says ? answer : refuse(question, 'not-stated', SPOKEN_OF, candidates);
}

async function decide(question: Question, ranking: Ranking, context: AnswerContext): Promise<Answer> {
  const candidates = ranking.notices.map(candidateOf);
  const best = ranking.notices[0];
  if (best === undefined) return refuse(question, 'unsupported', 0, candidates);
  if (question.ask.kind === 'owner') {
    const owners = await ownersOf(question.ask.digits, question, ranking, context);
    return owners === null
      ? refuse(question, 'not-stated', 0, candidates)
      : found(question, owners, 1, candidates, context);
  }
  // However well the words fit, the notice of another year, batch or region does not answer.
  const isOther =
    isOfOtherYear(best.notice, question.years) ||
    isOfOtherOrdinal(best.notice, question.ordinals) ||
    isOfOtherPart(question, best.notice) ||
    isOfOtherRegion(best);
  if (isOther) return refuse(question, 'unsupported', 0, candidates);

  const finding = await typedAnswer(question, ranking, context);
  const answered = finding?.kind === 'found' ? finding.source.ranked : best;
  const confidence = confidenceIn(question, answered, ranking, finding, context.support);
  if (confidence < context.support.threshold) return refuse(question, 'unsupported', confidence, candidates);
  const isAbsent = finding?.kind === 'absent' || lacksWhatIsAsked(question, answered, ranking, finding);
  if (isAbsent) return refuse(question, 'not-stated', confidence, candidates);
  if (finding?.kind === 'found') return found(question, finding, confidence, candidates, context);

  const equals = equalTitles(question, ranking);
  if (equals > 1) return { kind: 'choices', equals, intent: question.intent, confidence, candidates };
  const answer = await passage(question, best, ranking, confidence, candidates, context);
  if (answer === null) return refuse(question, 'unsupported', confidence, candidates);
  return hasWhatIsAsked(question, answer.answer) ? answer : refuse(question, 'not-stated', confidence, candidates);
}

/** What words that answer must hold: others are about something else. Null when nothing tells. */
function wantedShape({ ask, folded }: Question): RegExp | null {
  if (ask.kind === 'period' && ask.ofDay) return HOUR;
  if (ask.kind === 'period') return DAY_ASKED.test(folded) ? DAY : null;
  if (ask.kind === 'duration') return LASTS;
  return ask.kind === 'quantity' && ask.units.includes('元') ? MONEY : null;
}

function hasWhatIsAsked(question: Question, words: string): boolean {
  return wantedShape(question)?.test(words) ?? true;
}

const HOUR = /[0-9]{1,2}[:：][0-9]{2}|[0-9一二三四五六七八九十][点时]|全天|另行通知|闭馆|休馆|停诊|停业|不开放|关闭/;
const LASTS =
  /[0-9一二两三四五六七八九十半]个?(?:分钟|小时|天|日|周|月|年|学时|课时|工作日|秒|节|学期|学年)|长期|永久|全年/;
const DAY_ASKED = /几号|哪天|哪一天|几月/;
const DAY =
  /[0-9一二三四五六七八九十][月日号]|(?:星期|周)[一二三四五六日天]|[0-9]{1,2}[./-][0-9]{1,2}|即日|今[天日]|当[天日]|次日|月底|年底|月初|[上中下]旬/;
const MONEY = /元|块|免费|费用|收费|不收|自费|自理|万|亿|￥|¥/;

/**
 * A time or a number is asked of something that the notice's title does not
 * say, the notice says nothing of it, and what was found is of another kind:
 * the date of the results, where only the exam is announced.
 */
function lacksWhatIsAsked(
  question: Question,
  ranked: RankedNotice,
  ranking: Ranking,
  finding: TypedFinding | null,
): boolean {
  const { ask } = question;
  // Someone whom the notice does not name has no number there.
  if (
    ask.kind === 'contact' &&
    question.named.some((name) => ownsWhatIsAsked(question, name) && !mentions(ranked.notice, name))
  ) {
    return question.people.length === 0;
  }
  if (supportFeatures(question, ranked, ranking).focus > 0) return false;
  if (ask.kind === 'quantity' && finding?.kind === 'found') return false;
  if (ask.kind === 'duration' || question.intent === 'number') return true;
  if (ask.kind !== 'period') return false;
  const fact = finding?.kind === 'found' ? finding.answer.fact : null;
  // The types stand most telling first: 考试 beside 成绩 only names the notice.
  return ask.types[0] !== undefined && !(fact?.kind === 'period' && fact.type === ask.types[0]);
}

/** 佘晚晴手机号, 佘晚晴的电话. */
function ownsWhatIsAsked({ folded, asked }: Question, name: string): boolean {
  return asked.some((word) => folded.includes(`${name}${word}`) || folded.includes(`${name}的${word}`));
}

/** A typed fact that fits well speaks for its notice, a person found by name most of all. */
function confidenceIn(
  question: Question,
  ranked: RankedNotice,
  ranking: Ranking,
  finding: TypedFinding | null,
  support: SupportModel,
): number {
  const values = supportFeatures(question, ranked, ranking);
  const confidence = supportOf(values, support);
  if (finding?.kind !== 'found') return confidence;
  const { fact, fit } = finding.answer;
  if (fact?.kind === 'contact' && fact.persons.some((person) => question.people.includes(person))) {
    return Math.max(confidence, SPOKEN_OF);
  }
  return fit >= TELLING_FIT ? 1 - (1 - confidence) * TELLING_DOUBT : confidence;
}

/** An answer made of a typed fact. */
function found(
  question: Question,
  finding: Extract<TypedFinding, { kind: 'found' }>,
  confidence: number,
  candidates: readonly Candidate[],
  { now }: AnswerContext,
): FoundAnswer {
  const { source, answer, also } = finding;
  const { body, title } = source.stored.notice;
  return {
    kind: 'answer',
    intent: question.intent,
    answer: answer.answer,
    quote: answer.quote === null ? title : body.slice(answer.quote.start, answer.quote.end),
    confidence,
    notice: refOf(source.ranked.notice),
    candidates,
    computed: answer.fact === null ? [] : computedFrom(answer.fact, now),
    also: also.map((other) => ({ answer: other.answer.answer, notice: refOf(other.source.ranked.notice) })),
  };
}

/** An answer made of the passage that fits best. */
async function passage(
  question: Question,
  ranked: RankedNotice,
  ranking: Ranking,
  confidence: number,
  candidates: readonly Candidate[],
  { read }: AnswerContext,
): Promise<FoundAnswer | null> {
  const body = (await read([ranked.notice.id]))[0]?.notice.body;
  const evidence = evidenceFor(question, ranked, ranking);
  if (body === undefined || evidence === null) return null;
  return {
    kind: 'answer',
    intent: question.intent,
    answer: body.slice(evidence.answer.start, evidence.answer.end),
    quote: body.slice(evidence.quote.start, evidence.quote.end),
    confidence,
    notice: refOf(ranked.notice),
    candidates,
    computed: [],
    also: [],
  };
}

/** Someone who looks for a notice wants its opening; everyone else the line that fits. */
function evidenceFor(question: Question, ranked: RankedNotice, ranking: Ranking): Evidence | null {
  const opening = openingOf(ranked.notice);
  if (question.intent === 'find') return opening;
  return pickEvidence(ranked, ranking.terms, question.intent, wantedShape(question)) ?? opening;
}

/**
 * How many notices fit a question that names no more than their titles have, the
 * best included: which of them is meant is the reader's to say.
 */
function equalTitles(question: Question, { notices, terms }: Ranking): number {
  if (question.intent !== 'find' && question.intent !== 'fact') return 1;
  const enough = (notices[0]?.score ?? 0) - TIE;
  const other = notices.findIndex(({ score, titleMatches }) => score < enough || titleMatches.length < terms.length);
  return Math.min(MOST_EQUALS, other === -1 ? notices.length : other);
}

function candidateOf({ notice, score }: RankedNotice): Candidate {
  return { id: notice.id, title: notice.title, date: notice.date, score };
}

function refOf({ id, title, date, url }: IndexedNotice): NoticeRef {
  return { id, title, date, url };
}
