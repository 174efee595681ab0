import type { Answer, Candidate, NoticeRef, RefusalReason } from '../domain/answer.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { Question } from '../question/understand.js';
import { isOfOtherYear, rankOne, retrieve, type RankedNotice, type Ranking } from '../retrieval/retrieve.js';
import { openingOf, pickEvidence, type Evidence } from './evidence.js';
import { supportFeatures, supportOf, type SupportModel } from './support.js';

/** How many candidates every answer carries, as the contract of `ask --json` has it. */
const CANDIDATES = 10;
/** Titles fit a bare question equally when their scores differ by less than this share. */
const TIE = 0.1;
/** More to choose from than a phone shows at once would be no help. */
const MOST_EQUALS = 5;

/** Reads the cleaned body of a notice; null when it is no longer stored. */
export type BodyReader = (id: string) => Promise<string | null>;

/** Answers a question from the index, or refuses: `none` whenever the support is below the threshold. */
export async function answerQuestion(
  question: Question,
  loaded: LoadedIndex,
  support: SupportModel,
  bodyOf: BodyReader,
): Promise<Answer> {
  return decide(question, retrieve(question, loaded, CANDIDATES), support, bodyOf);
}

async function decide(
  question: Question,
  ranking: Ranking,
  support: SupportModel,
  bodyOf: BodyReader,
): Promise<Answer> {
  const candidates = ranking.notices.map(candidateOf);
  const best = ranking.notices[0];
  if (best === undefined) return refuse(question, 'unsupported', 0, candidates);
  // However well the words fit, another year's notice does not answer.
  if (isOfOtherYear(best.notice, question.years)) return refuse(question, 'unsupported', 0, candidates);
  const confidence = supportOf(supportFeatures(question, best, ranking), support);
  if (confidence < support.threshold) return refuse(question, 'unsupported', confidence, candidates);
  const equals = equalTitles(question, ranking);
  if (equals > 1) return { kind: 'choices', equals, intent: question.intent, confidence, candidates };
  return (
    (await answerFrom(question, best, ranking, confidence, candidates, bodyOf)) ??
    refuse(question, 'unsupported', confidence, candidates)
  );
}

/** What one given notice says to a question, by the same measure: a reader may choose a notice that does not answer. */
export async function answerWithin(
  question: Question,
  notice: IndexedNotice,
  loaded: LoadedIndex,
  support: SupportModel,
  bodyOf: BodyReader,
): Promise<Answer> {
  return decide(question, rankOne(question, notice, loaded), support, bodyOf);
}

export function refuse(
  question: Pick<Question, 'intent'>,
  reason: RefusalReason,
  confidence: number,
  candidates: readonly Candidate[],
): Answer {
  return { kind: 'none', intent: question.intent, reason, confidence, candidates };
}

async function answerFrom(
  question: Question,
  ranked: RankedNotice,
  ranking: Ranking,
  confidence: number,
  candidates: readonly Candidate[],
  bodyOf: BodyReader,
): Promise<Answer | null> {
  const body = await bodyOf(ranked.notice.id);
  if (body === null) return null;
  const evidence = evidenceFor(question, ranked, ranking);
  if (evidence === null) return null;
  return {
    kind: 'answer',
    intent: question.intent,
    answer: body.slice(evidence.answer.start, evidence.answer.end),
    quote: body.slice(evidence.quote.start, evidence.quote.end),
    confidence,
    notice: refOf(ranked.notice),
    candidates,
  };
}

/** Someone who looks for a notice wants its opening; everyone else the line that fits. */
function evidenceFor(question: Question, ranked: RankedNotice, ranking: Ranking): Evidence | null {
  const opening = openingOf(ranked.notice);
  if (question.intent === 'find') return opening;
  return pickEvidence(ranked, ranking.terms, question.intent) ?? opening;
}

/**
 * How many notices fit a question that names no more than their titles have, the
 * best included: which of them is meant is the reader's to say.
 */
function equalTitles(question: Question, { notices, terms }: Ranking): number {
  if (question.intent !== 'find' && question.intent !== 'fact') return 1;
  const enough = (notices[0]?.score ?? 0) * (1 - TIE);
  const other = notices.findIndex(({ score, titleMatches }) => score < enough || titleMatches.length < terms.length);
  return Math.min(MOST_EQUALS, other === -1 ? notices.length : other);
}

function candidateOf({ notice, score }: RankedNotice): Candidate {
  return { id: notice.id, title: notice.title, date: notice.date, score };
}

function refOf({ id, title, date, url }: IndexedNotice): NoticeRef {
  return { id, title, date, url };
}
