import { findMajorityKind, withoutBlanks, type Cell, type CellKind } from './cells.js';
import type { TableRules } from './rules.js';

export interface Column {
  /** '' when no header names it. */
  readonly name: string;
  /** Text in brackets behind the name (学费（元/学期） → 元/学期), or ''. */
  readonly note: string;
  readonly isSerial: boolean;
  readonly isPerson: boolean;
}

export const MAX_COLUMN_NAME_LENGTH = 14;
/** Characters that no column name contains: digits, and the punctuation of sentences and labels. */
const NOT_IN_COLUMN_NAME = /[0-9:：，。；！？《》“”、@]/;
const NOTE = /[（(]([^（）()]{1,12})[）)]$/;

export function parseColumn(text: string, rules: TableRules): Column {
  const note = NOTE.exec(text);
  const name = note === null ? text : text.slice(0, note.index);
  return {
    name,
    note: note?.[1] ?? '',
    isSerial: rules.serialEnding.test(name),
    isPerson: rules.personEnding.test(name),
  };
}

export function canBeColumnName(text: string): boolean {
  return (
    text.length > 0 && text.length <= MAX_COLUMN_NAME_LENGTH + 8 && !NOT_IN_COLUMN_NAME.test(text.replace(NOTE, ''))
  );
}

export function isKnownColumnName(text: string, rules: TableRules): boolean {
  const name = text.replace(NOTE, '');
  const isShort = name.length > 0 && name.length <= MAX_COLUMN_NAME_LENGTH;
  return (
    isShort && !NOT_IN_COLUMN_NAME.test(name) && rules.columnEnding.test(name) && !isPersonOrAddressee(name, rules)
  );
}

/** Returns whether a name is a person (王医生, unlike the column 医生) or an addressee (各单位) instead of a column. */
function isPersonOrAddressee(name: string, { personEnding, ranks, addresseeStart }: TableRules): boolean {
  if (addresseeStart.test(name)) return true;
  const title = name.search(personEnding);
  if (title < 1) return false;
  const before = name.slice(name.lastIndexOf(' ', title) + 1, title);
  return before.length === 1 && !ranks.has(before);
}

/** Removes a heading before a column name: 考试安排：课程名称 → 课程名称. Returns any other cell unchanged. */
export function stripHeading(cell: Cell, rules: TableRules): Cell {
  const mark = cell.text.search(/[:：】][^:：】]{1,20}$/);
  const text = cell.text.slice(mark + 1).trimStart();
  return mark > 0 && isKnownColumnName(text, rules) ? { ...cell, text, start: cell.end - text.length } : cell;
}

/** Returns whether a line heads a table: at least two cells, and at least half, have a known column ending. */
export function areColumnNames(cells: readonly Cell[], rules: TableRules): boolean {
  if (cells.length < 2 || !cells.every(({ text }) => canBeColumnName(text))) return false;
  const named = cells.filter(({ text }) => isKnownColumnName(text, rules)).length;
  return named >= 2 && named * 2 >= cells.length;
}

const NON_HEADER_KINDS: ReadonlySet<CellKind> = new Set(['number', 'phone']);

/**
 * Returns whether the first line of a table names its columns instead of being its first row, by known column words or
 * because it differs from the rows below.
 */
export function isHeader(first: readonly Cell[], rows: readonly (readonly Cell[])[], rules: TableRules): boolean {
  const filled = withoutBlanks(first);
  if (areColumnNames(filled, rules)) return true;
  if (filled.length < 2 || filled.some(({ kind, text }) => NON_HEADER_KINDS.has(kind) || /[：:。；;]/.test(text)))
    return false;
  const columnBelow = (i: number): Cell[] => rows.flatMap((cells) => cells[i] ?? []);
  const isRow = (cell: Cell, i: number): boolean => resemblesValuesBelow(cell, columnBelow(i));
  // One known word in the first cell is enough where days name the other columns: 时间 5月6日 5月7日.
  const [corner] = first;
  if (corner !== undefined && isKnownColumnName(corner.text, rules) && !isRow(corner, 0)) return true;
  return !first.some(isRow);
}

/** Returns whether a cell is a value like those below: of their kind, equal to one, or with their last character. */
function resemblesValuesBelow(cell: Cell, below: readonly Cell[]): boolean {
  const filled = below.filter(({ kind }) => kind !== 'empty');
  if (cell.kind === 'empty' || filled.length === 0) return false;
  if (cell.kind !== 'text') return cell.kind === findMajorityKind(filled);
  if (filled.some(({ text }) => text === cell.text)) return true;
  const isOwnEnding = filled.every(({ text }) => text.endsWith(cell.text));
  const ending = cell.text.slice(-1);
  return filled.length >= 2 && !isOwnEnding && filled.every(({ text }) => text.endsWith(ending));
}
