import type { Span } from '../../domain/fact.js';
import type { Column } from './columns.js';
import { kindOf } from './kinds.js';
import { LONGEST_NAME, type BareRow, type BareTable, type Key, type Row, type Table } from './rows.js';

const MOST_KEYS = 3;
/** Kinds of what is told about a row rather than what tells it. */
const VALUES: ReadonlySet<string> = new Set(['number', 'measure', 'phone', 'empty']);

/** What a row holds in each column that may be a key, by the column's index; nothing where it is empty. */
type Held = readonly (Key | undefined)[];

/**
 * With the cells that tell each row from others: of the columns from the left,
 * as few as it takes, and words among them. Where the first columns of a row
 * are left empty (merged cells), what stands above holds.
 */
export function withKeys({ columns, rows }: BareTable): Table {
  const full = rows.filter(({ cells }) => cells.length > 0);
  const kinds = columns.map((_, i) => kindOf(full.flatMap(({ cells }) => cells[i] ?? [])));
  const candidates = columns.flatMap(({ isSerial }, i) => (isSerial || VALUES.has(kinds[i] ?? '') ? [] : [i]));
  const held = carriedDown(full, columns, candidates);
  const chosen = chooseColumns(
    candidates.filter((i, at) => at === 0 || columns[i]?.isPerson !== true),
    held,
  );
  const worded = candidates.find((i) => kinds[i] === 'text');
  if (worded !== undefined && !chosen.some((i) => kinds[i] === 'text')) chosen.push(worded);
  chosen.sort((a, b) => a - b);

  let next = 0;
  const withOwn = (row: BareRow): Row => {
    const own = row.cells.length > 0 ? held[next++] : undefined;
    const keys = chosen.flatMap((i) => own?.[i] ?? []);
    return { ...row, keys, name: longer(row.name, nameOf(keys)) };
  };
  return { columns, rows: rows.map(withOwn) };
}

function carriedDown(rows: readonly BareRow[], columns: readonly Column[], candidates: readonly number[]): Held[] {
  const serials = columns.flatMap(({ isSerial }, i) => (isSerial ? [i] : []));
  let above: Held = [];
  return rows.map(({ cells }) => {
    const held: (Key | undefined)[] = columns.map(() => undefined);
    // A value of its own begins a group: what is empty behind it is empty; so does 合计 in place of a number.
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

function chooseColumns(candidates: readonly number[], rows: readonly Held[]): number[] {
  const chosen: number[] = [];
  let words: readonly string[] = [];
  let told = Math.min(1, rows.length - 1);
  for (const i of candidates) {
    if (told === rows.length || chosen.length === MOST_KEYS) break;
    const own = rows.map((held) => held[i]?.text ?? '');
    const joined = chosen.length === 0 ? own : own.map((text, r) => `${words[r] ?? ''}\n${text}`);
    const count = new Set(joined).size;
    // One group for all rows tells none from others, but it was written once to hold for them.
    const isGroup = chosen.length === 0 && rows.some((held) => held[i]?.isCarried === true);
    if (count <= told && !isGroup) continue;
    chosen.push(i);
    words = joined;
    told = count;
  }
  return chosen.length > 0 ? chosen : candidates.slice(0, 1);
}

/** The row's own keys of words, as long as they are neighbours. */
function nameOf(keys: readonly Key[]): Span | null {
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

/** 心血管内科 周三 for 心血管内科: keys lengthen a name that begins where they do. */
function longer(name: Span | null, keys: Span | null): Span | null {
  return name !== null && keys?.start === name.start && keys.end > name.end ? keys : name;
}
