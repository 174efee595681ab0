/** Replacements of the runs of blanks that separate table columns, by the run's start offset. */
export type ColumnGaps = ReadonlyMap<number, string>;

interface ColumnLine {
  /** Range without outer blanks. */
  readonly start: number;
  readonly end: number;
  /** Runs of blanks inside the line that separate columns. */
  readonly gaps: readonly { readonly start: number; readonly to: string }[];
  /** Tabs before and after the words: empty cells. */
  readonly head: string;
  readonly tail: string;
}

const LINE = /[^\n\r\u0085\u2028\u2029]+/g;
const BLANKS = /[ \t\u00a0\u3000]+/g;
const LONGEST_LINE = 240;
const LONGEST_CELL = 60;
/** Text that is not a table cell: a label (主办：甲 承办：乙), or prose (contains the end of a sentence). */
const NO_CELL = /^[\u4e00-\u9fff]{2,8}[:：]|[。；！？]/;

/**
 * Finds the blanks that separate table columns: tabs between the words of at least two successive lines (as a browser
 * copies a table), and wide blanks that divide successive lines into equally many cells (two lines of three or more
 * cells, or three lines of two). Tabs are kept, also those of empty first and last cells; a wide blank becomes one
 * full-width blank. Linear in the length of the text.
 */
export function columnGaps(text: string): ColumnGaps {
  const gaps = new Map<number, string>();
  if (!/[\t\u3000]|[ \u00a0]{2}/.test(text)) return gaps;
  for (const [part, least] of [
    [tabbed, () => 2],
    [widelySpaced, ({ gaps: own }: ColumnLine) => (own.length > 1 ? 2 : 3)],
  ] as const) {
    let block: ColumnLine[] = [];
    let before = 0;
    const close = (): void => {
      const first = block.find((line) => line.gaps.length > 0);
      if (first !== undefined && block.filter((line) => line.gaps.length > 0).length >= least(first)) keep(block, gaps);
      block = [];
    };
    for (const { 0: words, index } of text.matchAll(LINE)) {
      if (words.trim() === '') continue;
      const line = part(words, index);
      if (line === null) close();
      else {
        // Rows separated by wide blanks must have equally many cells; a tab is sufficient evidence by itself.
        if (part === widelySpaced && line.gaps.length !== before) close();
        before = line.gaps.length;
        block.push(line);
      }
    }
    close();
  }
  return gaps;
}

function keep(block: readonly ColumnLine[], gaps: Map<number, string>): void {
  block.forEach((line, i) => {
    for (const { start, to } of line.gaps) gaps.set(start, to);
    const next = block[i + 1];
    // The run of blanks at the end of a line extends to the first word of the next line.
    const edges = `${line.tail}\n${next?.head ?? ''}`;
    if (edges !== '\n') gaps.set(line.end, edges);
  });
}

function tabbed(words: string, index: number): ColumnLine | null {
  return words.includes('\t') ? lineOf(words, index, (run) => run.replace(/[^\t]+/g, '')) : null;
}

function widelySpaced(words: string, index: number): ColumnLine | null {
  if (words.length > LONGEST_LINE || words.includes('\t')) return null;
  const line = lineOf(words, index, (run) => (run.length > 1 || run === '\u3000' ? '\u3000' : ''));
  const cells = words.trim().split(/[ \u00a0\u3000]{2,}|\u3000/);
  const isRow = line.gaps.length > 0 && cells.every((cell) => cell.length <= LONGEST_CELL && !NO_CELL.test(cell));
  return isRow ? line : null;
}

function lineOf(words: string, index: number, partedBy: (run: string) => string): ColumnLine {
  const start = index + (words.length - words.trimStart().length);
  const end = start + words.trim().length;
  const runs = Array.from(words.trim().matchAll(BLANKS), (run) => ({
    start: start + run.index,
    to: partedBy(run[0]),
  }));
  const tabs = (blanks: string): string => blanks.replace(/[^\t]+/g, '');
  return {
    start,
    end,
    gaps: runs.filter(({ to }) => to !== ''),
    head: tabs(words.slice(0, start - index)),
    tail: tabs(words.slice(end - index)),
  };
}
