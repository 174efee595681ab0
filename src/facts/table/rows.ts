import type { Span } from '../../domain/fact.js';
import type { Cell } from './cells.js';
import type { Column } from './columns.js';

/** A cell that tells its row from others. */
export interface Key extends Cell {
  /** Index of its column. */
  readonly column: number;
  /** It stands in an earlier row (its span is there) and holds for this one too, whose own cell is empty. */
  readonly isCarried: boolean;
}

/** Spans from its first cell that holds something to its last. */
export interface Row extends Span {
  /** One for each column; none where the row does not fit the header. What is left empty is a cell without text. */
  readonly cells: readonly Cell[];
  /** The words of its own that tell it from other rows; null when it has none. */
  readonly name: Span | null;
  /** What tells it from other rows, in order of column: 心血管内科, 周三. Empty where there are no cells. */
  readonly keys: readonly Key[];
}

export interface Table {
  readonly columns: readonly Column[];
  /** In order of place. */
  readonly rows: readonly Row[];
}

/** A row before the others are known. */
export type BareRow = Omit<Row, 'keys'>;

export interface BareTable {
  readonly columns: readonly Column[];
  readonly rows: readonly BareRow[];
}

export interface Found extends BareTable {
  /** The line behind it. */
  readonly next: number;
}

export const LONGEST_NAME = 40;

export function rowFrom(cells: readonly Cell[], columns: readonly Column[]): BareRow {
  const first = cells.findIndex(({ kind }, i) => kind === 'text' && columns[i]?.isSerial !== true);
  let last = first;
  // 信息学院 计算机科学与技术 18: all that stands before the first value tells the row from others.
  while (cells[last + 1]?.kind === 'text' && (cells[last + 1]?.end ?? 0) - (cells[first]?.start ?? 0) <= LONGEST_NAME)
    last++;
  const [from, to] = [cells[first], cells[last]];
  const isValued = to !== undefined && last < cells.length - 1;
  return {
    cells,
    name: from === undefined ? null : { start: from.start, end: isValued ? to.end : from.end },
    ...extentOf(cells),
  };
}

/** A row whose cells can't be told. */
export function unfitting(cells: readonly Cell[]): BareRow {
  return { ...rowFrom(cells, []), cells: [] };
}

function extentOf(cells: readonly Cell[]): Span {
  const held = cells.filter(({ text }) => text !== '');
  return { start: held[0]?.start ?? 0, end: held.at(-1)?.end ?? 0 };
}
