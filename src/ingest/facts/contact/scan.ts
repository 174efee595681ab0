import type { ContactLabel } from './labels.js';
import { createLabelFinder } from './labels.js';
import { createNetAddressFinder, type NetAddress } from './net-addresses.js';
import { createPhoneNumberFinder, type PhoneNumberCandidate } from './numbers.js';
import type { ContactRules } from './rules.js';

/** A token of the lexical scan: a label, or a value that is recognised by its form. */
export type Anchor = ContactLabel | NetAddress | PhoneNumberCandidate;

/** Creates the scanner that returns all anchors sorted by start, none inside an e-mail or web address. Linear. */
export function createLexicalScanner(rules: ContactRules): (text: string) => Anchor[] {
  const findLabels = createLabelFinder(rules);
  const findNumbers = createPhoneNumberFinder(rules);
  const findNetAddresses = createNetAddressFinder(rules);
  return (text) => {
    const addresses = findNetAddresses(text);
    const labels = outside(findLabels(text), addresses);
    const numbers = outside(findNumbers(text), addresses);
    const labelEnds = new Set(labels.map(({ wordEnd }) => wordEnd));
    const free = numbers.filter(({ start }) => !/[A-Za-z]/.test(text.charAt(start - 1)) || labelEnds.has(start));
    return [...addresses, ...labels, ...free].sort((a, b) => a.start - b.start);
  };
}

interface Ranged {
  readonly start: number;
  readonly end: number;
}

/** Returns the ranges that overlap none of `taken`; both lists must be sorted by start. */
function outside<T extends Ranged>(found: readonly T[], taken: readonly Ranged[]): T[] {
  let next = 0;
  return found.filter(({ start, end }) => {
    while ((taken[next]?.end ?? Infinity) <= start) next++;
    return end <= (taken[next]?.start ?? Infinity);
  });
}
