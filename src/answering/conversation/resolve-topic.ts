import type { Answer } from '../../domain/answer.js';
import { answerQuestion, refuse } from '../compose/answer-query.js';
import { amends } from '../candidates/editions.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { Query } from '../query/parse-query.js';
import { bigramTerms } from '../../text/tokenizer.js';
import {
  answerFromCurrentNotice,
  answerAspectFromCurrentNotice,
  hasAnswerShape,
  refuseNotStated,
  findUnmatchedTerms,
  type Continuation,
} from './follow-up-context.js';

/** Largest share of subject terms that the current notice may lack; above it, the question is about another. */
const MOST_UNSAID = 0.6;
/** Least share of a title's pairs in the question at which the question names that notice. */
const NAMED = 0.15;
/** Least confidence at which another notice is meant that the question does not name. */
const SURE = 0.75;
/** Upper bound, in UTF-16 units, on a question that leaves out its subject. */
export const ASIDE_LENGTH = 8;

/**
 * Answers a question with a subject of its own from the current notice, unless another has a term in its title that
 * this one lacks: a short question takes its missing subject from earlier turns, unless it begins anew (对了). Returns
 * null without a current notice.
 */
export async function resolveTopic(
  spokenOf: IndexedNotice | undefined,
  question: Query,
  isAnew: boolean,
  deps: Continuation,
): Promise<Answer | null> {
  if (spokenOf === undefined) return null;
  const { context } = deps;
  const open = await answerQuestion(question, context);
  const elsewhere = open.kind === 'answer' ? context.loaded.notices.get(open.notice.id) : undefined;
  if (elsewhere === spokenOf) return open;
  if (elsewhere !== undefined && amends(elsewhere, spokenOf, context.amendments)) return open;
  const unsaid = findUnmatchedTerms(spokenOf, question, deps);
  const isNamed = elsewhere !== undefined && isNamedIn(elsewhere, question);
  if (isNamed && unsaid.some((term) => elsewhere.foldedTitle.includes(term))) return open;
  if (elsewhere !== undefined && isTitleOf(elsewhere, question) && !isTitleOf(spokenOf, question)) return open;
  const isBare = question.subject.size === 0;
  const here = await (isBare
    ? answerAspectFromCurrentNotice(question, spokenOf, deps)
    : answerFromCurrentNotice(question, spokenOf, deps));
  // Without a subject, any number would match: 面积多大 is not answered by a price.
  const isOfAnotherKind = isBare && question.ask.kind === 'quantity' && !hasAnswerShape(here, question, spokenOf, deps);
  if (here.kind === 'answer') return isOfAnotherKind ? refuseNotStated(question, spokenOf) : here;
  // 哪几所 without a subject: the current notice does not state it, and no other notice was named.
  if (isBare && !isAnew) return refuseNotStated(question, spokenOf);
  if (unsaid.length > question.subject.size * MOST_UNSAID) {
    // Neither notice holds the words, and the other matches weakly: refuse rather than answer anything.
    const isTouched = elsewhere !== undefined && (open.confidence ?? 1) < SURE;
    return !isAnew && isTouched && !isNamed ? refuse(question, 'unsupported', null, open.candidates) : open;
  }
  return elsewhere === undefined || saysLess(elsewhere, unsaid, question, deps)
    ? refuse(question, 'not-stated', here.confidence, here.candidates)
    : open;
}

/** Returns whether another notice lacks a term of the question that the current notice has. */
function saysLess(elsewhere: IndexedNotice, unsaid: readonly string[], question: Query, deps: Continuation): boolean {
  return findUnmatchedTerms(elsewhere, question, deps).some((term) => !unsaid.includes(term));
}

/** Least number of subject terms, all in a title, that name its notice; a long body may hold each of them anyway. */
const TITLE_PAIRS = 3;

function isTitleOf({ foldedTitle }: IndexedNotice, { subject }: Query): boolean {
  return subject.size >= TITLE_PAIRS && isAllIn(foldedTitle, subject);
}

function isAllIn(foldedTitle: string, terms: ReadonlySet<string>): boolean {
  return [...terms].every((term) => foldedTitle.includes(term));
}

/** Returns whether a question names a notice: by enough of its title, or by nothing but words of its title. */
function isNamedIn({ foldedTitle }: IndexedNotice, { folded, subject }: Query): boolean {
  if (subject.size > 0 && isAllIn(foldedTitle, subject)) return true;
  const pairs = bigramTerms(foldedTitle);
  return pairs.length > 0 && pairs.filter((pair) => folded.includes(pair)).length / pairs.length >= NAMED;
}
