import type { RawNotice } from '../domain/notice.js';

/** Where a problem lies: a line of a file (1-based), or the file or folder as a whole. */
export interface ProblemPlace {
  readonly file: string;
  readonly line: number | null;
}

export interface NoticeEvent {
  readonly kind: 'notice';
  readonly notice: RawNotice;
}

/**
 * Something that could not be read as it stood. `fatal` means that nothing (more)
 * of this file or path is read; what was read before it stays valid.
 * `message` names the file when `place.line` is null, and leaves the place out otherwise.
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
  /** Bodies found, whether under a title of their own or not. */
  readonly bodies: number;
  /** Of these, long bodies without a title that were joined to the item above. */
  readonly joinedBodies: number;
  /** Attachment names that stood on lines (or in fields) of their own. */
  readonly attachments: number;
  readonly undated: number;
  readonly columns: number;
  readonly problems: number;
}

/** Ends each file that was recognised. */
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

/** What a format's reader yields; `readFile` adds the place's file and the summary. */
export type FormatEvent = NoticeEvent | { readonly kind: 'problem'; readonly line: number; readonly message: string };

/** Counts while a file is read. */
export type Tally = { -readonly [K in keyof SourceCounts]: number };

export function newTally(): Tally {
  return { titledItems: 0, bodies: 0, joinedBodies: 0, attachments: 0, undated: 0, columns: 0, problems: 0 };
}
