import type { Answer } from '../domain/answer.js';
import { answerAspect, answerQuestion, answerWithin, refuse, type AnswerContext } from '../answer/answer.js';
import { mentions, type IndexedNotice } from '../index/indexed-notice.js';
import { amends, areKin } from '../answer/editions.js';
import { nthItem } from '../answer/nth-item.js';
import { rankAmong } from '../retrieval/retrieve.js';
import { runTerms } from '../text/analyser.js';
import { readFollowUp, type FollowUp, type FollowUpRules } from '../question/follow-up.js';
import type { Question } from '../question/understand.js';
import type { Turn } from './conversation.js';

/** A question more of whose subject than this the notice does not mention is about something else. */
const MOST_UNSAID = 0.6;

/** Questions no longer than this leave out what they are about. */
export const ASIDE_LENGTH = 8;

export interface Continuation {
  readonly context: AnswerContext;
  readonly rules: FollowUpRules;
  readonly read: (text: string) => Question;
}

/** Answers a question that may go on from the turn before; null when it stands for itself. */
export async function continueFrom(last: Turn, question: Question, deps: Continuation): Promise<Answer | null> {
  // A number or a person is looked up in all notices, whatever was spoken of.
  if (question.ask.kind === 'owner' || question.people.length > 0) return null;
  const step = followUpOf(question, deps.rules);
  switch (step.kind) {
    case 'ordinal':
      return ordinal(last, step.n, question, deps);
    case 'aspect':
      return aspect(last, question, deps);
    case 'swap':
      return swap(last, step.subject, deps);
    case 'own':
      return stay(last, question, deps);
  }
}

/** How a question stands to the one before it. */
export function followUpOf(question: Question, rules: FollowUpRules): FollowUp {
  const known = steps.get(question);
  if (known?.rules === rules) return known.step;
  const step = readFollowUp(question.folded, rules, question.asked);
  steps.set(question, { rules, step });
  return step;
}

/** Asked for once to answer and once to know what is spoken of afterwards. */
const steps = new WeakMap<Question, { readonly rules: FollowUpRules; readonly step: FollowUp }>();

async function ordinal(last: Turn, n: number, question: Question, deps: Continuation): Promise<Answer | null> {
  const chosen = last.offered[n - 1];
  if (chosen !== undefined) return within(chosen, deps.read(last.question), deps);
  if (last.noticeId === null) return null;
  const notice = deps.context.loaded.notices.get(last.noticeId);
  const [stored] = await deps.context.read([last.noticeId]);
  if (notice === undefined || stored === undefined) return null;
  return nthItem(stored, notice, last.answer, n) ?? refuse(question, 'not-stated', 0, []);
}

/** Another side of the notice spoken of; after a refusal, of what was asked for. */
async function aspect(last: Turn, question: Question, deps: Continuation): Promise<Answer | null> {
  const spokenOf = last.noticeId === null ? undefined : deps.context.loaded.notices.get(last.noticeId);
  if (spokenOf !== undefined) {
    // What was asked about before tells rows and dates apart; of lines in words it would only bring its own again.
    const aside = question.ask.kind === 'passage' ? question : asideFrom(last, question, deps);
    return answerAspect(aside, spokenOf, deps.context);
  }
  return answerQuestion(deps.read(`${last.question} ${question.text}`), deps.context);
}

/** The side that is asked for now, of what was asked about before: 几点到几点 of the line spoken of. */
function asideFrom(last: Turn, question: Question, { read }: Continuation): Question {
  const before = read(last.topic);
  const topic = [...before.asked]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, ' '), before.folded);
  const { subject, terms } = read(topic);
  return {
    ...question,
    subject,
    terms: [...question.terms, ...terms.filter(({ term }) => question.terms.every((own) => own.term !== term))],
  };
}

/**
 * The question of before with another subject: first in the notice spoken of,
 * if that names the subject, else in the others.
 */
async function swap(last: Turn, subject: string, deps: Continuation): Promise<Answer | null> {
  const combined = deps.read(`${subject} ${last.question}`);
  const spokenOf = last.noticeId === null ? undefined : deps.context.loaded.notices.get(last.noticeId);
  const edition = spokenOf === undefined ? undefined : editionOf(spokenOf, subject, combined, deps);
  if (spokenOf !== undefined && edition !== undefined) {
    return answerAspect(deps.read(askedOf(edition, spokenOf, last.question)), edition, deps.context);
  }
  if (spokenOf !== undefined && mentions(spokenOf, subject)) {
    return answerWithin(deps.read(`${subject} ${aspectsOf(last.question, deps)}`), spokenOf, deps.context);
  }
  return answerQuestion(combined, deps.context, last.noticeId ?? undefined);
}

/** The edition of the notice spoken of that the new subject names: 去年的, 第二批, 北屿区. */
function editionOf(
  spokenOf: IndexedNotice,
  subject: string,
  combined: Question,
  { context }: Continuation,
): IndexedNotice | undefined {
  const wanted = [...combined.relativeYears, subject];
  return [...context.loaded.notices.values()].find(
    (notice) =>
      areKin(notice, spokenOf) &&
      wanted.some((words) => notice.foldedTitle.includes(words) && !spokenOf.foldedTitle.includes(words)),
  );
}

/** A question about one notice put about its kin: without years, and with the kin's name where the titles differ. */
function askedOf(kin: IndexedNotice, spokenOf: IndexedNotice, question: string): string {
  const undated = question.replace(/[0-9]{4}年?|[今去前明]年|本年度|上年/g, ' ');
  const [own, other] = [spokenOf.foldedTitle, kin.foldedTitle];
  let from = 0;
  while (from < own.length && own.charAt(from) === other.charAt(from)) from++;
  let behind = 0;
  while (behind < Math.min(own.length, other.length) - from && own.at(-1 - behind) === other.at(-1 - behind)) behind++;
  const differs = own.slice(from, own.length - behind);
  return differs === '' ? undated : undated.replaceAll(differs, other.slice(from, other.length - behind));
}

/** Only what the question of before asked for, without its subject. */
function aspectsOf(text: string, { rules }: Continuation): string {
  return rules.aspects.filter((aspectWord) => aspectWord.length >= 2 && text.includes(aspectWord)).join(' ');
}

/**
 * A question with a subject of its own stays with the notice spoken of, unless
 * another bears in its title what this one does not say at all: what a short
 * question leaves unsaid was said before.
 */
async function stay(last: Turn, question: Question, deps: Continuation): Promise<Answer | null> {
  const { loaded } = deps.context;
  const spokenOf = last.noticeId === null ? undefined : loaded.notices.get(last.noticeId);
  if (spokenOf === undefined) return null;
  const open = await answerQuestion(question, deps.context);
  const elsewhere = open.kind === 'answer' ? loaded.notices.get(open.notice.id) : undefined;
  if (elsewhere === spokenOf) return open;
  if (elsewhere !== undefined && amends(elsewhere, spokenOf, deps.context.amendments)) return open;
  const unsaid = unsaidIn(spokenOf, question, deps);
  const isElsewhere =
    elsewhere !== undefined &&
    unsaid.some((term) => elsewhere.foldedTitle.includes(term)) &&
    namedShare(elsewhere, question) >= NAMED;
  const isForeign = unsaid.length > question.subject.size * MOST_UNSAID;
  if (isElsewhere) return open;
  if (isForeign) {
    // A few words that neither notice says and another barely touches: not said anywhere, rather than anything.
    const isAside = question.folded.length <= ASIDE_LENGTH && open.kind === 'answer';
    const isTouched = elsewhere !== undefined && namedShare(elsewhere, question) < NAMED;
    return isAside && isTouched ? refuse(question, 'unsupported', 0, open.candidates) : open;
  }
  const here = await answerAspect(question, spokenOf, deps.context);
  return here.kind === 'answer' ? here : open;
}

/** Terms of the question's subject that the notice says in no words. */
function unsaidIn(notice: IndexedNotice, question: Question, { context }: Continuation): string[] {
  const { notices, terms } = rankAmong(question, [notice], context.loaded);
  const said = new Set(notices.flatMap(({ matches, titleMatches }) => [...titleMatches, ...matches.flat()]));
  return terms.flatMap(({ term }, t) => (question.subject.has(term) && !said.has(t) ? [term] : []));
}

/** From this share of its title in the question, another notice is meant and not merely touched. */
const NAMED = 0.15;

function namedShare({ foldedTitle }: IndexedNotice, { folded }: Question): number {
  const pairs = runTerms(foldedTitle);
  return pairs.length === 0 ? 0 : pairs.filter((pair) => folded.includes(pair)).length / pairs.length;
}

async function within(id: string, question: Question, { context }: Continuation): Promise<Answer | null> {
  const notice = context.loaded.notices.get(id);
  return notice === undefined ? null : answerWithin(question, notice, context);
}
