import { dayInShanghai } from '../../domain/dates.js';
import type { PlainDate } from '../../domain/notice.js';

/** Formats a day as `YYYY-MM-DD`; null when it does not exist or its year is outside 1900–2200. */
export function plainDate(year: number, month: number, day: number): PlainDate | null {
  if (year < 1900 || year > 2200) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

const DAY_ONLY =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/;
const WITH_TIME = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Parses a full date: `2024-03-11`, `2024/3/11`, `2024.3.11`, `2024年3月11日` or an ISO date-time (with a zone: its day
 * in Asia/Shanghai). Returns null for anything else and for a day that does not exist.
 */
export function parseStatedDate(text: string): PlainDate | null {
  const trimmed = text.trim();
  const day = DAY_ONLY.exec(trimmed);
  if (day !== null) {
    const [year, month, dayOfMonth] = day.slice(1).filter((part) => (part as string | undefined) !== undefined);
    return plainDate(Number(year), Number(month), Number(dayOfMonth));
  }
  const timed = WITH_TIME.exec(trimmed);
  if (timed === null) return null;
  const [, printed, zone] = timed;
  if (printed === undefined || parseStatedDate(printed) === null) return null;
  if (zone === undefined) return printed;
  const instant = new Date(trimmed.replace(' ', 'T'));
  return Number.isNaN(instant.getTime()) ? null : dayInShanghai(instant);
}

const FULL_DATE = /(?<!\d)((?:19|20)\d{2}) ?[年./-] ?(\d{1,2}) ?[月./-] ?(\d{1,2})(?!\d)/g;

/** Returns every existing day that a text prints with its year, in order of appearance. */
export function fullDatesIn(text: string): PlainDate[] {
  const found: PlainDate[] = [];
  for (const match of text.matchAll(FULL_DATE)) {
    const date = plainDate(Number(match[1]), Number(match[2]), Number(match[3]));
    if (date !== null) found.push(date);
  }
  return found;
}
