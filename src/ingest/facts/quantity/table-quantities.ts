import type { QuantityFact, Span } from '../../../domain/fact.js';
import { createRowCursor } from '../row-cursor.js';
import type { Cell } from '../table/cells.js';
import type { Column, Row, Table } from '../table/find-tables.js';
import { parseNumeral } from '../../../text/numerals.js';
import type { QuantityRules } from './rules.js';

type CellQuantity = Pick<QuantityFact, 'value' | 'unit' | 'of' | 'at'> & {
  /** Span of its table row. */
  readonly row: Span;
};

const LONGEST_NAME = 40;

/** Returns the bare numbers of columns whose unit is known: 学费（元/学期） 2400. */
export function extractCellQuantities(body: string, tables: readonly Table[], rules: QuantityRules): CellQuantity[] {
  const unitOf = createUnitReader(rules);
  return tables.flatMap(({ columns, rows }) => {
    const units = columns.map(unitOf);
    return rows.flatMap((row) =>
      row.cells.flatMap((cell, i): CellQuantity[] => {
        const [column, unit] = [columns[i], units[i]];
        if (cell.kind !== 'number' || column === undefined || unit == null) return [];
        const at = { start: cell.start, end: cell.end };
        const value = parseNumeral(cell.text + unit.scale);
        return [{ value, unit: unit.name, of: named(row, column), at, row: { start: row.start, end: row.end } }];
      }),
    );
  });

  function named(row: Row, column: Column): string {
    return `${nameOf(body, row)} ${column.name}`.trim();
  }
}

/**
 * Creates a look-up of what a quantity in a row counts: the row's name with the words before it in its cell, else with
 * the column's name. Returns null outside tables and in a row's own name. Call it in text order.
 */
export function createRowSubjectReader(body: string, tables: readonly Table[]): (at: Span) => string | null {
  const rowAt = createRowCursor(tables);
  return (at) => {
    const here = rowAt(at.start);
    if (here?.row.name == null) return null;
    const { row, columns } = here;
    const index = row.cells.findIndex(({ start, end }) => start <= at.start && at.end <= end);
    const cell = row.cells[index];
    if (cell === undefined || isName(row, cell)) return null;
    const lead = body.slice(cell.start, at.start).replace(/^.*[，,；;、]/, '');
    const own = /^[\u4e00-\u9fff]{2,8}$/.test(lead) ? lead : (columns[index]?.name ?? '');
    return `${nameOf(body, row)} ${own}`.trim();
  };
}

function isName({ name }: Row, { start }: Cell): boolean {
  return name !== null && start >= name.start && start < name.end;
}

/** Returns the row's name with the keys carried down from the rows above: 内科 周三. */
function nameOf(body: string, { name, keys }: Row): string {
  const group = keys.filter(({ isCarried }) => isCarried).map(({ text }) => text);
  const own = name === null ? '' : body.slice(name.start, name.end);
  return [...group, own].join(' ').trim().slice(0, LONGEST_NAME).replace(/\s+/g, ' ');
}

/** Creates a reader of a column's unit: in brackets behind its name (元/学期), else by its name (人数 → 人), else null. */
function createUnitReader({ unit, rate, columnUnits }: QuantityRules): (column: Column) => ColumnUnit | null {
  const note = new RegExp(`^(?:单位[:：])?([十百千]?[万亿]?)((?:${unit})(?:${rate}))$`);
  return ({ name, note: words }) => {
    const stated = note.exec(words);
    if (stated !== null) return { scale: stated[1] ?? '', name: stated[2] ?? '' };
    const ending = [...columnUnits].find(([word]) => name.endsWith(word));
    return ending === undefined ? null : { scale: '', name: ending[1] };
  };
}

interface ColumnUnit {
  readonly scale: string;
  readonly name: string;
}
