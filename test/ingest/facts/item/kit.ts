import { dataFiles, readDataFile } from '../../../../src/bootstrap/data-files.js';
import type { Fact, ItemFact } from '../../../../src/domain/fact.js';
import type { Attachment } from '../../../../src/domain/notice.js';
import type { ExtractionInput } from '../../../../src/ingest/facts/extraction-input.js';
import { createItemExtractor } from '../../../../src/ingest/facts/item/extract-items.js';
import { itemRulesSchema } from '../../../../src/ingest/facts/item/rules.js';
import { quantityRulesSchema } from '../../../../src/ingest/facts/quantity/rules.js';
import { tableRulesSchema } from '../../../../src/ingest/facts/table/rules.js';
import { createTableFinder } from '../../../../src/ingest/facts/table/find-tables.js';
import { splitSentences } from '../../../../src/text/sentences.js';

export const itemRules = readDataFile(`${dataFiles.directory}items.json`, itemRulesSchema);
export const quantityRules = readDataFile(`${dataFiles.directory}quantities.json`, quantityRulesSchema);
const findTables = createTableFinder(readDataFile(`${dataFiles.directory}tables.json`, tableRulesSchema));
const extractItems = createItemExtractor(itemRules, quantityRules);

export function sourceOf(
  body: string,
  attachments: readonly Attachment[] = [],
  title = '关于测试的通知',
): ExtractionInput {
  return { title, body, attachments, sentences: splitSentences(body), tables: findTables(body) };
}

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

/** Null when every fact's `at` is literal and lies in its `span`, and both in the body; else what is wrong. */
export function misplaced(body: string, facts: readonly Fact[]): string | null {
  for (const fact of facts) {
    const { at, span } = fact;
    if (at.start >= at.end || span.start > at.start || span.end < at.end || span.end > body.length) {
      return JSON.stringify(fact);
    }
    const literal = body.slice(at.start, at.end);
    if (fact.kind === 'item' && !literal.includes(fact.name)) return `${fact.name} in ${literal}`;
    if (fact.kind === 'document-number' && literal !== fact.value) return `${fact.value} in ${literal}`;
  }
  return null;
}
