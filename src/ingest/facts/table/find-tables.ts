import { splitLines } from './cells.js';
import { createDelimitedTableFinder } from './delimited-layout.js';
import { findFlattenedTables } from './flattened-layout.js';
import { addKeys, type Table } from './rows.js';
import type { TableRules } from './rules.js';
import { readSpacedTable } from './spaced-layout.js';
import { readStackedTable } from './stacked-layout.js';

export type { Column } from './headers.js';
export type { TableRow as Row, Table } from './rows.js';

/** Finds the tables in a body of copied page text, sorted by position. */
export type FindTables = (body: string) => Table[];

/**
 * Creates the table finder for four layouts: one cell per line; rows on lines of their own, split by a shared separator
 * or by blanks under a known header; all rows on one line. Linear in the length of the text.
 */
export function createTableFinder(rules: TableRules): FindTables {
  return (body) => {
    const lines = splitLines(body);
    const readDelimitedTable = createDelimitedTableFinder(body, lines, rules);
    const tables: Table[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i];
      if (line === undefined || line.end - line.start < 2) continue;
      const found =
        readStackedTable(body, lines, i, rules) ?? readDelimitedTable(i) ?? readSpacedTable(body, lines, i, rules);
      if (found !== null) {
        tables.push(addKeys(found));
        i = found.nextLine - 1;
      } else tables.push(...findFlattenedTables(body, line, rules).map(addKeys));
    }
    return tables;
  };
}
