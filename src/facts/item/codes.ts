import { nounBefore } from '../quantity/nouns.js';
import type { QuantityRules } from '../quantity/rules.js';
import type { ItemRules } from './rules.js';
import { withoutLead } from './bounds.js';
import { entryAt, type ItemGroup } from './group.js';

/** Codes with a leading zero in round brackets: 项目（09）, 项目（01、02、03）. */
const CODES = /[（(](0[0-9]{1,2}(?:[、,，；/和及 ]{1,2}[0-9]{2,3}){0,60})[）)]/g;

/** Returns lists by codes: the thing before a single code, or the codes behind a class noun. */
export function codeGroups(
  body: string,
  points: readonly ItemGroup[],
  rules: ItemRules,
  nouns: QuantityRules,
): ItemGroup[] {
  const headed = new Set(points.flatMap(({ entries }) => entries.map(({ at }) => at.end)));
  return [...body.matchAll(CODES)].flatMap((match): ItemGroup[] => {
    const noun = nounBefore(body, match.index, nouns);
    const name = withoutLead(body.slice(noun.start, noun.end), rules);
    const codes = [...(match[1] ?? '').matchAll(/[0-9]{2,3}/g)];
    const inside = match.index + 1;
    if (codes.length === 1) {
      // A code at the end of a heading is already that of its numbered point.
      if (name === '' || headed.has(match.index + match[0].length)) return [];
      const at = { start: noun.end - name.length, end: match.index + match[0].length };
      return [{ form: 'name', listOf: '', total: null, entries: [{ name, number: Number(match[1]), at }] }];
    }
    const entries = codes.map((code) =>
      entryAt(body, { start: inside + code.index, end: inside + code.index + code[0].length }, Number(code[0])),
    );
    return [{ form: 'name', listOf: name, total: null, entries }];
  });
}
