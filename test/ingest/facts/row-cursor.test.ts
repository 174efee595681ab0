import { describe, expect, it } from 'vitest';
import { createRowCursor } from '../../../src/ingest/facts/row-cursor.js';
import type { Row } from '../../../src/ingest/facts/table/find-tables.js';

const row = (start: number, end: number): Row => ({ start, end, cells: [], name: null, keys: [] });

describe('the row cursor', () => {
  it('finds the row that contains an offset, and null between rows and outside tables', () => {
    const tables = [
      { columns: [], rows: [row(10, 20), row(21, 30)] },
      { columns: [], rows: [row(50, 60)] },
    ];
    const rowAt = createRowCursor(tables);
    const starts = [0, 10, 19, 20, 21, 29, 40, 50, 59, 60].map((offset) => rowAt(offset)?.row.start ?? null);
    expect(starts).toEqual([null, 10, 10, null, 21, 21, null, 50, 50, null]);
  });

  it('gives the columns of the table that the row belongs to', () => {
    const columns = [{ name: '学费', note: '', isSerial: false, isPerson: false }];
    expect(createRowCursor([{ columns, rows: [row(5, 9)] }])(6)?.columns).toBe(columns);
  });
});
