import type { Generated, Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { OperatorError } from '../../domain/errors.js';
import type { Fact } from '../../domain/fact.js';
import type { Attachment, DateOrigin, Notice, Repair } from '../../domain/notice.js';
import { storeMessages as m } from '../../messages/store.js';
import type { NoticeRecord, RunRecord, StoredNotice } from '../notice-store.js';
import { factsHash } from '../records.js';
import { parseFact } from './fact-schema.js';

/** Tables after the newest migration. Offsets are in UTF-16 units, dates are ISO text. */
export interface NoticeTables {
  notices: NoticesTable;
  attachments: AttachmentsTable;
  repairs: RepairsTable;
  facts: FactsTable;
  runs: RunsTable;
  meta: MetaTable;
}

export interface NoticesTable {
  key: Generated<number>;
  id: string;
  version: number;
  title: string;
  published_on: string | null;
  date_origin: DateOrigin;
  column_name: string | null;
  body: string;
  url: string | null;
  raw_title: string;
  raw_body: string;
  /** JSON array of names, in order. */
  raw_attachments: string;
  content_hash: string;
  /** Shows whether newly extracted facts differ, without reading the stored ones. */
  facts_hash: string;
  /** When this version was stored. */
  changed_at: string;
}

interface ChildColumns {
  notice_key: number;
  /** 0-based place in the notice's list. */
  position: number;
}

interface AttachmentsTable extends ChildColumns {
  kind: Attachment['kind'];
  number: number | null;
  name: string;
}

interface RepairsTable extends ChildColumns {
  rule: string;
  field: Repair['field'];
  at: number;
  from_text: string;
  to_text: string;
}

interface FactsTable extends ChildColumns {
  kind: string;
  span_start: number;
  span_end: number;
  /** JSON object of the kind's other properties; checked when read. */
  value: string;
}

interface RunsTable {
  key: Generated<number>;
  started_at: string;
  ended_at: string;
  /** JSON array of names. */
  sources: string;
  outcome: 'done' | 'failed';
  report: string;
}

interface MetaTable {
  name: string;
  value: number;
}

const strings = z.array(z.string());
const object = z.record(z.string(), z.unknown());

/** Returns the row of a notice without its key and version. */
export function noticeRow({ notice, facts }: NoticeRecord, changedAt: string) {
  return {
    id: notice.id,
    title: notice.title,
    published_on: notice.publishedOn,
    date_origin: notice.dateOrigin,
    column_name: notice.column,
    body: notice.body,
    url: notice.url,
    raw_title: notice.raw.title,
    raw_body: notice.raw.body,
    raw_attachments: JSON.stringify(notice.raw.attachments),
    content_hash: notice.contentHash,
    facts_hash: factsHash(facts),
    changed_at: changedAt,
  } satisfies Omit<Insertable<NoticesTable>, 'version'>;
}

export function attachmentRows(noticeKey: number, notice: Notice): Insertable<AttachmentsTable>[] {
  return notice.attachments.map(({ kind, number, name }, position) => ({
    notice_key: noticeKey,
    position,
    kind,
    number,
    name,
  }));
}

export function repairRows(noticeKey: number, notice: Notice): Insertable<RepairsTable>[] {
  return notice.repairs.map(({ rule, field, at, from, to }, position) => ({
    notice_key: noticeKey,
    position,
    rule,
    field,
    at,
    from_text: from,
    to_text: to,
  }));
}

export function factRows(noticeKey: number, facts: readonly Fact[]): Insertable<FactsTable>[] {
  return facts.map(({ kind, span, ...value }, position) => ({
    notice_key: noticeKey,
    position,
    kind,
    span_start: span.start,
    span_end: span.end,
    value: JSON.stringify(value),
  }));
}

interface ChildRows {
  readonly attachments: readonly Selectable<AttachmentsTable>[];
  readonly repairs: readonly Selectable<RepairsTable>[];
  readonly facts: readonly Selectable<FactsTable>[];
}

/** Builds a stored notice from its row and its child rows, which must be in order of position. */
export function storedNotice(row: Selectable<NoticesTable>, children: ChildRows, file: string): StoredNotice {
  return {
    key: row.key,
    version: row.version,
    notice: {
      id: row.id,
      title: row.title,
      publishedOn: row.published_on,
      dateOrigin: row.date_origin,
      column: row.column_name,
      body: row.body,
      attachments: children.attachments.map(({ kind, number, name }) => ({ kind, number, name })),
      url: row.url,
      raw: {
        title: row.raw_title,
        body: row.raw_body,
        attachments: parseJson(row.raw_attachments, strings, file, `notices.raw_attachments (key ${String(row.key)})`),
      },
      repairs: children.repairs.map(({ rule, field, at, from_text: from, to_text: to }) => ({
        rule,
        field,
        at,
        from,
        to,
      })),
      contentHash: row.content_hash,
    },
    facts: children.facts.flatMap((fact) => storedFact(fact, file) ?? []),
  };
}

/**
 * Decodes a fact. Returns null for a kind or a shape that this version does not know: every run extracts facts anew, so
 * an unknown fact is left out instead of making the notice unreadable.
 */
function storedFact(row: Selectable<FactsTable>, file: string): Fact | null {
  const value = parseJson(row.value, object, file, `facts.value (notice ${String(row.notice_key)})`);
  return parseFact({ ...value, kind: row.kind, span: { start: row.span_start, end: row.span_end } });
}

export function runRow(run: RunRecord): Insertable<RunsTable> {
  return {
    started_at: run.startedAt,
    ended_at: run.endedAt,
    sources: JSON.stringify(run.sources),
    outcome: run.outcome,
    report: run.report,
  };
}

export function runRecord(row: Selectable<RunsTable>, file: string): RunRecord {
  return {
    startedAt: row.started_at,
    endedAt: row.ended_at,
    sources: parseJson(row.sources, strings, file, `runs.sources (key ${String(row.key)})`),
    outcome: row.outcome,
    report: row.report,
  };
}

function parseJson<T>(text: string, schema: z.ZodType<T>, file: string, place: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new OperatorError(m.damagedValue(file, place), { cause });
  }
  const result = schema.safeParse(json);
  if (!result.success) throw new OperatorError(m.damagedValue(file, place), { cause: result.error });
  return result.data;
}
