import { findMajorityKind } from './kinds.js';
import { areColumnNames, isKnownColumnName } from './columns.js';
import type { Cell, CellKind } from './cells.js';
import type { TableRules } from './rules.js';

const NON_HEADER_KINDS: ReadonlySet<CellKind> = new Set(['number', 'phone']);

/**
 * Returns whether the first line of a table names its columns instead of being its first row, by known column words or
 * because it differs from the rows below.
 */
export function isHeader(first: readonly Cell[], rows: readonly (readonly Cell[])[], rules: TableRules): boolean {
  const held = first.filter(({ text }) => text !== '');
  if (areColumnNames(held, rules)) return true;
  if (held.length < 2 || held.some(({ kind, text }) => NON_HEADER_KINDS.has(kind) || /[：:。；;]/.test(text)))
    return false;
  const isRow = (cell: Cell, i: number): boolean =>
    resemblesValuesBelow(
      cell,
      rows.flatMap((cells) => cells[i] ?? []),
    );
  // One known word in the first cell is enough where days name the other columns: 时间 5月6日 5月7日.
  const [corner] = first;
  if (corner !== undefined && isKnownColumnName(corner.text, rules) && !isRow(corner, 0)) return true;
  return !first.some(isRow);
}

/** Returns whether a cell is a value like those below: of their kind, equal to one, or with their last character. */
function resemblesValuesBelow(cell: Cell, below: readonly Cell[]): boolean {
  const held = below.filter(({ kind }) => kind !== 'empty');
  if (cell.kind === 'empty' || held.length === 0) return false;
  if (cell.kind !== 'text') return cell.kind === findMajorityKind(held);
  if (held.some(({ text }) => text === cell.text)) return true;
  const isOwnEnding = held.every(({ text }) => text.endsWith(cell.text));
  const ending = cell.text.slice(-1);
  return held.length >= 2 && !isOwnEnding && held.every(({ text }) => text.endsWith(ending));
}
