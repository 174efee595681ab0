import type { ContactFact } from '../../../domain/fact.js';
import { contactWords } from './contact.js';
import { factsOf, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

/** Returns the contact that has the number. Null when the notice does not give it. */
export function pickOwner(source: SearchedNotice, digits: string): TypedAnswer | null {
  const facts = factsOf(source, 'contact').filter((fact) => isSame(fact, digits));
  const best =
    facts.find(({ persons }) => persons.length > 0) ?? facts.find(({ office }) => office !== null) ?? facts[0];
  if (best === undefined) return null;
  return { answer: contactWords(best), quote: best.span, fit: 2, fact: best };
}

/** Compares numbers; the area code may be missing on either side. */
function isSame({ channel, normalised }: ContactFact, digits: string): boolean {
  if (channel !== 'phone' && channel !== 'fax') return false;
  const [long, short] = normalised.length >= digits.length ? [normalised, digits] : [digits, normalised];
  return long === short || (short.length >= 7 && long.endsWith(short));
}
