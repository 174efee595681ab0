import type { Span } from '../../../domain/fact.js';

/** A line without the blanks at its edges. */
export interface TableLine extends Span {
  /** Its bounds with those blanks. */
  readonly untrimmedStart: number;
  readonly untrimmedEnd: number;
}

/** Splits a body into lines, without blank ones. */
export function splitLines(body: string): TableLine[] {
  const lines: TableLine[] = [];
  let from = 0;
  for (let to = 0; to <= body.length; to++) {
    if (to < body.length && body.charAt(to) !== '\n') continue;
    const words = body.slice(from, to);
    const start = from + (words.length - words.trimStart().length);
    if (words.trim() !== '')
      lines.push({ start, end: start + words.trim().length, untrimmedStart: from, untrimmedEnd: to });
    from = to + 1;
  }
  return lines;
}
