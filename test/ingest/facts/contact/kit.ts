import { dataFiles, readDataFile } from '../../../../src/bootstrap/data-files.js';
import type { ContactChannel, ContactFact } from '../../../../src/domain/fact.js';
import { createContactExtractor } from '../../../../src/ingest/facts/contact/extract-contacts.js';
import { contactRulesSchema } from '../../../../src/ingest/facts/contact/rules.js';
import { tableRulesSchema } from '../../../../src/ingest/facts/table/rules.js';
import { createTableFinder } from '../../../../src/ingest/facts/table/find-tables.js';
import { splitSentences } from '../../../../src/text/sentences.js';

const findTables = createTableFinder(readDataFile('data/tables.json', tableRulesSchema));
const extract = createContactExtractor(readDataFile(`${dataFiles.directory}contacts.json`, contactRulesSchema));

export function contactsIn(body: string): ContactFact[] {
  return extract({ body, sentences: splitSentences(body), tables: findTables(body) });
}

/** One line a fact: channel value persons/role/office, '-' for what is not stated. */
export function linesOf(body: string, ...channels: ContactChannel[]): string[] {
  return contactsIn(body)
    .filter(({ channel }) => channels.length === 0 || channels.includes(channel))
    .map(lineOf);
}

export function lineOf({ channel, value, persons, role, office }: ContactFact): string {
  const who = persons.length === 0 ? '-' : persons.join('+');
  return [channel, value === '' ? '-' : value, who, role ?? '-', office ?? '-'].join(' | ');
}
