import type { Answer } from '../../domain/answer.js';
import { answerAspect, answerFromNotice, refuse, type AnswerDependencies } from '../compose/answer-query.js';
import { amends } from '../candidates/editions.js';
import { givesAmountIn, shapeOf } from '../candidates/answer-shape.js';
import { fold } from '../../text/fold.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { FollowUpRules } from './conversation-cues.js';
import type { Query } from '../query/parse-query.js';
import { rankGiven } from '../retrieval/retrieve.js';

/** Dependencies of answering a follow-up. */
export interface Continuation {
  readonly context: AnswerDependencies;
  readonly rules: FollowUpRules;
  readonly read: (text: string) => Query;
}

/** Prior, in log odds, that a question is about the chat's current notice: about two and a half times as likely. */
const SPOKEN_OF_PRIOR = 0.9;

/** Answers a question with words of its own from the current notice, or one that it amends or that amends it. */
export function answerFromCurrentNotice(
  question: Query,
  spokenOf: IndexedNotice,
  { context }: Continuation,
): Promise<Answer> {
  return fromItOrAmended(spokenOf, context, (notice) => answerFromNotice(question, notice, context, SPOKEN_OF_PRIOR));
}

/** Answers a question that only names an aspect (那电话呢) from the same notices. */
export function answerAspectFromCurrentNotice(
  question: Query,
  spokenOf: IndexedNotice,
  { context }: Continuation,
): Promise<Answer> {
  return fromItOrAmended(spokenOf, context, (notice) => answerAspect(question, notice, context));
}

/** Answers from the notice, else from one that it amends or that amends it; else returns the notice's own refusal. */
async function fromItOrAmended(
  notice: IndexedNotice,
  context: AnswerDependencies,
  answer: (notice: IndexedNotice) => Promise<Answer>,
): Promise<Answer> {
  const own = await answer(notice);
  if (own.kind === 'answer') return own;
  for (const other of listAmendments(notice, context)) {
    const there = await answer(other);
    if (there.kind === 'answer') return there;
  }
  return own;
}

/** Returns the notices that amend the given one and those that it amends, newest first. */
export function listAmendments(notice: IndexedNotice, { loaded, amendments }: AnswerDependencies): IndexedNotice[] {
  return [...loaded.notices.values()]
    .filter((other) => amends(other, notice, amendments) || amends(notice, other, amendments))
    .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
}

/** Returns the terms of the question's subject that match nothing in the notice. */
export function findUnmatchedTerms(notice: IndexedNotice, question: Query, { context }: Continuation): string[] {
  const { notices, terms } = rankGiven(question, [notice], context);
  const said = new Set(notices.flatMap(({ matches, titleMatches }) => [...titleMatches, ...matches.flat()]));
  return terms.flatMap(({ term }, t) => (question.subject.has(term) && !said.has(t) ? [term] : []));
}

/** Returns whether an answer has the shape of the answer type asked for: an area is not a price. */
export function hasAnswerShape(
  answer: Answer,
  question: Query,
  notice: IndexedNotice,
  { context }: Continuation,
): boolean {
  if (answer.kind !== 'answer') return false;
  const { ask } = question;
  // An amount from the current notice must also be in one of the units asked for.
  if (ask.kind === 'quantity' && ask.units.length > 0 && !givesAmountIn(fold(answer.answer), ask.units)) return false;
  return shapeOf(question, notice, [], context.peopleIn)?.matches(fold(answer.answer)) ?? true;
}

/** Returns the refusal that the given notice does not state the answer. */
export function refuseNotStated(asked: Pick<Query, 'intent'>, { id, title, date }: IndexedNotice): Answer {
  return refuse(asked, 'not-stated', null, [{ id, title, date, score: 0 }]);
}

export function findNotice(id: string | null, { context }: Continuation): IndexedNotice | undefined {
  return id === null ? undefined : context.loaded.notices.get(id);
}
