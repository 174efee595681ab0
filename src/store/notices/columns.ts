import type { Generated } from 'kysely';
import type { Attachment, DateOrigin, Repair } from '../../domain/notice.js';

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

export interface AttachmentsTable extends ChildColumns {
  kind: Attachment['kind'];
  number: number | null;
  name: string;
}

export interface RepairsTable extends ChildColumns {
  rule: string;
  field: Repair['field'];
  at: number;
  from_text: string;
  to_text: string;
}

export interface FactsTable extends ChildColumns {
  kind: string;
  span_start: number;
  span_end: number;
  /** JSON object of the kind's other properties; checked when read. */
  value: string;
}

export interface RunsTable {
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
