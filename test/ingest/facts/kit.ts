/** What tests of all kinds of facts share. */
import { dataFiles, readDataFile } from '../../../src/bootstrap/data-files.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { Attachment } from '../../../src/domain/notice.js';
import type { ExtractionInput } from '../../../src/ingest/facts/extraction-input.js';
import { createTableFinder } from '../../../src/ingest/facts/table/find-tables.js';
import { tableRulesSchema } from '../../../src/ingest/facts/table/rules.js';
import { splitSentences } from '../../../src/text/sentences.js';

const findTables = createTableFinder(readDataFile(`${dataFiles.directory}tables.json`, tableRulesSchema));

/** What an extractor gets of a notice with this body. */
export function sourceOf(
  body: string,
  attachments: readonly Attachment[] = [],
  title = '关于测试的通知',
): ExtractionInput {
  return { title, body, attachments, sentences: splitSentences(body), tables: findTables(body) };
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
