import { z } from 'zod';
import type { DateOrigin, PlainDate } from '../../domain/notice.js';
import { sourceMessages as m } from '../../messages/source.js';
import { parseStatedDate } from './plain-date.js';

/** Fields of one JSON Lines record, with one message in `problems` per invalid field. */
export interface JsonRecord {
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

const MAX_ID = 200;

const text = z.string();
const id = z
  .union([z.string(), z.number().int()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(MAX_ID));
const date = z.string().transform((value, context) => {
  const day = parseStatedDate(value);
  if (day !== null) return day;
  context.addIssue({ code: 'custom', message: 'date' });
  return z.NEVER;
});
const url = z
  .string()
  .transform((value) => value.trim())
  .pipe(z.url({ protocol: /^https?$/ }));
const attachments = z
  .array(z.union([z.string(), z.object({ name: z.string() })]))
  .transform((list) =>
    list.map((entry) => (typeof entry === 'string' ? entry : entry.name).trim()).filter((name) => name !== ''),
  );

/** Validates a record's fields. An invalid field is read as missing and named in `problems`. */
export function readRecord(record: Readonly<Record<string, unknown>>): JsonRecord {
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

  const publishedOn = field('date', date, m.expected.date);
  return {
    id: field('id', id, m.expected.id),
    title: blankAsNull(field('title', text, m.expected.text)) ?? '',
    body: blankAsNull(field('body', text, m.expected.text)) ?? '',
    publishedOn,
    dateOrigin: publishedOn === null ? 'none' : 'stated',
    column: blankAsNull(field('column', text, m.expected.text)),
    url: field('url', url, m.expected.url),
    attachments: field('attachments', attachments, m.expected.attachments) ?? [],
    problems,
  };
}
