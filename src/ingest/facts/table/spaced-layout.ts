import type { Span } from '../../../domain/fact.js';
import { splitCells, joinCellsTo, type Cell } from './cells.js';
import { areColumnNames, stripHeading, parseColumn, type Column } from './headers.js';
import { createRow, createUnfittingRow, type UnkeyedRow, type TableMatch } from './rows.js';
import type { TableRules } from './rules.js';

const MAX_ROW_LENGTH = 240;
const MAX_COLUMNS = 12;
/** Beginnings of lines that are no table row: 说明：, （一） and 一、. */
const NO_ROW = /^(?:[\u4e00-\u9fff]{2,8}[:：]|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)/;

/** Reads the table with line `at` as its header and rows on the lines below; null when there is none. */
export function readSpacedTable(
  body: string,
  lines: readonly Span[],
  at: number,
  rules: TableRules,
): TableMatch | null {
  const line = lines[at];
  if (line === undefined || line.end - line.start > MAX_ROW_LENGTH) return null;
  const header = headerOf(splitCells(body, line, rules.emptyMarks), rules);
  if (header === null) return null;
  const columns = header.map((cell) => parseColumn(cell.text, rules));
  const isPiped = body.slice(line.start, line.end).includes('｜');
  const rows: UnkeyedRow[] = [];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const place = lines[next];
    if (place === undefined || place.end - place.start > MAX_ROW_LENGTH) break;
    const words = body.slice(place.start, place.end);
    const cells = splitCells(body, place, rules.emptyMarks);
    if (cells.length < 2 || NO_ROW.test(words) || isPiped !== words.includes('｜')) break;
    rows.push(rowOf(body, cells, columns, rules));
  }
  const isFilled = rows.some(({ cells }) => cells.length > 0) || columns.length > 2;
  return rows.length > 0 && isFilled ? { columns, rows, nextLine: next } : null;
}

/** Returns the cells of a header line without a heading before them; null when it is no header. */
function headerOf(cells: readonly Cell[], rules: TableRules): Cell[] | null {
  const first = cells[0]?.text ?? '';
  const own = (/[】：:]$/.test(first) ? cells.slice(1) : cells).map((cell) => stripHeading(cell, rules));
  return own.length <= MAX_COLUMNS && areColumnNames(own, rules) ? own : null;
}

function rowOf(body: string, cells: readonly Cell[], columns: readonly Column[], rules: TableRules): UnkeyedRow {
  const whole =
    cells.length === columns.length ? [...cells] : joinCellsTo(body, cells, columns.length, rules.emptyMarks);
  return whole === null ? createUnfittingRow(cells) : createRow(whole, columns);
}
