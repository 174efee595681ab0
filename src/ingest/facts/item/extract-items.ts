import type { ItemFact } from '../../../domain/fact.js';
import { matchBrackets } from '../../../text/bracket-pairs.js';
import { sentenceAround, type ExtractionInput } from '../extraction-input.js';
import type { QuantityRules } from '../quantity/rules.js';
import { extractSubjectLists } from './clause-subjects.js';
import { extractEnumerations } from './enumerations.js';
import { createTailReader, type ItemEntry, type ItemList } from './item-list.js';
import { extractCodeLists, extractQuotationLists, extractTitleLists } from './marked-names.js';
import { extractBulletLists, extractPointLists } from './points.js';
import type { ItemRules } from './rules.js';
import { splitSegmentedClauses } from './segmentation.js';

/**
 * Creates an extractor of list entries: 《titles》, names between 、 and in quotation marks, numbered and bulleted
 * points, codes. Entries of one list share `list`; lists are numbered in order of their first entries.
 */
export function createItemExtractor(rules: ItemRules, nouns: QuantityRules): (source: ExtractionInput) => ItemFact[] {
  const readTail = createTailReader(nouns);
  return ({ body, sentences }) => {
    const brackets = matchBrackets(body);
    const clauses = splitSegmentedClauses(body, brackets);
    const options = { body, clauses, brackets, rules, nouns, readTail };
    const points = extractPointLists(body, rules, nouns);
    const groups = dropRepeatedLists([
      ...extractTitleLists(options),
      ...extractQuotationLists(options),
      ...extractEnumerations(options),
      ...extractSubjectLists(body, clauses, rules, nouns),
      ...points,
      ...extractBulletLists(body),
      ...extractCodeLists(body, points, rules, nouns),
    ]).sort((a, b) => startOf(a) - startOf(b));
    return groups
      .flatMap(({ form, listOf, total, entries }, list) =>
        entries.map(({ name, number, at }): ItemFact => ({
          kind: 'item',
          form,
          name,
          listOf,
          list,
          number,
          total,
          span: sentenceAround(sentences, at),
          at,
        })),
      )
      .sort((a, b) => a.at.start - b.at.start);
  };
}

/**
 * Drops lists whose entries are all in a longer list, and a single title that occurred before (《办法》 in every second
 * sentence).
 */
function dropRepeatedLists(groups: readonly ItemList[]): ItemList[] {
  const longest = new Map<string, number>();
  const key = ({ at }: ItemEntry): string => `${at.start}-${at.end}`;
  for (const { entries } of groups) {
    for (const entry of entries) longest.set(key(entry), Math.max(longest.get(key(entry)) ?? 0, entries.length));
  }
  const titles = new Set<string>();
  return groups.filter(({ form, total, entries }) => {
    const first = entries[0];
    if (first === undefined) return false;
    if (form === 'title' && entries.length === 1 && total === null) {
      return !titles.has(first.name) && titles.add(first.name);
    }
    return entries.some((entry) => longest.get(key(entry)) === entries.length);
  });
}

function startOf({ entries }: ItemList): number {
  return entries[0]?.at.start ?? 0;
}
