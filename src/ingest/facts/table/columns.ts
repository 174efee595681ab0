import type { TableRules } from './rules.js';
import type { Cell } from './cells.js';

export interface Column {
  /** '' when no header names it. */
  readonly name: string;
  /** Text in brackets behind the name (学费（元/学期） → 元/学期), or ''. */
  readonly note: string;
  readonly isSerial: boolean;
  readonly isPerson: boolean;
}

export const LONGEST_COLUMN = 14;
/** Characters that no column name contains: digits, and the punctuation of sentences and labels. */
const NO_COLUMN = /[0-9:：，。；！？《》“”、@]/;
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
  return text.length > 0 && text.length <= LONGEST_COLUMN + 8 && !NO_COLUMN.test(text.replace(NOTE, ''));
}

export function isKnownColumnName(text: string, rules: TableRules): boolean {
  const name = text.replace(NOTE, '');
  const isShort = name.length > 0 && name.length <= LONGEST_COLUMN;
  return isShort && !NO_COLUMN.test(name) && rules.columnEnding.test(name) && !isPersonOrAddressee(name, rules);
}

/** Returns whether a name is a person (王医生, unlike the column 医生) or an addressee (各单位) instead of a column. */
function isPersonOrAddressee(
  name: string,
  { personEnding: person, ranks, addresseeStart: address }: TableRules,
): boolean {
  if (address.test(name)) return true;
  const title = name.search(person);
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
