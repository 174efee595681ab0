/** Where the received text is laid out in columns: what stays of each run of blanks there, by the run's start. */
export type ColumnGaps = ReadonlyMap<number, string>;

interface Line {
  /** Without the blanks at its edges. */
  readonly start: number;
  readonly end: number;
  /** Runs of blanks inside that part columns. */
  readonly gaps: readonly { readonly start: number; readonly to: string }[];
  /** Tabs before and behind its words: cells that are empty. */
  readonly head: string;
  readonly tail: string;
}

const LINE = /[^\n\r\u0085\u2028\u2029]+/g;
const BLANKS = /[ \t\u00a0\u3000]+/g;
const LONGEST_LINE = 240;
const LONGEST_CELL = 60;
/** 主办：甲 承办：乙 are labels, and what ends like a sentence is prose. */
const NO_CELL = /^[\u4e00-\u9fff]{2,8}[:：]|[。；！？]/;

/**
 * A tab between words of neighbouring lines is a table's, as a browser copies
 * it, and so are wide blanks that part each of several lines into as many
 * cells. They stay, a wide blank as one full-width one, also where they stand
 * for an empty first or last cell. Linear in the length of the text.
 */
export function columnGaps(text: string): ColumnGaps {
  const gaps = new Map<number, string>();
  if (!/[\t\u3000]|[ \u00a0]{2}/.test(text)) return gaps;
  for (const [part, least] of [
    [tabbed, () => 2],
    [widelySpaced, ({ gaps: own }: Line) => (own.length > 1 ? 2 : 3)],
  ] as const) {
    let block: Line[] = [];
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
        // Rows of a laid-out table have as many cells; a tab is certain by itself.
        if (part === widelySpaced && line.gaps.length !== before) close();
        before = line.gaps.length;
        block.push(line);
      }
    }
    close();
  }
  return gaps;
}

function keep(block: readonly Line[], gaps: Map<number, string>): void {
  block.forEach((line, i) => {
    for (const { start, to } of line.gaps) gaps.set(start, to);
    const next = block[i + 1];
    // The run that ends a line reaches to the next one's first word.
    const edges = `${line.tail}\n${next?.head ?? ''}`;
    if (edges !== '\n') gaps.set(line.end, edges);
  });
}

function tabbed(words: string, index: number): Line | null {
  return words.includes('\t') ? lineOf(words, index, (run) => run.replace(/[^\t]+/g, '')) : null;
}

function widelySpaced(words: string, index: number): Line | null {
  if (words.length > LONGEST_LINE || words.includes('\t')) return null;
  const line = lineOf(words, index, (run) => (run.length > 1 || run === '\u3000' ? '\u3000' : ''));
  const cells = words.trim().split(/[ \u00a0\u3000]{2,}|\u3000/);
  const isRow = line.gaps.length > 0 && cells.every((cell) => cell.length <= LONGEST_CELL && !NO_CELL.test(cell));
  return isRow ? line : null;
}

function lineOf(words: string, index: number, partedBy: (run: string) => string): Line {
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
