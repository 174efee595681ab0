import { sourceMessages as m } from '../../messages/source.js';
import { nameColumns, type ColumnRules } from './column-names.js';
import { inferPublishDates, type PublishedItem } from './infer-dates.js';
import { countBodies, parsePage, type PageLine } from './parse-page.js';
import type { FormatEvent, Tally } from './source-event.js';
import type { TextLine } from './text-file.js';
import { titleFromBody } from './title-from-body.js';

export interface PageExportOptions {
  readonly file: string;
  readonly now: Date;
  readonly columns: ColumnRules;
}

/**
 * Reads a page export. Keeps the whole file (whose size is limited) in memory, because years and columns are inferred
 * from all items. Returns false, without yielding, when no item has a date: the file is then not a page export.
 */
export async function* readPageExport(
  batches: AsyncIterable<readonly TextLine[]>,
  options: PageExportOptions,
  tally: Tally,
): AsyncGenerator<FormatEvent, boolean> {
  const lines: PageLine[] = [];
  const tooLong: FormatEvent[] = [];
  for await (const line of contentLines(batches)) {
    lines.push(line);
    if (line.dropped > 0) tooLong.push({ kind: 'problem', line: line.number, message: m.lineTooLong(line.dropped) });
  }

  const { items, strays } = parsePage(lines);
  if (!items.some((item) => item.date !== null)) return false;
  yield* tooLong;
  for (const stray of strays) yield { kind: 'problem', line: stray.number, message: m.stray(stray.text) };

  const published = inferPublishDates(items, options.now);
  const names = columnNames(published, options.columns);
  tally.columns = names.length;
  for (const entry of published) yield* readItem(entry, names[entry.column] ?? null, options.file, tally);
  return true;
}

/** Yields the non-blank lines, each with the number of blank lines above it; skips leading `#` comment lines. */
async function* contentLines(
  batches: AsyncIterable<readonly TextLine[]>,
): AsyncGenerator<PageLine & { readonly dropped: number }> {
  let previous = 0;
  let begun = false;
  for await (const batch of batches) {
    for (const line of batch) {
      const text = line.text.trim();
      if (text === '') continue;
      if (begun || !/^#(?:\s|$)/.test(text)) {
        begun = true;
        yield { number: line.number, text, gap: line.number - previous - 1, dropped: line.dropped };
      }
      previous = line.number;
    }
  }
}

function columnNames(published: readonly PublishedItem[], rules: ColumnRules): string[] {
  const titles: string[][] = [];
  for (const { column, item } of published) (titles[column] ??= []).push(item.title);
  return nameColumns(titles, rules);
}

function* readItem(entry: PublishedItem, column: string | null, file: string, tally: Tally): Generator<FormatEvent> {
  const { item } = entry;
  const problem = (message: string): FormatEvent => ({ kind: 'problem', line: item.line, message });
  const body = item.body.join('\n');
  if (item.title === '' && body === '' && item.attachments.length === 0) {
    yield problem(m.dateWithoutAnything);
    return;
  }
  if (item.title === '') yield problem(m.dateWithoutTitle);
  if (item.truncatedText !== null) yield problem(m.cutOff);
  else if (body === '') yield problem(m.noBody);
  if (item.date !== null && entry.publishedOn === null) yield problem(m.impossibleDate(item.date.printed));

  const bodies = countBodies(item.body);
  if (item.title !== '') tally.titledItems++;
  tally.bodies += bodies;
  tally.joinedBodies += Math.max(0, bodies - 1);
  tally.attachments += item.attachments.length;
  if (entry.publishedOn === null) tally.undated++;
  yield {
    kind: 'notice',
    notice: {
      id: null,
      title: item.title === '' ? titleFromBody(body === '' ? (item.attachments[0] ?? '') : body) : item.title,
      publishedOn: entry.publishedOn,
      dateOrigin: entry.origin,
      column,
      body,
      attachments: item.attachments,
      url: null,
      place: { file, line: item.line },
    },
  };
}
