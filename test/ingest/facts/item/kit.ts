import { dataFiles, readDataFile } from '../../../../src/bootstrap/data-files.js';
import type { ItemFact } from '../../../../src/domain/fact.js';
import { createItemExtractor } from '../../../../src/ingest/facts/item/extract-items.js';
import { itemRulesSchema } from '../../../../src/ingest/facts/item/rules.js';
import { quantityRulesSchema } from '../../../../src/ingest/facts/quantity/rules.js';
import { sourceOf } from '../kit.js';

export const itemRules = readDataFile(`${dataFiles.directory}items.json`, itemRulesSchema);
export const quantityRules = readDataFile(`${dataFiles.directory}quantities.json`, quantityRulesSchema);
const extractItems = createItemExtractor(itemRules, quantityRules);

export function itemsIn(body: string): ItemFact[] {
  return extractItems(sourceOf(body));
}

/** The lists of a text, as `listOf: names` with what else is known of them. */
export interface List {
  readonly form: ItemFact['form'];
  readonly listOf: string;
  readonly total: number | null;
  readonly names: readonly string[];
  readonly numbers: readonly (number | null)[];
}

export function listsIn(body: string): List[] {
  const lists = new Map<number, ItemFact[]>();
  for (const item of itemsIn(body)) lists.set(item.list, [...(lists.get(item.list) ?? []), item]);
  return [...lists.values()].flatMap((items) => {
    const [first] = items;
    if (first === undefined) return [];
    const { form, listOf, total } = first;
    return [{ form, listOf, total, names: items.map(({ name }) => name), numbers: items.map(({ number }) => number) }];
  });
}
