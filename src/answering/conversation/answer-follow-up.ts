import type { Answer } from '../../domain/answer.js';
import { answerAspect, answerCell, answerQuestion, answerFromNotice } from '../compose/answer-query.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import { findNthItem } from './nth-item.js';
import { readFollowUp, type FollowUp, type FollowUpRules, type TopicShift } from './conversation-cues.js';
import type { Query } from '../query/parse-query.js';
import { blankOutWords } from '../../text/word-list.js';
import {
  answerFromCurrentNotice,
  hasAnswerShape,
  findNotice,
  refuseNotStated,
  type Continuation,
} from './follow-up-context.js';
import { answerChanges, answerFromOtherEdition } from './other-editions.js';
import { recallTopic } from './recall-topic.js';
import type { ConversationState, Turn } from './conversation.js';
import { resolveTopic } from './resolve-topic.js';
import { replaceSlot } from './replace-slot.js';

/** Answers a question that may be a follow-up of earlier turns. Returns null when it stands alone. */
export async function answerFollowUp(
  memory: ConversationState,
  opening: TopicShift,
  question: Query,
  deps: Continuation,
): Promise<Answer | null> {
  const { last } = memory;
  // A question for a number's owner or about a person is looked up in all notices.
  if (last === null || question.ask.kind === 'owner' || question.people.length > 0) return null;
  const step = classifyFollowUp(question, deps.rules);
  if (opening.kind === 'leaves' && step.kind === 'own') return null;
  const back = opening.kind === 'returns' ? await recallTopic(memory, opening.to, question, deps) : null;
  if (back !== null) return back;
  const spokenOf = findNotice(last.noticeId, deps);
  const changes = spokenOf === undefined ? null : await answerChanges(spokenOf, question, deps);
  if (changes !== null) return changes;
  const isAnew = opening.kind === 'goes-on' && opening.isAnew;
  switch (step.kind) {
    case 'ordinal':
      return ordinal(last, step, question, deps);
    case 'aspect':
    case 'own': {
      const edition = spokenOf === undefined ? null : await answerFromOtherEdition(spokenOf, question, deps);
      if (edition !== null) return edition;
      // 哪几所: a list in the current notice.
      return step.kind === 'aspect' || (question.subject.size === 0 && question.ask.kind === 'list')
        ? aspect(last, spokenOf, question, deps)
        : resolveTopic(spokenOf, question, isAnew, deps);
    }
    case 'swap':
      return replaceSlot(last, step.subject, deps);
  }
}

/** Classifies a question as a follow-up of the one before it. Cached by question. */
export function classifyFollowUp(question: Query, rules: FollowUpRules): FollowUp {
  const known = steps.get(question);
  if (known?.rules === rules) return known.step;
  const step = readFollowUp(question.folded, rules, question.factKindWords);
  steps.set(question, { rules, step });
  return step;
}

/** Read twice: to answer, and to decide the topic to remember. */
const steps = new WeakMap<Query, { readonly rules: FollowUpRules; readonly step: FollowUp }>();

async function ordinal(
  last: Turn,
  { n, rest: own }: Extract<FollowUp, { kind: 'ordinal' }>,
  question: Query,
  deps: Continuation,
): Promise<Answer | null> {
  // 第二个总投资多少, then 第一个呢: the same aspect of the first.
  const before = own === '' ? classifyFollowUp(deps.read(last.question), deps.rules) : null;
  const rest = before?.kind === 'ordinal' && deps.read(before.rest).subject.size > 0 ? before.rest : own;
  const chosen = findNotice(last.offeredNoticeIds.at(n > 0 ? n - 1 : n) ?? null, deps);
  if (chosen !== undefined) {
    return rest === ''
      ? answerFromNotice(deps.read(last.question), chosen, deps.context)
      : answerAspect(deps.read(rest), chosen, deps.context);
  }
  const notice = findNotice(last.noticeId, deps);
  if (notice === undefined) return null;
  const [stored] = await deps.context.read([notice.id]);
  if (stored === undefined) return null;
  const item = findNthItem(stored, notice, last.answer, n, deps.context.tables.tablesIn);
  if (item === null)
    return rest === '' ? refuseNotStated(question, notice) : resolveTopic(notice, question, false, deps);
  return rest === '' ? item : answerFromCurrentNotice(deps.read(`${item.answer} ${rest}`), notice, deps);
}

/** Answers another aspect of the current notice; without one (after a refusal), of the last question's subject. */
async function aspect(
  last: Turn,
  spokenOf: IndexedNotice | undefined,
  question: Query,
  deps: Continuation,
): Promise<Answer | null> {
  if (spokenOf === undefined) return answerQuestion(deps.read(`${last.question} ${question.text}`), deps.context);
  const person = personMeant(last, spokenOf, question, deps.rules);
  if (person !== null)
    return answerFromNotice(deps.read(`${person}的${question.factKindWords.join('')}`), spokenOf, deps.context);
  // Terms of the topic select table rows and dates; among passages they would only retrieve the last answer again.
  if (question.ask.kind === 'passage') {
    const cell = await answerCell(asideFrom(last, question, deps), spokenOf, deps.context);
    const isAsked = [...question.subject].some((term) => cell?.answer.includes(term));
    return cell !== null && isAsked ? cell : answerAspect(question, spokenOf, deps.context);
  }
  const aside = await answerAspect(asideFrom(last, question, deps), spokenOf, deps.context);
  if (hasAnswerShape(aside, question, spokenOf, deps)) return aside;
  // The topic has no such aspect: the notice as a whole may have it.
  const whole = await answerAspect(question, spokenOf, deps.context);
  if (hasAnswerShape(whole, question, spokenOf, deps)) return whole;
  return question.ask.kind === 'quantity' ? refuseNotStated(question, spokenOf) : aside;
}

/** Resolves a pronoun (他) to the one person named in the last answer; null when that names none or several. */
function personMeant(
  last: Turn,
  { people }: IndexedNotice,
  { folded }: Query,
  { pronouns }: FollowUpRules,
): string | null {
  if (/[他她它]们/.test(folded) || !pronouns.some((word) => folded.includes(word))) return null;
  const [person, ...others] = people.filter((name) => last.answer.includes(name));
  return person === undefined || others.length > 0 ? null : person;
}

/** Adds the topic's terms to a question for an aspect: 几点到几点 → the hours in the line about the topic. */
function asideFrom(last: Turn, question: Query, { read }: Continuation): Query {
  const before = read(last.topic);
  const { subject, terms } = read(blankOutWords(before.folded, before.factKindWords));
  return {
    ...question,
    subject: new Set([...subject, ...question.subject]),
    terms: [...question.terms, ...terms.filter(({ term }) => question.terms.every((own) => own.term !== term))],
  };
}
