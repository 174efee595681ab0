import type { Fact } from '../../domain/fact.js';
import type { Notice } from '../../domain/notice.js';
import { splitSentences } from '../../text/sentences.js';
import { createContactExtractor } from './contact/extract-contacts.js';
import type { ContactRules } from './contact/rules.js';
import { extractAttachments } from './document/extract-attachments.js';
import { createDocumentNumberExtractor } from './document/document-numbers.js';
import type { ExtractionInput } from './extraction-input.js';
import { createItemExtractor } from './item/extract-items.js';
import type { ItemRules } from './item/rules.js';
import { countWorkingDays, createPeriodExtractor } from './period/extract-periods.js';
import type { PeriodRules } from './period/rules.js';
import { createQuantityExtractor } from './quantity/extract-quantities.js';
import type { QuantityRules } from './quantity/rules.js';
import type { TableRules } from './table/rules.js';
import { createTableFinder } from './table/find-tables.js';

/** Vocabularies of all extractors. */
export interface FactRules {
  readonly contacts: ContactRules;
  readonly periods: PeriodRules;
  readonly items: ItemRules;
  readonly quantities: QuantityRules;
  readonly tables: TableRules;
}

export type FactExtractor = (notice: Notice) => Fact[];
type Extractor = (source: ExtractionInput & { readonly notice: Notice }) => readonly Fact[];

/** Upper bound on facts of one kind a notice; more than any notice states, and keeps hostile text out of the store. */
const MOST_FACTS_OF_A_KIND = 10_000;

/**
 * Creates an extractor of all typed facts of a notice, in text order. A fact's `at` lies in its `span`, which is one
 * or more sentences, or a table row, of the body. Linear in the length of the body.
 */
export function createFactExtractor(rules: FactRules): FactExtractor {
  const extractPeriods = createPeriodExtractor(rules.periods, countWorkingDays);
  // One kind of fact = one extractor; a new kind is one folder and one line.
  const extractors: readonly Extractor[] = [
    createItemExtractor(rules.items, rules.quantities),
    createQuantityExtractor(rules.quantities),
    createDocumentNumberExtractor(rules.items),
    extractAttachments,
    ({ notice, sentences, tables }) => extractPeriods({ ...notice, sentences, tables }),
    createContactExtractor(rules.contacts),
  ];
  const findTables = createTableFinder(rules.tables);
  return (notice) => {
    const { title, attachments } = notice;
    const tables = findTables(notice.body);
    // Separators of table cells become blanks for the extractors that read words; offsets stay valid.
    const body = notice.body.replace(/[\t\u3000]/g, ' ');
    const source = { title, body, attachments, sentences: splitSentences(body), tables, notice: { ...notice, body } };
    return extractors
      .flatMap((extract) => extract(source).slice(0, MOST_FACTS_OF_A_KIND))
      .sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  };
}
