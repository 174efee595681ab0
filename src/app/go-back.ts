import type { Answer } from '../domain/answer.js';
import { answerAspect, refuse } from '../answer/answer.js';
import type { IndexedNotice } from '../index/indexed-notice.js';
import type { Question } from '../question/understand.js';
import { runTerms } from '../text/analyser.js';
import { without } from '../text/longest-first.js';
import { answerSpokenOf, noticeOf, unsaidIn, type Continuation } from './continuation.js';
import type { Memory } from './conversation.js';
import { aspectsOf } from './swap.js';

/**
 * Answers from a notice spoken of before; refuses when that does not say it.
 * Null when none of those remembered is meant.
 */
export async function goBack(
  memory: Memory,
  to: 'named' | 'previous' | 'first',
  question: Question,
  deps: Continuation,
): Promise<Answer | null> {
  const notice = to === 'named' ? namedAmong(memory, question, deps) : noticeOf(placeOf(memory, to), deps);
  if (notice === undefined) return null;
  const inTitle = [...question.subject].every((term) => notice.foldedTitle.includes(term));
  // 刚才那个图书馆呢: what was asked last, there.
  const asked = /呢[?!。]?$/.test(question.folded) && inTitle ? withLast(memory, question, deps) : question;
  const isBare = inTitle && asked.ask.kind !== 'passage';
  const answer = isBare ? await answerAspect(asked, notice, deps.context) : await answerSpokenOf(asked, notice, deps);
  return answer.kind === 'answer' ? answer : refuse(asked, 'not-stated', answer.confidence, answer.candidates);
}

function placeOf({ last, spokenOf, previous }: Memory, to: 'previous' | 'first'): string | null {
  return to === 'first' ? (spokenOf[0] ?? null) : (previous ?? last?.noticeId ?? null);
}

function withLast({ last }: Memory, question: Question, deps: Continuation): Question {
  return deps.read(`${question.folded} ${last === null ? '' : aspectsOf(last.question, deps)}`);
}

/** A pair of the title's in the question counts more than a character or what the body says. */
const PAIR_WEIGHT = 2;

/** The remembered notice that has most of the question's words, above all in its title; of equals the one spoken of now. */
function namedAmong({ last, spokenOf }: Memory, question: Question, deps: Continuation): IndexedNotice | undefined {
  let best: IndexedNotice | undefined;
  let most = 0;
  const topic = topicOf(question, deps);
  const now = last?.noticeId ?? null;
  for (const id of [...spokenOf.filter((one) => one !== now), now]) {
    const notice = noticeOf(id, deps);
    if (notice === undefined) continue;
    const { foldedTitle } = notice;
    const pairs = runTerms(topic).filter((pair) => foldedTitle.includes(pair)).length;
    const characters = [...new Set(topic)].filter((c) => /\p{L}/u.test(c) && foldedTitle.includes(c)).length;
    const said = question.subject.size - unsaidIn(notice, question, deps).length;
    const weight = PAIR_WEIGHT * pairs + characters + said;
    if (weight > 0 && weight >= most) {
      best = notice;
      most = weight;
    }
  }
  return best;
}

/** The question without what it asks for and without words that name nothing. */
function topicOf({ folded, asked }: Question, { rules }: Continuation): string {
  return without(folded, [...asked, ...rules.aspects, ...rules.particles]);
}
