import { findNounBefore } from '../quantity/noun-phrases.js';
import type { QuantityRules } from '../quantity/rules.js';
import type { ItemRules } from './rules.js';
import { stripLeadingVerb } from './bounds.js';
import { createEntry, type ItemList } from './group.js';

/** Codes with a leading zero in round brackets: 项目（09）, 项目（01、02、03）. */
const CODES = /[（(](0[0-9]{1,2}(?:[、,，；/和及 ]{1,2}[0-9]{2,3}){0,60})[）)]/g;

/** Returns lists by codes: the thing before a single code, or the codes behind a class noun. */
export function extractCodeLists(
  body: string,
  points: readonly ItemList[],
  rules: ItemRules,
  nouns: QuantityRules,
): ItemList[] {
  const headed = new Set(points.flatMap(({ entries }) => entries.map(({ at }) => at.end)));
  return [...body.matchAll(CODES)].flatMap((match): ItemList[] => {
    const noun = findNounBefore(body, match.index, nouns);
    const name = stripLeadingVerb(body.slice(noun.start, noun.end), rules);
    const codes = [...(match[1] ?? '').matchAll(/[0-9]{2,3}/g)];
    const inside = match.index + 1;
    if (codes.length === 1) {
      // A code at the end of a heading is already that of its numbered point.
      if (name === '' || headed.has(match.index + match[0].length)) return [];
      const at = { start: noun.end - name.length, end: match.index + match[0].length };
      return [{ form: 'name', listOf: '', total: null, entries: [{ name, number: Number(match[1]), at }] }];
    }
    const entries = codes.map((code) =>
      createEntry(body, { start: inside + code.index, end: inside + code.index + code[0].length }, Number(code[0])),
    );
    return [{ form: 'name', listOf: name, total: null, entries }];
  });
}
