import type { Cell, CellKind } from './cells.js';

/** Minimum share of the first row's typed cells whose kind another row has to match. */
const AGREEMENT = 0.6;

/** Returns whether a row's cells match the kinds of the first row, without telephones or times in text columns. */
export function matchesFirstRow(cells: readonly Cell[], rows: readonly (readonly Cell[])[]): boolean {
  const first = rows[0] ?? [];
  const typed = first.filter(({ kind }) => kind !== 'text' && kind !== 'empty');
  const same = first.filter(({ kind }, i) => kind !== 'text' && kind !== 'empty' && isAlike(kind, cells[i]?.kind));
  const stray = first.filter(({ kind }, i) => kind === 'text' && /^(?:phone|time)$/.test(cells[i]?.kind ?? ''));
  return same.length >= typed.length * AGREEMENT && stray.length === 0;
}

function isAlike(kind: CellKind, other: CellKind | undefined): boolean {
  const isAmount = (one: CellKind | undefined): boolean => one === 'number' || one === 'measure';
  return other === 'empty' || kind === other || (isAmount(kind) && isAmount(other));
}

/** Returns whether any cell is not text; a table of words alone cannot be distinguished from prose. */
export function hasTypedCell(cells: readonly Cell[]): boolean {
  return cells.some(({ kind }) => kind !== 'text' && kind !== 'empty');
}

/** Returns the most frequent kind of a column's non-empty cells; 'empty' when all are empty. */
export function findMajorityKind(cells: readonly Cell[]): CellKind {
  const counts = new Map<CellKind, number>();
  for (const { kind } of cells) if (kind !== 'empty') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  let most: CellKind = 'empty';
  for (const [kind, count] of counts) if (count > (counts.get(most) ?? 0)) most = kind;
  return most;
}

/** Counts the cells of the same kind as the cell above; two texts also need the same first or last character. */
export function countSimilarCells(cells: readonly Cell[], above: readonly Cell[]): number {
  return cells.filter((cell, i) => {
    const other = above[i];
    if (other === undefined || cell.text === '' || other.text === '') return false;
    if (cell.kind !== 'text' || other.kind !== 'text') return cell.kind === other.kind;
    return other.text.startsWith(cell.text.slice(0, 1)) || other.text.endsWith(cell.text.slice(-1));
  }).length;
}
