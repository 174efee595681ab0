import { flattened } from './flattened.js';
import { withKeys } from './keys.js';
import { laidOut } from './laid-out.js';
import { linesOf } from './lines.js';
import type { Table } from './rows.js';
import type { TableRules } from './rules.js';
import { createSeparatedFinder } from './separated.js';
import { stacked } from './stacked.js';

export type { Column } from './columns.js';
export type { Key, Row, Table } from './rows.js';

/** Finds the tables in a body of copied page text, sorted by position. */
export type FindTables = (body: string) => Table[];

/**
 * Creates the table finder for four layouts: one cell per line; rows on lines of their own, split by a shared separator
 * or by blanks under a known header; all rows on one line. Linear in the length of the text.
 */
export function createTableFinder(rules: TableRules): FindTables {
  return (body) => {
    const lines = linesOf(body);
    const separated = createSeparatedFinder(body, lines, rules);
    const tables: Table[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i];
      if (line === undefined || line.end - line.start < 2) continue;
      const found = stacked(body, lines, i, rules) ?? separated(i) ?? laidOut(body, lines, i, rules);
      if (found !== null) {
        tables.push(withKeys(found));
        i = found.next - 1;
      } else tables.push(...flattened(body, line, rules).map(withKeys));
    }
    return tables;
  };
}
