import type { Span } from '../../../domain/fact.js';
import { hasTypedCell, joinCellsTo, joinPhoneParts, matchesFirstRow, splitCells, type Cell } from './cells.js';
import { stripHeading, parseColumn, isKnownColumnName, canBeColumnName } from './headers.js';
import { createRow, type UnkeyedTable } from './rows.js';
import type { TableRules } from './rules.js';

const MAX_COLUMNS = 12;

/** Finds the tables in one line whose header and rows lost their line breaks. */
export function findFlattenedTables(body: string, line: Span, rules: TableRules): UnkeyedTable[] {
  const tables: UnkeyedTable[] = [];
  const cells = joinPhoneParts(body, splitCells(body, line, rules.emptyMarks), rules.emptyMarks).map((cell) =>
    stripHeading(cell, rules),
  );
  for (let i = 0; i < cells.length; i++) {
    let run = 0;
    while (run < MAX_COLUMNS && isKnownColumnName(cells[i + run]?.text ?? '', rules)) run++;
    if (run < 2) continue;
    const mayStartBefore = canBeColumnName(cells[i - 1]?.text ?? '');
    const found =
      readRows(body, cells, i, run, rules) ?? (mayStartBefore ? readRows(body, cells, i - 1, run + 1, rules) : null);
    if (found !== null) tables.push(found);
    i += run + (found === null ? 0 : found.rows.length * found.columns.length) - 1;
  }
  return tables;
}

/** Reads the table whose header is the `run` cells from index `at`, or the first two or more of them. */
function readRows(
  body: string,
  cells: readonly Cell[],
  at: number,
  run: number,
  rules: TableRules,
): UnkeyedTable | null {
  for (let count = run; count >= 2; count--) {
    const columns = cells.slice(at, at + count).map(({ text }) => parseColumn(text, rules));
    for (const size of [count, count + 1]) {
      const rows = chunkCells(body, cells, at + count, { count, size }, rules);
      if (rows.length >= 2) return { columns, rows: rows.map((row) => createRow(row, columns)) };
    }
  }
  return null;
}

/** Reads rows of `size` cells from index `from`; a date and its hours are joined to leave `count` cells a row. */
function chunkCells(
  body: string,
  cells: readonly Cell[],
  from: number,
  { count, size }: { readonly count: number; readonly size: number },
  rules: TableRules,
): Cell[][] {
  const rows: Cell[][] = [];
  for (let i = from; i + size <= cells.length; i += size) {
    const row = joinCellsTo(body, cutAtSentenceEnd(body, cells.slice(i, i + size), rules), count, rules.emptyMarks);
    if (row === null || !(rows.length > 0 ? matchesFirstRow(row, rows) : hasTypedCell(row))) break;
    rows.push(row);
    if ((row.at(-1)?.end ?? 0) < (cells[i + size - 1]?.end ?? 0)) break;
  }
  return rows;
}

/** Ends a row at the first 。 or ；, where the last row runs into the next sentence: 明理楼B108。三、凭证. */
function cutAtSentenceEnd(body: string, cells: readonly Cell[], rules: TableRules): Cell[] {
  const stop = cells.findIndex(({ text }) => /[。；]/.test(text));
  const last = cells[stop];
  if (last === undefined) return [...cells];
  const end = last.start + last.text.search(/[。；]/);
  return [...cells.slice(0, stop), ...splitCells(body, { start: last.start, end }, rules.emptyMarks)];
}
