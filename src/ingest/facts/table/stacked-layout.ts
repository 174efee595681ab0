import type { Span } from '../../../domain/fact.js';
import { hasTypedCell, joinCellsTo, matchesFirstRow, splitCells, type Cell } from './cells.js';
import { parseColumn, isKnownColumnName, MAX_COLUMN_NAME_LENGTH } from './headers.js';
import { createRow, type TableMatch } from './rows.js';
import type { TableRules } from './rules.js';

const MAX_CELL_LENGTH = 60;
const MAX_COLUMNS = 12;

/**
 * Reads the table at line `at` with one cell per line, the header's cells first; null when there is none. Rows with
 * serial numbers in order need not match in kind: a list of corrections has a date in one row, a place in the next.
 */
export function readStackedTable(
  body: string,
  lines: readonly Span[],
  at: number,
  rules: TableRules,
): TableMatch | null {
  const run = linesOfColumns(body, lines, at, rules);
  for (let count = run; count >= 2; count--) {
    const columns = lines.slice(at, at + count).map(({ start, end }) => parseColumn(body.slice(start, end), rules));
    const rows: Cell[][] = [];
    let next = at + count;
    for (; next + count <= lines.length; next += count) {
      const [first, last] = [lines[next]?.start ?? 0, lines[next + count - 1]?.end ?? 0];
      if (last - first > count * (MAX_CELL_LENGTH + 2)) break;
      if (rows.length === 0 && !/[0-9月]/.test(body.slice(first, last))) break;
      const cells = lines.slice(next, next + count).map((place) => wholeCell(body, place, rules));
      if (cells.some(({ text }) => text.length > MAX_CELL_LENGTH || /[。；：:]$/.test(text) || text === '')) break;
      const isNumbered = columns[0]?.isSerial === true && cells[0]?.text === String(rows.length + 1);
      if (!isNumbered && !(rows.length > 0 ? matchesFirstRow(cells, rows) : hasTypedCell(cells))) break;
      rows.push(cells);
    }
    if (rows.length >= 2) {
      return { columns, rows: rows.map((cells) => createRow(cells, columns)), nextLine: next };
    }
  }
  return null;
}

function linesOfColumns(body: string, lines: readonly Span[], at: number, rules: TableRules): number {
  let run = 0;
  while (run < MAX_COLUMNS) {
    const line = lines[at + run];
    const words =
      line === undefined || line.end - line.start > MAX_COLUMN_NAME_LENGTH ? '' : body.slice(line.start, line.end);
    if (words === '' || /\s/.test(words) || !isKnownColumnName(words, rules)) break;
    run++;
  }
  return run;
}

function wholeCell(body: string, { start, end }: Span, rules: TableRules): Cell {
  const cells = splitCells(body, { start, end }, rules.emptyMarks);
  const first = cells[0];
  if (first !== undefined && cells.length === 1) return first;
  const joined = joinCellsTo(body, cells, 1, rules.emptyMarks)?.[0];
  return joined ?? { start, end, text: body.slice(start, end), kind: 'text' };
}
