import { createCell, type Cell } from './cells.js';
import type { TableLine } from './lines.js';

/** A way to split a line into cells. */
export interface Separator {
  /** Whether prose does not contain it, so that it needs less evidence. */
  readonly isCertain: boolean;
  /** Whether it is a bar, which may also frame the line. */
  readonly isBar: boolean;
  /** Splits a line into cells, empty ones included; no cells when the separator does not occur. */
  split(body: string, line: TableLine, empty: ReadonlySet<string>): Cell[];
}

export const TAB: Separator = {
  isCertain: true,
  isBar: false,
  // Tabs at the edges delimit empty cells too.
  split: (body, { untrimmedStart: from, untrimmedEnd: to }, empty) => cellsBetween(body, from, to, /\t/g, empty),
};

/** Separators in the order of trial, the more certain first. A single blank is none, because values contain it too. */
export const separators: readonly Separator[] = [
  TAB,
  createSeparator(/[|｜]/g, true),
  createSeparator(/[ \u00a0\u3000]+/g, false, (run) => run.length > 1 || run === '\u3000'),
  createSeparator(/(?<=\s)\/(?=\s)/g),
  createSeparator(/(?<=\s)[;；](?=\s)/g),
];

function createSeparator(pattern: RegExp, isBar = false, isMeant?: (found: string) => boolean): Separator {
  return {
    isCertain: false,
    isBar,
    split: (body, { start, end }, empty) => cellsBetween(body, start, end, pattern, empty, isMeant),
  };
}

function cellsBetween(
  body: string,
  start: number,
  end: number,
  pattern: RegExp,
  empty: ReadonlySet<string>,
  isMeant: (found: string) => boolean = () => true,
): Cell[] {
  const cells: Cell[] = [];
  let from = start;
  const close = (to: number): void => {
    const words = body.slice(from, to);
    const text = words.trim();
    // An empty cell gets the offset where it begins.
    const lead = text === '' ? 0 : words.indexOf(text);
    cells.push(createCell(text, from + lead, empty));
  };
  for (const { 0: found, index } of body.slice(start, end).matchAll(pattern)) {
    if (!isMeant(found)) continue;
    close(start + index);
    from = start + index + found.length;
  }
  if (from > start) close(end);
  return cells;
}
