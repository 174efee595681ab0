import type { RawNotice } from '../../domain/notice.js';

/** Location of a problem: a line (1-based), or the file or folder as a whole (`line` is null). */
export interface ProblemPlace {
  readonly file: string;
  readonly line: number | null;
}

export interface NoticeEvent {
  readonly kind: 'notice';
  readonly notice: RawNotice;
}

/**
 * Defect in the input. `fatal`: nothing more of this file or path is read; notices yielded before stay valid.
 * `message` names the file when `place.line` is null, and omits the location otherwise.
 */
export interface ProblemEvent {
  readonly kind: 'problem';
  readonly place: ProblemPlace;
  readonly message: string;
  readonly fatal: boolean;
}

export type SourceFormat = 'page-export' | 'json-lines';
export type SourceEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

export interface SourceCounts {
  /** Items with a title of their own. */
  readonly titledItems: number;
  /** Bodies found, with or without a title of their own. */
  readonly bodies: number;
  /** Those of `bodies` that are long, have no title and were joined to the item above. */
  readonly joinedBodies: number;
  /** Attachment names on lines (or in fields) of their own. */
  readonly attachments: number;
  readonly undated: number;
  readonly columns: number;
  readonly problems: number;
}

/** Last event of each recognised file. */
export interface SummaryEvent {
  readonly kind: 'summary';
  readonly file: string;
  readonly format: SourceFormat;
  readonly encoding: SourceEncoding;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly counts: SourceCounts;
}

export type SourceEvent = NoticeEvent | ProblemEvent | SummaryEvent;

/** Event of a format's reader; `readFile` adds the file name and the summary. */
export type FormatEvent = NoticeEvent | { readonly kind: 'problem'; readonly line: number; readonly message: string };

/** Mutable counters of the file being read. */
export type Tally = { -readonly [K in keyof SourceCounts]: number };

export function newTally(): Tally {
  return { titledItems: 0, bodies: 0, joinedBodies: 0, attachments: 0, undated: 0, columns: 0, problems: 0 };
}
