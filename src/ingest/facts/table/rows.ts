import type { Span } from '../../../domain/fact.js';
import { findMajorityKind, withoutBlanks, type Cell } from './cells.js';
import type { Column } from './headers.js';

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

const MAX_ROW_NAME_LENGTH = 40;

export function createRow(cells: readonly Cell[], columns: readonly Column[]): UnkeyedRow {
  const first = cells.findIndex(({ kind }, i) => kind === 'text' && columns[i]?.isSerial !== true);
  let last = first;
  // All text before the first value names the row: 信息学院 计算机科学与技术 18 → 信息学院 计算机科学与技术.
  while (
    cells[last + 1]?.kind === 'text' &&
    (cells[last + 1]?.end ?? 0) - (cells[first]?.start ?? 0) <= MAX_ROW_NAME_LENGTH
  )
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
  const filled = withoutBlanks(cells);
  return { start: filled[0]?.start ?? 0, end: filled.at(-1)?.end ?? 0 };
}

const MAX_KEYS = 3;
/** Kinds of cells that state values of a row and do not identify it. */
const NON_KEY_KINDS: ReadonlySet<string> = new Set(['number', 'measure', 'phone', 'empty']);

/** Key candidates of a row by column index; undefined where the cell is empty. */
type KeyCandidates = readonly (RowKey | undefined)[];

/**
 * Adds to each row its keys, the cells that distinguish it: from the left as few columns as it takes, a text column
 * among them if any.
 */
export function addKeys({ columns, rows }: UnkeyedTable): Table {
  const full = rows.filter(({ cells }) => cells.length > 0);
  const kinds = columns.map((_, i) => findMajorityKind(full.flatMap(({ cells }) => cells[i] ?? [])));
  const candidates = columns.flatMap(({ isSerial }, i) => (isSerial || NON_KEY_KINDS.has(kinds[i] ?? '') ? [] : [i]));
  const keysOfRows = carryDownKeys(full, columns, candidates);
  const chosen = chooseColumns(
    candidates.filter((i, at) => at === 0 || columns[i]?.isPerson !== true),
    keysOfRows,
  );
  const worded = candidates.find((i) => kinds[i] === 'text');
  if (worded !== undefined && !chosen.some((i) => kinds[i] === 'text')) chosen.push(worded);
  chosen.sort((a, b) => a - b);

  let next = 0;
  const addOwn = (row: UnkeyedRow): TableRow => {
    const own = row.cells.length > 0 ? keysOfRows[next++] : undefined;
    const keys = chosen.flatMap((i) => own?.[i] ?? []);
    return { ...row, keys, name: extendName(row.name, nameOf(keys)) };
  };
  return { columns, rows: rows.map(addOwn) };
}

/** Returns each row's key candidates. Where the first cells of a row are empty (merged cells), those above count. */
function carryDownKeys(
  rows: readonly UnkeyedRow[],
  columns: readonly Column[],
  candidates: readonly number[],
): KeyCandidates[] {
  const serials = columns.flatMap(({ isSerial }, i) => (isSerial ? [i] : []));
  let above: KeyCandidates = [];
  return rows.map(({ cells }) => {
    const keys: (RowKey | undefined)[] = columns.map(() => undefined);
    // A value of its own begins a group: empty cells after it stay empty. So does 合计 in a serial column.
    let isCarrying = serials.every((i) => cells[i]?.kind !== 'text');
    for (const column of candidates) {
      const cell = cells[column];
      const over = above[column];
      if (cell !== undefined && cell.text !== '') {
        isCarrying = false;
        if (cell.kind !== 'empty') keys[column] = { ...cell, column, isCarried: false };
      } else if (isCarrying && over !== undefined) {
        keys[column] = over.isCarried ? over : { ...over, isCarried: true };
      }
    }
    above = keys;
    return keys;
  });
}

function chooseColumns(candidates: readonly number[], rows: readonly KeyCandidates[]): number[] {
  const chosen: number[] = [];
  let words: readonly string[] = [];
  let distinct = Math.min(1, rows.length - 1);
  for (const i of candidates) {
    if (distinct === rows.length || chosen.length === MAX_KEYS) break;
    const joined = rows.map((keys, r) => `${words[r] ?? ''}\n${keys[i]?.text ?? ''}`);
    const count = new Set(joined).size;
    // One group for all rows distinguishes none, but is kept because it was written once for all of them.
    const isGroup = chosen.length === 0 && rows.some((keys) => keys[i]?.isCarried === true);
    if (count <= distinct && !isGroup) continue;
    chosen.push(i);
    words = joined;
    distinct = count;
  }
  return chosen.length > 0 ? chosen : candidates.slice(0, 1);
}

/** Returns the span of the row's own text keys in neighbouring columns, or null. */
function nameOf(keys: readonly RowKey[]): Span | null {
  const [first, ...others] = keys.filter(({ kind, isCarried }) => kind === 'text' && !isCarried);
  if (first === undefined) return null;
  let last = first;
  for (const key of others) {
    if (key.column !== last.column + 1 || key.end - first.start > MAX_ROW_NAME_LENGTH) break;
    last = key;
  }
  return { start: first.start, end: last.end };
}

/** Returns the keys' span if it extends the name from the same start (心血管内科 → 心血管内科 周三), else the name. */
function extendName(name: Span | null, keys: Span | null): Span | null {
  return name !== null && keys?.start === name.start && keys.end > name.end ? keys : name;
}
