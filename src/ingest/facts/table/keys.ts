import type { Span } from '../../../domain/fact.js';
import type { Column } from './columns.js';
import { findMajorityKind } from './kinds.js';
import { LONGEST_NAME, type UnkeyedRow, type UnkeyedTable, type RowKey, type TableRow, type Table } from './rows.js';

const MOST_KEYS = 3;
/** Kinds of cells that state values of a row and do not identify it. */
const NON_KEY_KINDS: ReadonlySet<string> = new Set(['number', 'measure', 'phone', 'empty']);

/** Key candidates of a row by column index; undefined where the cell is empty. */
type KeyCandidates = readonly (RowKey | undefined)[];

/**
 * Adds to each row its keys, the cells that distinguish it: from the left as few columns as it takes, a text column
 * among them if any. Where the first cells of a row are empty (merged cells), those above are carried down.
 */
export function addKeys({ columns, rows }: UnkeyedTable): Table {
  const full = rows.filter(({ cells }) => cells.length > 0);
  const kinds = columns.map((_, i) => findMajorityKind(full.flatMap(({ cells }) => cells[i] ?? [])));
  const candidates = columns.flatMap(({ isSerial }, i) => (isSerial || NON_KEY_KINDS.has(kinds[i] ?? '') ? [] : [i]));
  const held = carryDownKeys(full, columns, candidates);
  const chosen = chooseColumns(
    candidates.filter((i, at) => at === 0 || columns[i]?.isPerson !== true),
    held,
  );
  const worded = candidates.find((i) => kinds[i] === 'text');
  if (worded !== undefined && !chosen.some((i) => kinds[i] === 'text')) chosen.push(worded);
  chosen.sort((a, b) => a - b);

  let next = 0;
  const withOwn = (row: UnkeyedRow): TableRow => {
    const own = row.cells.length > 0 ? held[next++] : undefined;
    const keys = chosen.flatMap((i) => own?.[i] ?? []);
    return { ...row, keys, name: extendName(row.name, nameOf(keys)) };
  };
  return { columns, rows: rows.map(withOwn) };
}

function carryDownKeys(
  rows: readonly UnkeyedRow[],
  columns: readonly Column[],
  candidates: readonly number[],
): KeyCandidates[] {
  const serials = columns.flatMap(({ isSerial }, i) => (isSerial ? [i] : []));
  let above: KeyCandidates = [];
  return rows.map(({ cells }) => {
    const held: (RowKey | undefined)[] = columns.map(() => undefined);
    // A value of its own begins a group: empty cells after it stay empty. So does 合计 in a serial column.
    let isCarrying = serials.every((i) => cells[i]?.kind !== 'text');
    for (const column of candidates) {
      const cell = cells[column];
      const over = above[column];
      if (cell !== undefined && cell.text !== '') {
        isCarrying = false;
        if (cell.kind !== 'empty') held[column] = { ...cell, column, isCarried: false };
      } else if (isCarrying && over !== undefined) {
        held[column] = over.isCarried ? over : { ...over, isCarried: true };
      }
    }
    above = held;
    return held;
  });
}

function chooseColumns(candidates: readonly number[], rows: readonly KeyCandidates[]): number[] {
  const chosen: number[] = [];
  let words: readonly string[] = [];
  let told = Math.min(1, rows.length - 1);
  for (const i of candidates) {
    if (told === rows.length || chosen.length === MOST_KEYS) break;
    const own = rows.map((held) => held[i]?.text ?? '');
    const joined = chosen.length === 0 ? own : own.map((text, r) => `${words[r] ?? ''}\n${text}`);
    const count = new Set(joined).size;
    // One group for all rows distinguishes none, but is kept because it was written once for all of them.
    const isGroup = chosen.length === 0 && rows.some((held) => held[i]?.isCarried === true);
    if (count <= told && !isGroup) continue;
    chosen.push(i);
    words = joined;
    told = count;
  }
  return chosen.length > 0 ? chosen : candidates.slice(0, 1);
}

/** Returns the span of the row's own text keys in neighbouring columns, or null. */
function nameOf(keys: readonly RowKey[]): Span | null {
  const own = keys.filter(({ kind, isCarried }) => kind === 'text' && !isCarried);
  const first = own[0];
  if (first === undefined) return null;
  let last = first;
  for (const key of own.slice(1)) {
    if (key.column !== last.column + 1 || key.end - first.start > LONGEST_NAME) break;
    last = key;
  }
  return { start: first.start, end: last.end };
}

/** Returns the keys' span if it extends the name from the same start (心血管内科 → 心血管内科 周三), else the name. */
function extendName(name: Span | null, keys: Span | null): Span | null {
  return name !== null && keys?.start === name.start && keys.end > name.end ? keys : name;
}
