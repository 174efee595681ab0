import type { Answer } from '../../domain/answer.js';
import { answerAspect, refuse } from '../compose/answer-query.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { Query } from '../query/parse-query.js';
import { bigramTerms } from '../../text/tokenizer.js';
import { blankOutWords } from '../../text/word-list.js';
import { answerFromCurrentNotice, findNotice, findUnmatchedTerms, type Continuation } from './follow-up-context.js';
import type { ConversationState } from './conversation.js';
import { extractAspects } from './replace-slot.js';

/**
 * Answers from an earlier notice of the conversation; refuses when that does not state it. Returns null when the
 * question refers to none of those remembered.
 */
export async function recallTopic(
  memory: ConversationState,
  to: 'named' | 'previous' | 'first',
  question: Query,
  deps: Continuation,
): Promise<Answer | null> {
  const notice = to === 'named' ? namedAmong(memory, question, deps) : findNotice(placeOf(memory, to), deps);
  if (notice === undefined) return null;
  const inTitle = [...question.subject].every((term) => notice.foldedTitle.includes(term));
  // 刚才那个图书馆呢 asks for the last question's aspects there.
  const asked = /呢[?!。]?$/.test(question.folded) && inTitle ? withLast(memory, question, deps) : question;
  const isBare = inTitle && asked.ask.kind !== 'passage';
  const answer = isBare
    ? await answerAspect(asked, notice, deps.context)
    : await answerFromCurrentNotice(asked, notice, deps);
  return answer.kind === 'answer' ? answer : refuse(asked, 'not-stated', answer.confidence, answer.candidates);
}

function placeOf(
  { last, recentNoticeIds, previousNoticeId }: ConversationState,
  to: 'previous' | 'first',
): string | null {
  return to === 'first' ? (recentNoticeIds[0] ?? null) : (previousNoticeId ?? last?.noticeId ?? null);
}

function withLast({ last }: ConversationState, question: Query, deps: Continuation): Query {
  return deps.read(`${question.folded} ${last === null ? '' : extractAspects(last.question, deps)}`);
}

/** Weight of a character pair shared with the title; a shared character, and a term that the notice holds, weigh 1. */
const PAIR_WEIGHT = 2;

/** Returns the remembered notice most like the question, above all in its title; of equals, the current one. */
function namedAmong(
  { last, recentNoticeIds }: ConversationState,
  question: Query,
  deps: Continuation,
): IndexedNotice | undefined {
  let best: IndexedNotice | undefined;
  let most = 0;
  const topic = topicOf(question, deps);
  const now = last?.noticeId ?? null;
  for (const id of [...recentNoticeIds.filter((one) => one !== now), now]) {
    const notice = findNotice(id, deps);
    if (notice === undefined) continue;
    const { foldedTitle } = notice;
    const pairs = bigramTerms(topic).filter((pair) => foldedTitle.includes(pair)).length;
    const characters = [...new Set(topic)].filter((c) => /\p{L}/u.test(c) && foldedTitle.includes(c)).length;
    const said = question.subject.size - findUnmatchedTerms(notice, question, deps).length;
    const weight = PAIR_WEIGHT * pairs + characters + said;
    if (weight > 0 && weight >= most) {
      best = notice;
      most = weight;
    }
  }
  return best;
}

/** Returns the question without question words, aspects and particles. */
function topicOf({ folded, factKindWords }: Query, { rules }: Continuation): string {
  return blankOutWords(folded, [...factKindWords, ...rules.aspects, ...rules.particles]);
}
