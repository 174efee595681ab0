import type { Span } from '../../../domain/fact.js';
import type { Cell } from './cells.js';
import type { Column } from './columns.js';

/** A cell that distinguishes its row from the others. */
export interface RowKey extends Cell {
  /** Index of its column. */
  readonly column: number;
  /** Whether it is carried down from an earlier row, where its span lies, because this row's own cell is empty. */
  readonly isCarried: boolean;
}

/** A table row. Its span runs from its first non-empty cell to its last. */
export interface TableRow extends Span {
  /** One cell per column, with text '' where it is empty; no cells where the row does not fit the header. */
  readonly cells: readonly Cell[];
  /** Its own words that name it among the rows; null when it has none. */
  readonly name: Span | null;
  /** Cells that distinguish it from other rows, in column order: 心血管内科, 周三. Empty where there are no cells. */
  readonly keys: readonly RowKey[];
}

export interface Table {
  readonly columns: readonly Column[];
  /** Sorted by position. */
  readonly rows: readonly TableRow[];
}

/** A row whose keys are not chosen yet, because they depend on the other rows. */
export type UnkeyedRow = Omit<TableRow, 'keys'>;

export interface UnkeyedTable {
  readonly columns: readonly Column[];
  readonly rows: readonly UnkeyedRow[];
}

export interface TableMatch extends UnkeyedTable {
  /** Index of the line after the table. */
  readonly nextLine: number;
}

export const LONGEST_NAME = 40;

export function createRow(cells: readonly Cell[], columns: readonly Column[]): UnkeyedRow {
  const first = cells.findIndex(({ kind }, i) => kind === 'text' && columns[i]?.isSerial !== true);
  let last = first;
  // All text before the first value names the row: 信息学院 计算机科学与技术 18 → 信息学院 计算机科学与技术.
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

/** Creates a row without cells, for a line that does not fit the columns. */
export function createUnfittingRow(cells: readonly Cell[]): UnkeyedRow {
  return { ...createRow(cells, []), cells: [] };
}

function extentOf(cells: readonly Cell[]): Span {
  const held = cells.filter(({ text }) => text !== '');
  return { start: held[0]?.start ?? 0, end: held.at(-1)?.end ?? 0 };
}
