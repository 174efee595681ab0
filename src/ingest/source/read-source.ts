import { sourceMessages as m } from '../../messages/source.js';
import type { ColumnRules } from './column-names.js';
import { probeFormat } from './detect-format.js';
import { failureReason, findFiles } from './find-files.js';
import { readJsonLines } from './json-lines.js';
import { readPageExport } from './page-export.js';
import { newTally, type FormatEvent, type SourceEvent, type Tally } from './source-event.js';
import { openText, type TextFile, type TextLine } from './text-file.js';

export interface ReadSourceOptions {
  /** Current time, the last source for the year of a list date. */
  readonly now: Date;
  /** Rules that name the columns of a page export. */
  readonly columns: ColumnRules;
  /** Upper bound, in bytes, on what is read of a file; default 64 MiB. */
  readonly maxBytes?: number;
  /** Upper bound on a line's length, counted as one byte per UTF-16 unit; default 8 MiB. */
  readonly maxLineBytes?: number;
  /** Called after each chunk of a file is read. */
  readonly onProgress?: (file: string, bytesRead: number, bytesTotal: number) => void;
}

const MIB = 1_048_576;

/**
 * Reads a file, or a folder's *.txt and *.jsonl files in name order (without subfolders), as page exports or JSON
 * Lines, detected by content. Never throws for the content of a path or file: what cannot be read is yielded as a
 * `problem`. Each recognised file ends with a `summary`.
 */
export async function* readSource(path: string, options: ReadSourceOptions): AsyncGenerator<SourceEvent> {
  const files = await findFiles(path);
  if (typeof files === 'string') {
    yield fatal(path, files);
    return;
  }
  for (const file of files) {
    try {
      yield* readFile(file, options);
    } catch (error) {
      yield fatal(file, m.readFailed(file, failureReason(error)));
    }
  }
}

function fatal(file: string, message: string): SourceEvent {
  return { kind: 'problem', place: { file, line: null }, message, fatal: true };
}

async function* readFile(file: string, options: ReadSourceOptions): AsyncGenerator<SourceEvent> {
  const opened = await openText(file, {
    maxBytes: options.maxBytes ?? 64 * MIB,
    maxLineUnits: options.maxLineBytes ?? 8 * MIB,
    ...(options.onProgress === undefined ? {} : { onBytes: progressOf(file, options.onProgress) }),
  });
  if (typeof opened === 'string') {
    yield fatal(file, opened);
    return;
  }
  const damage = { count: 0, line: 0 };
  const { format, firstLine, batches } = await probeFormat(countUndecodable(opened.lines(), damage));
  if (firstLine === null) {
    yield fatal(file, opened.bytesUnread > 0 ? m.tooLarge(file, opened.bytesTotal) : m.noContent(file));
    return;
  }
  if (opened.encoding !== 'utf-8') yield note(file, null, m.encoding(file, opened.encoding));

  const tally = newTally();
  const events =
    format === 'json-lines'
      ? readJsonLines(batches, file, tally)
      : readPageExport(batches, { file, now: options.now, columns: options.columns }, tally);
  if (!(yield* relay(events, file, tally))) {
    yield fatal(file, m.unknownFormat(file, firstLine));
    return;
  }
  for (const problem of endProblems(file, opened, damage)) {
    tally.problems++;
    yield problem;
  }
  const { encoding, bytesTotal, bytesUnread } = opened;
  yield {
    kind: 'summary',
    file,
    format,
    encoding,
    bytesRead: bytesTotal - bytesUnread,
    bytesTotal,
    counts: { ...tally },
  };
}

/** Forwards a reader's events, adding the file to problems; returns the reader's result (format recognised). */
async function* relay(
  events: AsyncGenerator<FormatEvent, boolean>,
  file: string,
  tally: Tally,
): AsyncGenerator<SourceEvent, boolean> {
  for (let next = await events.next(); ; next = await events.next()) {
    if (next.done === true) return next.value;
    if (next.value.kind === 'notice') {
      yield next.value;
    } else {
      tally.problems++;
      yield note(file, next.value.line, next.value.message);
    }
  }
}

function note(file: string, line: number | null, message: string): SourceEvent {
  return { kind: 'problem', place: { file, line }, message, fatal: false };
}

interface Damage {
  count: number;
  line: number;
}

/** Forwards the batches and counts undecodable characters (U+FFFD) into `damage`, with the first line affected. */
async function* countUndecodable(
  batches: AsyncGenerator<readonly TextLine[]>,
  damage: Damage,
): AsyncGenerator<readonly TextLine[]> {
  for await (const lines of batches) {
    for (const { number, text } of lines) {
      if (!text.includes('\uFFFD')) continue;
      if (damage.count === 0) damage.line = number;
      damage.count += text.split('\uFFFD').length - 1;
    }
    yield lines;
  }
}

function* endProblems(file: string, opened: TextFile, damage: Damage): Generator<SourceEvent> {
  if (damage.count > 0) yield note(file, damage.line, m.undecodable(damage.count));
  if (opened.bytesUnread > 0) yield note(file, null, m.tooLarge(file, opened.bytesUnread));
}

function progressOf(file: string, report: (file: string, bytesRead: number, bytesTotal: number) => void) {
  return (bytesRead: number, bytesTotal: number): void => {
    report(file, bytesRead, bytesTotal);
  };
}
