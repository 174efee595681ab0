import type { Span } from '../../domain/fact.js';
import { cellsIn, joinedTo, type Cell } from './cells.js';
import { areColumns, columnBehindMark, columnOf, type Column } from './columns.js';
import { rowFrom, unfitting, type BareRow, type Found } from './rows.js';
import type { TableRules } from './rules.js';

const LONGEST_ROW = 240;
const MOST_COLUMNS = 12;
/** Beginnings of lines that are no table row: 说明：, （一） and 一、. */
const NO_ROW = /^(?:[\u4e00-\u9fff]{2,8}[:：]|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)/;

/** Reads the table with line `at` as its header and rows on the lines below; null when there is none. */
export function laidOut(body: string, lines: readonly Span[], at: number, rules: TableRules): Found | null {
  const line = lines[at];
  if (line === undefined || line.end - line.start > LONGEST_ROW) return null;
  const header = headerOf(cellsIn(body, line, rules.empty), rules);
  if (header === null) return null;
  const columns = header.map((cell) => columnOf(cell.text, rules));
  const isPiped = body.slice(line.start, line.end).includes('｜');
  const rows: BareRow[] = [];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const place = lines[next];
    if (place === undefined || place.end - place.start > LONGEST_ROW) break;
    const words = body.slice(place.start, place.end);
    const cells = cellsIn(body, place, rules.empty);
    if (cells.length < 2 || NO_ROW.test(words) || isPiped !== words.includes('｜')) break;
    rows.push(rowOf(body, cells, columns, rules));
  }
  const isFilled = rows.some(({ cells }) => cells.length > 0) || columns.length > 2;
  return rows.length > 0 && isFilled ? { columns, rows, next } : null;
}

/** Returns the cells of a header line without a heading before them; null when it is no header. */
function headerOf(cells: readonly Cell[], rules: TableRules): Cell[] | null {
  const first = cells[0]?.text ?? '';
  const own = (/[】：:]$/.test(first) ? cells.slice(1) : cells).map((cell) => columnBehindMark(cell, rules));
  return own.length <= MOST_COLUMNS && areColumns(own, rules) ? own : null;
}

function rowOf(body: string, cells: readonly Cell[], columns: readonly Column[], rules: TableRules): BareRow {
  const whole = cells.length === columns.length ? [...cells] : joinedTo(body, cells, columns.length, rules.empty);
  return whole === null ? unfitting(cells) : rowFrom(whole, columns);
}
