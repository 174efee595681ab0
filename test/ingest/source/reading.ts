import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawNotice } from '../../../src/domain/notice.js';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { columnRulesSchema } from '../../../src/ingest/source/column-names.js';
import type { PageLine } from '../../../src/ingest/source/parse-page.js';
import { readSource, type ReadSourceOptions } from '../../../src/ingest/source/read-source.js';
import type { ProblemEvent, SummaryEvent } from '../../../src/ingest/source/source-event.js';

const columnRules = readDataFile('data/columns.json', columnRulesSchema);

export interface ReadResult {
  readonly notices: RawNotice[];
  readonly problems: ProblemEvent[];
  readonly summaries: SummaryEvent[];
}

export async function readAll(path: string, options: Partial<ReadSourceOptions> = {}): Promise<ReadResult> {
  const result: ReadResult = { notices: [], problems: [], summaries: [] };
  const defaults = { now: new Date('2024-03-20T02:00:00Z'), columns: columnRules };
  for await (const event of readSource(path, { ...defaults, ...options })) {
    if (event.kind === 'notice') result.notices.push(event.notice);
    else if (event.kind === 'problem') result.problems.push(event);
    else result.summaries.push(event);
  }
  return result;
}

/** A folder that is gone when `use` ends. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bulletin-source-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function readContent(
  content: string | Uint8Array,
  options: Partial<ReadSourceOptions> = {},
): Promise<ReadResult> {
  return withFolder((folder) => {
    const file = join(folder, 'notices.txt');
    writeFileSync(file, content);
    return readAll(file, options);
  });
}

/** An item as the export prints it. */
export function item(title: string, date: string, body: string, attachment = ''): string {
  return [
    ...Array<string>(8).fill('    '),
    `      ${title}`,
    '   ',
    '      [',
    `          ${date} ]`,
    '',
    '\t',
    '   ',
    '',
    `        ${body}`,
    ...(attachment === '' ? [] : ['', `        ${attachment}`]),
    '',
  ].join('\n');
}

export function messagesOf(result: ReadResult): string[] {
  return result.problems.map(({ message }) => message);
}

/** Splits a page into lines in the slow, obvious way. */
export function pageLines(text: string): PageLine[] {
  const lines: PageLine[] = [];
  let gap = 0;
  text.split(/\r\n?|\n/).forEach((line, index) => {
    if (line.trim() === '') {
      gap++;
    } else {
      lines.push({ number: index + 1, text: line.trim(), gap });
      gap = 0;
    }
  });
  return lines;
}
