import { readDataFile } from '../../../../src/bootstrap/data-files.js';
import type { TimePoint, PeriodFact } from '../../../../src/domain/fact.js';
import { createPeriodExtractor, type PeriodSource } from '../../../../src/ingest/facts/period/extract-periods.js';
import { periodRulesSchema } from '../../../../src/ingest/facts/period/rules.js';
import { tableRulesSchema } from '../../../../src/ingest/facts/table/rules.js';
import { createTableFinder } from '../../../../src/ingest/facts/table/find-tables.js';
import { splitSentences } from '../../../../src/text/sentences.js';

const findTables = createTableFinder(readDataFile('data/tables.json', tableRulesSchema));
const extractor = createPeriodExtractor(readDataFile('data/periods.json', periodRulesSchema));

/** The periods of a text, published on 11 March 2024 unless the test says otherwise. */
export function periodsOf(body: string, rest: Partial<PeriodSource> = {}): PeriodFact[] {
  const source = {
    title: '',
    body,
    publishedOn: '2024-03-11',
    sentences: splitSentences(body),
    tables: findTables(body),
  };
  return extractor({ ...source, ...rest });
}

/** One line a period: from / to, an open end empty. */
export function datesOf(body: string, rest: Partial<PeriodSource> = {}): string[] {
  return periodsOf(body, rest).map(shownDates);
}

/** One line a period: its type and label. */
export function purposesOf(body: string, rest: Partial<PeriodSource> = {}): string[] {
  return periodsOf(body, rest).map(({ type, label }) => `${type} ${label}`.trim());
}

/** One line a period: type, dates, label. */
export function linesOf(facts: readonly PeriodFact[]): string[] {
  return facts.map((fact) => `${fact.type} ${shownDates(fact)} ${fact.label}`.trim());
}

function shownDates({ start, end }: PeriodFact): string {
  const [from, to] = [shown(start), shown(end)];
  return from === to && from !== '' ? from : `${from}/${to}`;
}

function shown(moment: TimePoint | null): string {
  return moment === null ? '' : [moment.date, moment.time].filter((part) => part !== null).join(' ');
}
