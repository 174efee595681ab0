import { z } from 'zod';
import type { DateOrigin, PlainDate } from '../../domain/notice.js';
import { sourceMessages as m } from '../../messages/source.js';
import { parseStatedDate } from './plain-date.js';
import type { FormatEvent, Tally } from './source-event.js';
import type { TextLine } from './text-file.js';
import { titleFromBody } from './title-from-body.js';

/** Fields of one JSON Lines record, with one message in `problems` per invalid field. */
interface JsonRecord {
  readonly id: string | null;
  readonly title: string;
  readonly body: string;
  readonly publishedOn: PlainDate | null;
  readonly dateOrigin: DateOrigin;
  readonly column: string | null;
  readonly url: string | null;
  readonly attachments: readonly string[];
  readonly problems: readonly string[];
}

/** Upper bound, in UTF-16 units, on an id. */
const MAX_ID_LENGTH = 200;

const schemas = {
  text: z.string(),
  id: z
    .union([z.string(), z.number().int()])
    .transform((value) => String(value).trim())
    .pipe(z.string().min(1).max(MAX_ID_LENGTH)),
  date: z.string().transform((value, context) => {
    const day = parseStatedDate(value);
    if (day !== null) return day;
    context.addIssue({ code: 'custom', message: 'date' });
    return z.NEVER;
  }),
  url: z
    .string()
    .transform((value) => value.trim())
    .pipe(z.url({ protocol: /^https?$/ })),
  attachments: z
    .array(z.union([z.string(), z.object({ name: z.string() })]))
    .transform((list) =>
      list.map((entry) => (typeof entry === 'string' ? entry : entry.name).trim()).filter((name) => name !== ''),
    ),
};

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

/** Validates a record's fields. An invalid field is read as missing and named in `problems`. */
function readRecord(record: Readonly<Record<string, unknown>>): JsonRecord {
  const problems: string[] = [];
  const field = <T>(name: string, schema: z.ZodType<T>, expected: string): T | null => {
    const value = record[name];
    if (value === undefined || value === null) return null;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    problems.push(m.badField(name, expected));
    return null;
  };
  const blankAsNull = (value: string | null): string | null =>
    value === null || value.trim() === '' ? null : value.trim();

  const publishedOn = field('date', schemas.date, m.expected.date);
  return {
    id: field('id', schemas.id, m.expected.id),
    title: blankAsNull(field('title', schemas.text, m.expected.text)) ?? '',
    body: blankAsNull(field('body', schemas.text, m.expected.text)) ?? '',
    publishedOn,
    dateOrigin: publishedOn === null ? 'none' : 'stated',
    column: blankAsNull(field('column', schemas.text, m.expected.text)),
    url: field('url', schemas.url, m.expected.url),
    attachments: field('attachments', schemas.attachments, m.expected.attachments) ?? [],
    problems,
  };
}
