import { sourceMessages as m } from '../../messages/source.js';
import { readRecord } from './json-record.js';
import type { TextLine } from './lines.js';
import type { FormatEvent, Tally } from './source-event.js';
import { titleFromBody } from './title-from-body.js';

/**
 * Reads JSON Lines. A line that cannot be parsed yields a `problem`, and reading continues with the next line.
 * Records that repeat an id are all yielded, in order, each with a `problem`; the caller keeps the last.
 */
export async function* readJsonLines(
  batches: AsyncIterable<readonly TextLine[]>,
  file: string,
  tally: Tally,
): AsyncGenerator<FormatEvent, true> {
  const lineOfId = new Map<string, number>();
  let begun = false;
  for await (const lines of batches) {
    for (const line of lines) {
      const text = line.text.trim();
      if (text === '' || (!begun && text.startsWith('#'))) continue;
      begun = true;
      yield* readLine(line, text, file, lineOfId, tally);
    }
  }
  return true;
}

function* readLine(
  line: TextLine,
  text: string,
  file: string,
  lineOfId: Map<string, number>,
  tally: Tally,
): Generator<FormatEvent> {
  const problem = (message: string): FormatEvent => ({ kind: 'problem', line: line.number, message });
  const value = line.dropped > 0 ? m.recordTooLong : parseObject(text);
  if (typeof value === 'string') {
    yield problem(value);
    return;
  }

  const { problems, ...record } = readRecord(value);
  for (const message of problems) yield problem(message);
  if (record.title === '' && record.body === '') {
    yield problem(m.noTitleNoBody);
    return;
  }
  if (record.title === '') yield problem(m.noTitle);
  if (record.body === '') yield problem(m.noBodyField);
  if (record.id !== null) {
    const earlier = lineOfId.get(record.id);
    if (earlier !== undefined) yield problem(m.duplicateId(record.id, earlier));
    lineOfId.set(record.id, line.number);
  }

  if (record.title !== '') tally.titledItems++;
  if (record.body !== '') tally.bodies++;
  if (record.publishedOn === null) tally.undated++;
  tally.attachments += record.attachments.length;
  const title = record.title === '' ? titleFromBody(record.body) : record.title;
  yield { kind: 'notice', notice: { ...record, title, place: { file, line: line.number } } };
}

/** Parses a line as a JSON object. Returns the message for the operator (a string) when it is not one. */
function parseObject(text: string): Readonly<Record<string, unknown>> | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return m.badJson;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : m.notAnObject;
}
