import type { Cell, CellClass } from './cells.js';

/** A column's values are of one kind if so many of its cells are. */
const AGREEMENT = 0.6;

/** Whether a row's cells are of the kinds that the first row's are, but for a few. */
export function fits(cells: readonly Cell[], rows: readonly (readonly Cell[])[]): boolean {
  const first = rows[0] ?? [];
  const typed = first.filter(({ kind }) => kind !== 'text' && kind !== 'empty');
  const same = first.filter(({ kind }, i) => kind !== 'text' && kind !== 'empty' && isAlike(kind, cells[i]?.kind));
  const stray = first.filter(({ kind }, i) => kind === 'text' && /^(?:phone|time)$/.test(cells[i]?.kind ?? ''));
  return same.length >= typed.length * AGREEMENT && stray.length === 0;
}

function isAlike(kind: CellClass, other: CellClass | undefined): boolean {
  const isAmount = (one: CellClass | undefined): boolean => one === 'number' || one === 'measure';
  return other === 'empty' || kind === other || (isAmount(kind) && isAmount(other));
}

/** A table of nothing but words can't be told from prose. */
export function isTyped(cells: readonly Cell[]): boolean {
  return cells.some(({ kind }) => kind !== 'text' && kind !== 'empty');
}

/** The kind of most cells of a column that hold something; 'empty' when none does. */
export function kindOf(cells: readonly Cell[]): CellClass {
  const counts = new Map<CellClass, number>();
  for (const { kind } of cells) if (kind !== 'empty') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  let most: CellClass = 'empty';
  for (const [kind, count] of counts) if (count > (counts.get(most) ?? 0)) most = kind;
  return most;
}

/** How many cells are of the kind of those above, or begin or end as they do. */
export function likeness(cells: readonly Cell[], above: readonly Cell[]): number {
  return cells.filter((cell, i) => {
    const other = above[i];
    if (other === undefined || cell.text === '' || other.text === '') return false;
    if (cell.kind !== 'text' || other.kind !== 'text') return cell.kind === other.kind;
    return other.text.startsWith(cell.text.slice(0, 1)) || other.text.endsWith(cell.text.slice(-1));
  }).length;
}
