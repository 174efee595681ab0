import type { ContactFact } from '../../domain/fact.js';
import type { Ask } from '../../question/ask.js';
import { askedShare, questionShare } from './overlap.js';
import { factsOf, literal, type FactSource, type TypedAnswer } from './typed-answer.js';

const WEIGHTS = { person: 2, role: 0.8, office: 0.6, sentence: 0.6, before: 0.2 };
/** Contacts that fit nearly as well are told together. */
const TIE = 0.05;
const MOST_TOLD = 4;

/**
 * The contacts of a notice that fit the question best, told together when several
 * fit equally. Null when the notice gives none of the channels asked for.
 */
export function pickContact(source: FactSource, { channels }: Extract<Ask, { kind: 'contact' }>): TypedAnswer | null {
  const facts = factsOf(source, 'contact').filter(({ channel }) => channels.length === 0 || channels.includes(channel));
  const wanted = channels.length > 0 || !facts.some(({ channel }) => channel === 'phone') ? facts : people(facts);
  const scored = wanted.map((fact) => ({ fact, fit: fitOf(source, fact) }));
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

/** Whoever is asked for without a channel is a person or office, best with a number. */
function people(facts: readonly ContactFact[]): ContactFact[] {
  return facts.filter(({ channel }) => channel === 'phone' || channel === 'none');
}

function fitOf(source: FactSource, fact: ContactFact): number {
  const { question } = source;
  const { body } = source.stored.notice;
  const named = fact.persons.some((person) => question.people.includes(person));
  return (
    (named ? WEIGHTS.person : 0) +
    (fact.role === null ? 0 : WEIGHTS.role * askedShare(source, fact.role)) +
    (fact.office === null ? 0 : WEIGHTS.office * askedShare(source, fact.office)) +
    WEIGHTS.sentence * questionShare(source, literal(source, fact.span)) +
    WEIGHTS.before * questionShare(source, body.slice(Math.max(0, fact.span.start - 60), fact.span.start))
  );
}

/** `王丽楠（高职） 83215136`, all of it the notice's own words. */
export function contactWords({ persons, role, office, value }: ContactFact): string {
  const who = persons.length > 0 ? persons.join('、') : (office ?? '');
  const partOf = role ?? (persons.length > 0 ? office : null);
  // 举报 022-8321…, but 王丽楠（高职） 8321….
  const part = partOf === null || partOf === who ? '' : who === '' ? partOf : `（${partOf}）`;
  return [`${who}${part}`, value].filter((piece) => piece !== '').join(' ');
}

const QUOTE_LENGTH = 400;

function quoteOver(facts: readonly ContactFact[]): { start: number; end: number } {
  const start = Math.min(...facts.map(({ span }) => span.start));
  const end = Math.max(...facts.map(({ span }) => span.end));
  return end - start <= QUOTE_LENGTH ? { start, end } : (facts[0]?.span ?? { start, end });
}
