import type { Column, Row, Table } from './table/find-tables.js';

/** Creates a look-up of the table row at an offset; null outside tables. Call it with ascending offsets. */
export function createRowCursor(
  tables: readonly Table[],
): (offset: number) => { readonly row: Row; readonly columns: readonly Column[] } | null {
  const rows = tables.flatMap(({ columns, rows: own }) => own.map((row) => ({ row, columns })));
  let next = 0;
  return (offset) => {
    while ((rows[next]?.row.end ?? Infinity) <= offset) next++;
    const here = rows[next];
    return here === undefined || here.row.start > offset ? null : here;
  };
}
