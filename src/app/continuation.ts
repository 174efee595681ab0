import type { Answer } from '../domain/answer.js';
import { answerAspect, answerWithin, refuse, type AnswerContext } from '../answer/answer.js';
import { amends } from '../answer/editions.js';
import { givesAmountIn, shapeOf } from '../answer/shapes.js';
import { fold } from '../text/fold.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { FollowUpRules } from '../question/follow-up.js';
import type { Question } from '../question/understand.js';
import { rankAmong } from '../retrieval/retrieve.js';

/** Dependencies of answering a follow-up. */
export interface Continuation {
  readonly context: AnswerContext;
  readonly rules: FollowUpRules;
  readonly read: (text: string) => Question;
}

/** Prior, in log odds, that a question is about the chat's current notice: about two and a half times as likely. */
const SPOKEN_OF_PRIOR = 0.9;

/** Answers a question with words of its own from the current notice, or one that it amends or that amends it. */
export function answerSpokenOf(
  question: Question,
  spokenOf: IndexedNotice,
  { context }: Continuation,
): Promise<Answer> {
  return fromItOrAmended(spokenOf, context, (notice) => answerWithin(question, notice, context, SPOKEN_OF_PRIOR));
}

/** Answers a question that only names an aspect (那电话呢) from the same notices. */
export function aspectSpokenOf(
  question: Question,
  spokenOf: IndexedNotice,
  { context }: Continuation,
): Promise<Answer> {
  return fromItOrAmended(spokenOf, context, (notice) => answerAspect(question, notice, context));
}

/** Answers from the notice, else from one that it amends or that amends it; else returns the notice's own refusal. */
async function fromItOrAmended(
  notice: IndexedNotice,
  context: AnswerContext,
  answer: (notice: IndexedNotice) => Promise<Answer>,
): Promise<Answer> {
  const own = await answer(notice);
  if (own.kind === 'answer') return own;
  for (const other of amendedWith(notice, context)) {
    const there = await answer(other);
    if (there.kind === 'answer') return there;
  }
  return own;
}

/** Returns the notices that amend the given one and those that it amends, newest first. */
export function amendedWith(notice: IndexedNotice, { loaded, amendments }: AnswerContext): IndexedNotice[] {
  return [...loaded.notices.values()]
    .filter((other) => amends(other, notice, amendments) || amends(notice, other, amendments))
    .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
}

/** Returns the terms of the question's subject that match nothing in the notice. */
export function unsaidIn(notice: IndexedNotice, question: Question, { context }: Continuation): string[] {
  const { notices, terms } = rankAmong(question, [notice], context.loaded);
  const said = new Set(notices.flatMap(({ matches, titleMatches }) => [...titleMatches, ...matches.flat()]));
  return terms.flatMap(({ term }, t) => (question.subject.has(term) && !said.has(t) ? [term] : []));
}

/** Returns whether an answer has the shape of the answer type asked for: an area is not a price. */
export function isShaped(
  answer: Answer,
  question: Question,
  notice: IndexedNotice,
  { context }: Continuation,
): boolean {
  if (answer.kind !== 'answer') return false;
  const { ask } = question;
  // An amount from the current notice must also be in one of the units asked for.
  if (ask.kind === 'quantity' && ask.units.length > 0 && !givesAmountIn(fold(answer.answer), ask.units)) return false;
  return shapeOf(question, notice, [], context.peopleIn)?.holds(fold(answer.answer)) ?? true;
}

/** Returns the refusal that the given notice does not state the answer. */
export function notStated(asked: Pick<Question, 'intent'>, { id, title, date }: IndexedNotice): Answer {
  return refuse(asked, 'not-stated', 0, [{ id, title, date, score: 0 }]);
}

export function noticeOf(id: string | null, { context }: Continuation): IndexedNotice | undefined {
  return id === null ? undefined : context.loaded.notices.get(id);
}
