import { fileURLToPath } from 'node:url';
import type { ContactChannel, ContactFact } from '../../../../src/domain/fact.js';
import { createContactExtractor } from '../../../../src/ingest/facts/contact/extract-contacts.js';
import { loadContactRules } from '../../../../src/ingest/facts/contact/rules.js';
import { loadTableRules } from '../../../../src/ingest/facts/table/rules.js';
import { createTableFinder } from '../../../../src/ingest/facts/table/find-tables.js';
import { splitSentences } from '../../../../src/text/sentences.js';

const contactRules = loadContactRules(fileURLToPath(new URL('../../../../data/contacts.json', import.meta.url)));
const findTables = createTableFinder(loadTableRules('data/tables.json'));
const extract = createContactExtractor(contactRules);

export function contactsIn(body: string, title = ''): ContactFact[] {
  return extract({ title, body, sentences: splitSentences(body), tables: findTables(body) });
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
