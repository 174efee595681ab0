import type { Span } from '../../../domain/fact.js';
import type { Row, Table } from '../table/find-tables.js';

/** Table row that contains a date. */
export interface DatedRow {
  readonly span: Span;
  /** Words that identify the row. */
  readonly label: Span;
  /** The name of the date's column, or ''. */
  readonly column: string;
}

const LONGEST_ROW_LABEL = 40;

/** Creates a look-up of the row at a span; null outside tables and in rows without words. Call it in text order. */
export function createRowFinder(body: string, tables: readonly Table[]): (at: Span) => DatedRow | null {
  const rows = tables.flatMap(({ columns, rows: own }) => own.map((row) => ({ row, columns })));
  let next = 0;
  return (at) => {
    while ((rows[next]?.row.end ?? Infinity) <= at.start) next++;
    const here = rows[next];
    if (here === undefined || here.row.start > at.start) return null;
    const { row, columns } = here;
    const label = labelOf(body, row, at);
    const index = row.cells.findIndex(({ start, end }) => start <= at.start && at.start < end);
    return label && { span: { start: row.start, end: row.end }, label, column: columns[index]?.name ?? '' };
  };
}

/** Returns the words before the first value; in a row that begins with the date, those behind it. */
function labelOf(body: string, { name, cells, end }: Row, at: Span): Span | null {
  if (name === null || (name.start <= at.start && at.end <= name.end)) return null;
  const isLast = name.start > at.end && cells.every((cell) => cell.start < name.end || cell.kind === 'text');
  const rest = { start: name.start, end: isLast ? end : name.end };
  const words = body.slice(rest.start, rest.end);
  if (words.length <= LONGEST_ROW_LABEL && !words.includes('\n')) return rest;
  const cut = words.slice(0, LONGEST_ROW_LABEL).search(/[\n]/);
  const own = cut > 0 ? rest.start + cut : name.end;
  return { start: rest.start, end: Math.min(own, rest.start + LONGEST_ROW_LABEL) };
}
