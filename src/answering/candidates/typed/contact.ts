import type { ContactFact, Span } from '../../../domain/fact.js';
import { bigramTerms } from '../../../text/tokenizer.js';
import { fold } from '../../../text/fold.js';
import { occursIsolated } from '../../../text/han.js';
import type { RequestedFact } from '../../query/requested-fact.js';
import { askedShare, literalFit, questionShare } from './term-overlap.js';
import { readValueContexts } from './value-context.js';
import { factsOf, literal, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

const WEIGHTS = {
  person: 2,
  role: 0.8,
  office: 0.6,
  /** The words that precede this value and no other. */
  lead: 0.6,
  /** The piece of these words that fits best: 采购代理机构, 抢修. */
  piece: 0.6,
  sentence: 0.3,
  head: 0.3,
  /** Terms of the question that distinguish the contacts of the notice. */
  apart: 1,
  complaint: -0.2,
  /** The question asks where to complain. */
  watch: 0.5,
};
/** Contacts whose fits differ by at most this are answered together. */
const TIE = 0.05;
const MOST_TOLD = 4;

/**
 * Returns the contacts of a notice that fit the question best, joined when several fit equally. Null when the notice
 * gives none of the channels asked for, or none for the person whose number is asked for.
 */
export function pickContact(
  source: SearchedNotice,
  { channels }: Extract<RequestedFact, { kind: 'contact' }>,
): TypedAnswer | null {
  const all = factsOf(source, 'contact');
  const facts = all.filter(({ channel }) => channels.length === 0 || channels.includes(channel));
  const reachable = channels.length > 0 || !facts.some(({ channel }) => channel === 'phone') ? facts : people(facts);
  // 联系人是谁 asks for a person.
  const isPerson = channels.length === 0 && WHO.test(source.question.folded);
  const wanted = isPerson ? reachable.filter(({ persons }) => persons.length > 0) : reachable;
  const leads = leadsOf(source, wanted);
  const apart = tellingApart(source, wanted, leads);
  const scored = wanted.map((fact, i) => ({
    fact,
    fit: fitOf(source, fact, leads[i] ?? NO_LEAD) + WEIGHTS.apart * (apart[i] ?? 0),
  }));
  if (scored.length > 0 && channels.length > 0 && isOfNobody(source, wanted, leads)) return null;
  const top = Math.max(...scored.map(({ fit }) => fit));
  const told = scored.filter(({ fit }) => fit >= top - TIE).slice(0, MOST_TOLD);
  const first = told[0];
  const last = told.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    answer: [...new Set(told.map(({ fact }) => contactWords(fact)))].join('；'),
    quote: quoteOver(told.map(({ fact }) => fact)),
    fit: top,
    fact: first.fact,
  };
}

const WHO = /联系人|哪位老师|哪个老师/;

/** Keeps persons and offices with a telephone number or without any channel, for a question that names no channel. */
function people(facts: readonly ContactFact[]): ContactFact[] {
  return facts.filter(({ channel }) => channel === 'phone' || channel === 'none');
}

/** Context of a value: the words since the previous value of its channel, and the head of its line. */
interface ContactContext {
  readonly words: string;
  readonly head: string;
}

const NO_LEAD: ContactContext = { words: '', head: '' };
/** Upper bound, in UTF-16 units, on the words before a value that belong to it. */
const LEAD = 100;
/** A remark in brackets after a number belongs to it: （教务处考试科）. */
const ASIDE = /^\s?[（(][^（）()\n]{0,30}[）)]/;

function leadsOf(source: SearchedNotice, facts: readonly ContactFact[]): ContactContext[] {
  const { body } = source.stored.notice;
  const settings = readValueContexts(
    body,
    facts.map(({ at }) => at),
  );
  const last = new Map<string, { readonly at: Span; readonly lead: ContactContext }>();
  return facts.map((fact, i) => {
    const before = last.get(fact.channel);
    // People who share a number have the same words before it.
    if (before?.at.start === fact.at.start) return before.lead;
    const end = before?.at.end ?? fact.span.start;
    const aside = ASIDE.exec(body.slice(end, end + 40))?.[0].length ?? 0;
    const from = Math.max(before === undefined ? Math.min(end, fact.span.start) : end + aside, fact.at.start - LEAD);
    const behind = ASIDE.exec(body.slice(fact.at.end, fact.at.end + 40))?.[0] ?? '';
    const head = settings[i]?.head;
    const lead = {
      words: `${body.slice(from, fact.at.start)} ${behind}`,
      head: head === undefined ? '' : literal(source, head),
    };
    last.set(fact.channel, { at: fact.at, lead });
    return lead;
  });
}

function fitOf(source: SearchedNotice, fact: ContactFact, { words, head }: ContactContext): number {
  const { question } = source;
  const named = fact.persons.some((person) => question.people.includes(person));
  const pieces = words.split(/[^\p{L}\p{N}]+/u).filter((piece) => piece.length > 1);
  return (
    (named ? WEIGHTS.person : 0) +
    (fact.role === null ? 0 : WEIGHTS.role * askedShare(source, withoutGeneric(fact.role))) +
    (fact.office === null ? 0 : WEIGHTS.office * askedShare(source, fact.office)) +
    WEIGHTS.lead * questionShare(source, words) +
    WEIGHTS.piece * Math.max(0, ...pieces.map((piece) => besideTitle(source, piece))) +
    literalFit(source, words) +
    WEIGHTS.sentence * questionShare(source, literal(source, fact.span)) +
    WEIGHTS.head * questionShare(source, head) +
    (!isToComplain(fact, { words, head }) ? 0 : WATCHES.test(question.folded) ? WEIGHTS.watch : WEIGHTS.complaint)
  );
}

/** Parts of a role that distinguish no number from another. */
const GENERIC_ROLE = /业务|咨询|联系|服务|电话|热线|方式|人员?$/g;

function withoutGeneric(role: string): string {
  return role.replace(GENERIC_ROLE, ' ');
}

/**
 * Returns, per contact, the share of the distinguishing terms that its words hold: terms of the question that some
 * contacts have and others lack. 夜校 distinguishes the numbers of a 夜校 and of another school, though the title names
 * both.
 */
function tellingApart(
  source: SearchedNotice,
  facts: readonly ContactFact[],
  leads: readonly ContactContext[],
): number[] {
  const { matcher, subject } = source;
  const held = facts.map(({ role, office, persons }, i) => {
    const words = [role, office, ...persons, leads[i]?.words, leads[i]?.head].join(' ');
    return new Set(matcher.match(fold(words)).filter((t) => subject.has(t)));
  });
  const telling = [...subject].filter((t) => held.some((has) => has.has(t)) && !held.every((has) => has.has(t)));
  const weight = (terms: readonly number[]): number =>
    terms.reduce((sum, t) => sum + (matcher.terms[t]?.weight ?? 0), 0);
  const whole = weight(telling);
  return held.map((has) => (whole === 0 ? 0 : weight(telling.filter((t) => has.has(t))) / whole));
}

/** Like `askedShare`, but 0 for words of the title: the school's own name distinguishes none of its numbers. */
function besideTitle(source: SearchedNotice, piece: string): number {
  const title = fold(source.stored.notice.title);
  const own = source.question.factKindWords.reduce((rest, word) => rest.replaceAll(word, ' '), fold(piece));
  const isKnown = bigramTerms(own).every((term) => term.length < 2 || title.includes(term));
  return isKnown ? 0 : askedShare(source, own);
}

/** Complaint lines: not where to ask, unless the question is about complaints. */
const WATCHES = /监督|举报|投诉|纪检|纪委/;

function isToComplain({ role, office }: ContactFact, { head, words }: ContactContext): boolean {
  return (
    WATCHES.test(`${role ?? ''} ${office ?? ''} ${head}`) || /(?:监督|举报|投诉)[^，。；\n]{0,6}$/.test(words.trimEnd())
  );
}

/** Returns whether a person of the notice is asked for by name, and none of its contacts is theirs. */
function isOfNobody(source: SearchedNotice, facts: readonly ContactFact[], leads: readonly ContactContext[]): boolean {
  const { question, stored } = source;
  const isOwner = (name: string): boolean =>
    question.factKindWords.some(
      (word) => question.folded.includes(name + word) || question.folded.includes(`${name}的${word}`),
    );
  // A name that no dictionary has stands apart in the notice: 雷泽川，男，…
  const unknown = OWNER.exec(question.folded)?.[1];
  const listed = unknown !== undefined && occursIsolated(stored.notice.body, unknown) ? [unknown] : [];
  const owner = [...question.named, ...listed].find((name) => name.length > 1 && isOwner(name));
  if (owner === undefined || !stored.notice.body.includes(owner)) return false;
  return !facts.some(
    ({ persons, office, role }, i) =>
      persons.some((person) => person.includes(owner)) ||
      [office, role, leads[i]?.words].some((words) => words?.includes(owner) === true),
  );
}

const OWNER = /^(?:那么?|请问)?([\u4e00-\u9fff]{2,3})的/;

/** Renders a contact: `王丽楠（高职） 83215136`, all of it the notice's own words. */
export function contactWords({ persons, role, office, value }: ContactFact): string {
  const who = persons.length > 0 ? persons.join('、') : (office ?? '');
  const partOf = role ?? (persons.length > 0 ? office : null);
  // 举报 022-8321…, but 王丽楠（高职） 8321….
  const part = partOf === null || partOf === who ? '' : who === '' ? partOf : `（${partOf}）`;
  return [`${who}${part}`, value].filter((piece) => piece !== '').join(' ');
}

const QUOTE_LENGTH = 400;

function quoteOver(facts: readonly ContactFact[]): Span {
  const start = Math.min(...facts.map(({ span }) => span.start));
  const end = Math.max(...facts.map(({ span }) => span.end));
  return end - start <= QUOTE_LENGTH ? { start, end } : (facts[0]?.span ?? { start, end });
}
