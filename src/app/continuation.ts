import type { Answer } from '../domain/answer.js';
import { answerAspect, answerWithin, refuse, type AnswerContext } from '../answer/answer.js';
import { amends } from '../answer/editions.js';
import { givesAmountIn, shapeOf } from '../answer/shapes.js';
import { fold } from '../text/fold.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { FollowUpRules } from '../question/follow-up.js';
import type { Question } from '../question/understand.js';
import { rankAmong } from '../retrieval/retrieve.js';

/** What going on from an earlier turn needs besides the turn and the question. */
export interface Continuation {
  readonly context: AnswerContext;
  readonly rules: FollowUpRules;
  readonly read: (text: string) => Question;
}

/**
 * Log odds: a chat that speaks of a notice makes it so much likelier that the
 * next question is about it, too. Two and a half times.
 */
const SPOKEN_OF_PRIOR = 0.9;

/** What the notice spoken of says to a question with words of its own. */
export function answerSpokenOf(
  question: Question,
  spokenOf: IndexedNotice,
  { context }: Continuation,
): Promise<Answer> {
  return fromItOrAmended(spokenOf, context, (notice) => answerWithin(question, notice, context, SPOKEN_OF_PRIOR));
}

/** What it says of a side that is asked for barely. */
export function aspectSpokenOf(
  question: Question,
  spokenOf: IndexedNotice,
  { context }: Continuation,
): Promise<Answer> {
  return fromItOrAmended(spokenOf, context, (notice) => answerAspect(question, notice, context));
}

/** From the notice, or else from the one that it amends or that amends it. */
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

/** The notices that change the given one, and those that it changes; the newest first. */
export function amendedWith(notice: IndexedNotice, { loaded, amendments }: AnswerContext): IndexedNotice[] {
  return [...loaded.notices.values()]
    .filter((other) => amends(other, notice, amendments) || amends(notice, other, amendments))
    .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
}

/** Terms of the question's subject that the notice says in no words. */
export function unsaidIn(notice: IndexedNotice, question: Question, { context }: Continuation): string[] {
  const { notices, terms } = rankAmong(question, [notice], context.loaded);
  const said = new Set(notices.flatMap(({ matches, titleMatches }) => [...titleMatches, ...matches.flat()]));
  return terms.flatMap(({ term }, t) => (question.subject.has(term) && !said.has(t) ? [term] : []));
}

/** Whether the words of an answer look like what the question wants: an area is no price. */
export function isShaped(
  answer: Answer,
  question: Question,
  notice: IndexedNotice,
  { context }: Continuation,
): boolean {
  if (answer.kind !== 'answer') return false;
  const { ask } = question;
  // Any number would do to tell how many of what nobody else has; of the notice spoken of it must be of these.
  if (ask.kind === 'quantity' && ask.units.length > 0 && !givesAmountIn(fold(answer.answer), ask.units)) return false;
  return shapeOf(question, notice, [], context.peopleIn)?.holds(fold(answer.answer)) ?? true;
}

/** The notice spoken of does not say it. */
export function notStated(asked: Pick<Question, 'intent'>, { id, title, date }: IndexedNotice): Answer {
  return refuse(asked, 'not-stated', 0, [{ id, title, date, score: 0 }]);
}

export function noticeOf(id: string | null, { context }: Continuation): IndexedNotice | undefined {
  return id === null ? undefined : context.loaded.notices.get(id);
}
