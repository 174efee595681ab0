import type { Answer } from '../../domain/answer.js';
import { answerAspect } from '../compose/answer-query.js';
import { amends, areSiblings } from '../candidates/editions.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { Query } from '../query/parse-query.js';
import { blankOutWords } from '../../text/word-list.js';
import { listAmendments, answerFromCurrentNotice, type Continuation } from './follow-up-context.js';

const YEAR_WORDS = /[0-9]{4}年?|[今去前明]年|本年度|上年/g;

/** Returns the edition of the current notice that one of the words distinguishes from it: 去年的, 第二批, 北屿区. */
export function findEdition(
  spokenOf: IndexedNotice,
  wanted: readonly string[],
  { context }: Continuation,
): IndexedNotice | undefined {
  if (wanted.length === 0) return undefined;
  return [...context.loaded.notices.values()].find(
    (notice) =>
      areSiblings(notice, spokenOf) &&
      wanted.some((words) => notice.foldedTitle.includes(words) && !spokenOf.foldedTitle.includes(words)),
  );
}

/**
 * Rewrites a question about one notice for another edition: without years, and with that edition's name where the
 * titles differ.
 */
export function rewriteForEdition(kin: IndexedNotice, spokenOf: IndexedNotice, question: string): string {
  const undated = question.replace(YEAR_WORDS, ' ');
  const [own, other] = [spokenOf.foldedTitle, kin.foldedTitle];
  let from = 0;
  while (from < own.length && own.charAt(from) === other.charAt(from)) from++;
  let behind = 0;
  while (behind < Math.min(own.length, other.length) - from && own.at(-1 - behind) === other.at(-1 - behind)) behind++;
  const differs = own.slice(from, own.length - behind);
  return differs === '' ? undated : undated.replaceAll(differs, other.slice(from, other.length - behind));
}

/** Answers from another edition (那去年的报名是几号); null when none is named or it does not state it. */
export async function answerFromOtherEdition(
  spokenOf: IndexedNotice,
  question: Query,
  deps: Continuation,
): Promise<Answer | null> {
  const years = [...question.relativeYears, ...question.years];
  const names = namesIn(question, deps);
  const edition = findEdition(spokenOf, [...years, ...question.ordinals, ...names], deps);
  if (edition === undefined) return null;
  const said = [...question.ordinals, ...names];
  const bare = said.reduce((text, words) => text.replaceAll(words, ' '), question.folded);
  const asked = deps.read(bare.replace(YEAR_WORDS, ' '));
  const answer =
    asked.subject.size === 0
      ? await answerAspect(asked, edition, deps.context)
      : await answerFromCurrentNotice(asked, edition, deps);
  return answer.kind === 'answer' ? answer : null;
}

/** Returns the one name left without question words and particles: 那北屿的电话 → 北屿; else none. */
function namesIn({ folded, factKindWords }: Query, { rules }: Continuation): string[] {
  const left = blankOutWords(folded, [...factKindWords, ...rules.aspects, ...rules.particles]).replace(
    /[^\p{L}\p{N}]+/gu,
    ' ',
  );
  const [name = '', ...others] = left.trim().split(' ');
  return name.length >= 2 && others.length === 0 ? [name] : [];
}

/** Answers 改了哪些 from the notice's amendment, else from itself; null when not asked or nothing is listed. */
export async function answerChanges(
  spokenOf: IndexedNotice,
  { folded }: Query,
  deps: Continuation,
): Promise<Answer | null> {
  const { context, rules, read } = deps;
  if (!rules.changes.some((words) => folded.includes(words))) return null;
  const amending = listAmendments(spokenOf, context).find((other) => amends(other, spokenOf, context.amendments));
  const notice = amending ?? spokenOf;
  const heading = rules.changed.find((words) => notice.sentences.some((sentence) => sentence.includes(words)));
  if (heading === undefined) return null;
  const answer = await answerAspect(read(heading), notice, context);
  return answer.kind === 'answer' ? answer : null;
}
