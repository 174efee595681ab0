import type { DateOrigin, PlainDate } from '../domain/notice.js';

/** A non-blank line of a page export. */
export interface PageLine {
  /** 1-based. */
  readonly number: number;
  /** Without outer blanks. */
  readonly text: string;
  /** Blank lines right above it. */
  readonly gap: number;
}

/** A list date as printed; the year is null when it is not printed. */
export interface ListDate {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** The characters between the brackets. */
  readonly printed: string;
}

/** An item as its lines say it, before years and columns are concluded. */
export interface PageItem {
  /** Empty when a date had no title above it. */
  readonly title: string;
  readonly line: number;
  /** Blank lines above the item. */
  readonly gap: number;
  readonly date: ListDate | null;
  readonly body: readonly string[];
  readonly attachments: readonly string[];
  /** When the file ended within the item's title or date: what stands below the title. */
  readonly cutOff: string | null;
}

/** A list date with its year, and what told the year. */
export interface Evidence {
  readonly date: PlainDate;
  readonly origin: DateOrigin;
}

/** From this length on a line is a body of its own; a title is never longer. */
export const LONG_LINE = 120;
