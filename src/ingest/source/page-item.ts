import type { DateOrigin, PlainDate } from '../../domain/notice.js';

/** A non-blank line of a page export. */
export interface PageLine {
  /** 1-based. */
  readonly number: number;
  /** Trimmed. */
  readonly text: string;
  /** Number of blank lines directly above. */
  readonly gap: number;
}

/** Date of a list entry as printed: `[03-11]`, `[2024-03-11]`; `year` is null when it is not printed. */
export interface ListDate {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** Literal text of the date, without brackets: `03-11`. */
  readonly printed: string;
}

/** One list entry of a page export, before its year and column are inferred. */
export interface PageItem {
  /** Empty when the date has no title above it. */
  readonly title: string;
  /** 1-based. */
  readonly line: number;
  /** Number of blank lines above the item. */
  readonly gap: number;
  readonly date: ListDate | null;
  readonly body: readonly string[];
  readonly attachments: readonly string[];
  /** Text below the title when the file ends within the item's title or date; null for a complete item. */
  readonly truncatedText: string | null;
}

/** List date with its inferred year, and where the year came from. */
export interface ResolvedDate {
  readonly date: PlainDate;
  readonly origin: DateOrigin;
}

/** Length, in UTF-16 units, from which a line counts as a body of its own; undated titles are shorter. */
export const MIN_BODY_LINE_LENGTH = 120;
