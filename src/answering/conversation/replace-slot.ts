import type { Answer } from '../../domain/answer.js';
import { answerAspect, answerQuestion } from '../compose/answer-query.js';
import { isEditionName } from './conversation-cues.js';
import { fold } from '../../text/fold.js';
import { containsText, type IndexedNotice } from '../../index/indexed-notice.js';
import {
  answerFromCurrentNotice,
  findNotice,
  refuseNotStated,
  findUnmatchedTerms,
  type Continuation,
} from './follow-up-context.js';
import type { Turn } from './conversation.js';
import { rewriteForEdition, findEdition } from './other-editions.js';

/**
 * Answers the last question with another subject: from the current notice, if that mentions the subject, else from the
 * others.
 */
export async function replaceSlot(last: Turn, subject: string, deps: Continuation): Promise<Answer | null> {
  const combined = deps.read(`${subject} ${last.question}`);
  const spokenOf = findNotice(last.noticeId, deps);
  if (spokenOf === undefined) return answerQuestion(combined, deps.context);
  const edition = findEdition(spokenOf, [...combined.relativeYears, subject], deps);
  if (edition !== undefined) {
    return answerAspect(deps.read(rewriteForEdition(edition, spokenOf, last.question)), edition, deps.context);
  }
  const line = lineOf(subject, spokenOf);
  if (line !== null) return answerAspect({ ...deps.read(subject), ask: { kind: 'passage' } }, line, deps.context);
  let other: Answer | null = null;
  const number = numberIn(subject);
  for (const text of [...inItsPlace(subject, last.question), ...aboutIt(subject, last, spokenOf, deps)]) {
    const answer = await answerFromCurrentNotice(deps.read(text), spokenOf, deps);
    if (answer.kind !== 'answer') continue;
    if (fold(answer.answer).includes(number)) return answer;
    other ??= answer;
  }
  if (other !== null) return other;
  const open = await answerQuestion(combined, deps.context, spokenOf.id);
  const elsewhere = open.kind === 'answer' ? findNotice(open.notice.id, deps) : undefined;
  // 那第二批的呢 of a notice without a second batch is not answered from another notice that has one.
  const isMeant = elsewhere !== undefined && findUnmatchedTerms(elsewhere, deps.read(subject), deps).length === 0;
  return elsewhere === undefined || (isMeant && !isEditionName(subject)) ? open : refuseNotStated(open, spokenOf);
}

/** Slots whose value another of the same type replaces: days of the week, parts of a day, dates. */
const KINDS = [
  /(?:周|星期|礼拜)[一二三四五六日天末]/g,
  /上午|下午|中午|晚上|早上|全天/g,
  /[0-9]{1,2}月[0-9]{1,2}[日号]/g,
] as const;
/** Codes with fixed affixes: 项目07 replaces 项目05, A包 replaces B包. */
const CODED = /^(\p{L}*)([a-z0-9]+)(\p{L}*)$/u;

/** Returns the number or date of a subject (35, 4月5日), whose lines are preferred; '' when it has none. */
function numberIn(subject: string): string {
  return /[0-9]{1,2}月[0-9]{1,2}[日号]/.exec(subject)?.[0] ?? CODED.exec(subject)?.[2] ?? '';
}

/** Returns the last question with the subject in the slot of its type; none when it has no such slot. */
function inItsPlace(subject: string, question: string): string[] {
  let text = question;
  let left = subject;
  for (const kind of KINDS) {
    const [own] = subject.match(kind) ?? [];
    if (own === undefined) continue;
    if (!text.match(kind)) return [];
    text = text.replace(kind, own);
    left = left.replace(own, '');
  }
  if (left === '') return [text];
  const [, before = '', , behind = ''] = CODED.exec(subject) ?? [];
  if (before + behind === '') return [];
  for (const { 0: code, index } of question.matchAll(/[a-z0-9]+/g)) {
    const [head, tail] = [question.slice(0, index), question.slice(index + code.length)];
    if (head.endsWith(before) && tail.startsWith(behind)) {
      return [head.slice(0, head.length - before.length) + subject + tail.slice(behind.length)];
    }
  }
  return [];
}

/** Returns the subject with the last question's aspects, and the subject alone; none where the notice lacks it. */
function aboutIt(subject: string, last: Turn, spokenOf: IndexedNotice, deps: Continuation): string[] {
  const alone = deps.read(subject);
  const isSaid =
    containsText(spokenOf, subject) ||
    (alone.subject.size > 0 && findUnmatchedTerms(spokenOf, alone, deps).length === 0);
  return isSaid ? [`${subject} ${extractAspects(last.question, deps)}`, subject] : [];
}

/** Least length, in UTF-16 units, of a subject to search by its characters; shorter ones match too many lines. */
const TELLING_LENGTH = 3;

/**
 * Returns the notice reduced to the only line that has all of the subject's characters, in any order: 女的中年套餐 →
 * 中年套餐（女）. Null when no line or more than one has.
 */
function lineOf(subject: string, notice: IndexedNotice): IndexedNotice | null {
  if (subject.length < TELLING_LENGTH || containsText(notice, subject)) return null;
  const characters = Array.from(subject);
  const lines = notice.sentences.flatMap((sentence, i) => (characters.every((c) => sentence.includes(c)) ? [i] : []));
  const span = notice.spans[lines[0] ?? -1];
  const sentence = notice.sentences[lines[0] ?? -1];
  return span === undefined || sentence === undefined || lines.length > 1
    ? null
    : { ...notice, sentences: [sentence], spans: [span] };
}

/** Returns the aspect words of a question, without its subject. */
export function extractAspects(text: string, { rules }: Continuation): string {
  return rules.aspects.filter((aspectWord) => aspectWord.length >= 2 && text.includes(aspectWord)).join(' ');
}
