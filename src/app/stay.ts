import type { Answer } from '../domain/answer.js';
import { answerQuestion, refuse } from '../answer/answer.js';
import { amends } from '../answer/editions.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { Question } from '../question/understand.js';
import { runTerms } from '../text/analyser.js';
import { answerSpokenOf, aspectSpokenOf, isShaped, notStated, unsaidIn, type Continuation } from './continuation.js';

/** A question more of whose subject than this the notice does not mention is about something else. */
const MOST_UNSAID = 0.6;
/** From this share of its title in the question, another notice is meant and not merely touched. */
const NAMED = 0.15;
/** From this confidence on another notice is meant that the question does not name. */
const SURE = 0.75;
/** Questions no longer than this leave out what they are about. */
export const ASIDE_LENGTH = 8;

/**
 * A question with a subject of its own stays with the notice spoken of, unless
 * another bears in its title what this one does not say at all: what a short
 * question leaves unsaid was said before, unless it begins anew (对了). Null when no notice is spoken of.
 */
export async function stay(
  spokenOf: IndexedNotice | undefined,
  question: Question,
  isAnew: boolean,
  deps: Continuation,
): Promise<Answer | null> {
  if (spokenOf === undefined) return null;
  const { context } = deps;
  const open = await answerQuestion(question, context);
  const elsewhere = open.kind === 'answer' ? context.loaded.notices.get(open.notice.id) : undefined;
  if (elsewhere === spokenOf) return open;
  if (elsewhere !== undefined && amends(elsewhere, spokenOf, context.amendments)) return open;
  const unsaid = unsaidIn(spokenOf, question, deps);
  const isNamed = elsewhere !== undefined && isNamedIn(elsewhere, question);
  if (isNamed && unsaid.some((term) => elsewhere.foldedTitle.includes(term))) return open;
  if (elsewhere !== undefined && isTitleOf(elsewhere, question) && !isTitleOf(spokenOf, question)) return open;
  const isBare = question.subject.size === 0;
  const here = await (isBare ? aspectSpokenOf(question, spokenOf, deps) : answerSpokenOf(question, spokenOf, deps));
  // Of what is asked barely, any number would be said: 面积多大 is not answered by a price.
  const isOfAnotherKind = isBare && question.ask.kind === 'quantity' && !isShaped(here, question, spokenOf, deps);
  if (here.kind === 'answer') return isOfAnotherKind ? notStated(question, spokenOf) : here;
  // 哪几所, of nothing: what was spoken of does not say it, and no other notice was named.
  if (isBare && !isAnew) return notStated(question, spokenOf);
  if (unsaid.length > question.subject.size * MOST_UNSAID) {
    // Few words that neither notice says and another barely touches: not said anywhere, rather than anything.
    const isTouched = elsewhere !== undefined && open.confidence < SURE;
    return !isAnew && isTouched && !isNamed ? refuse(question, 'unsupported', 0, open.candidates) : open;
  }
  return elsewhere === undefined || saysLess(elsewhere, unsaid, question, deps)
    ? refuse(question, 'not-stated', here.confidence, here.candidates)
    : open;
}

/** Whether another notice lacks a word of the question that the notice spoken of has. */
function saysLess(
  elsewhere: IndexedNotice,
  unsaid: readonly string[],
  question: Question,
  deps: Continuation,
): boolean {
  return unsaidIn(elsewhere, question, deps).some((term) => !unsaid.includes(term));
}

/** So many words (in pairs of characters) of a title name it, though a long notice may hold each of them somewhere. */
const TITLE_PAIRS = 3;

function isTitleOf({ foldedTitle }: IndexedNotice, { subject }: Question): boolean {
  return subject.size >= TITLE_PAIRS && isAllIn(foldedTitle, subject);
}

function isAllIn(foldedTitle: string, terms: ReadonlySet<string>): boolean {
  return [...terms].every((term) => foldedTitle.includes(term));
}

/** Whether a question names a notice: by enough of its title, or by nothing but words of its title. */
function isNamedIn({ foldedTitle }: IndexedNotice, { folded, subject }: Question): boolean {
  if (subject.size > 0 && isAllIn(foldedTitle, subject)) return true;
  const pairs = runTerms(foldedTitle);
  return pairs.length > 0 && pairs.filter((pair) => folded.includes(pair)).length / pairs.length >= NAMED;
}
