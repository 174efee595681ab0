import type { Span } from '../../../domain/fact.js';
import type { Row, Table } from '../table/find-tables.js';
import type { ContactOwner } from './owners.js';

const NAME = /^[\u4e00-\u9fff· ]{2,10}$/;

/**
 * Creates the reader that returns the owner of a number by its table row: the cell under 联系人, and as role the words
 * that the row begins with. It returns null outside tables and is to be called with ascending positions.
 */
export function createTableOwnerReader(
  body: string,
  tables: readonly Table[],
): (at: Span, read: ContactOwner) => ContactOwner | null {
  const rows = tables.flatMap(({ columns, rows: own }) =>
    own.map((row) => ({ row, person: columns.findIndex(({ isPerson }) => isPerson) })),
  );
  let next = 0;
  return (at, read) => {
    while ((rows[next]?.row.end ?? Infinity) <= at.start) next++;
    const here = rows[next];
    if (here === undefined || here.row.start > at.start) return null;
    const { row } = here;
    const person = row.cells[here.person];
    const isNamed = person !== undefined && NAME.test(body.slice(person.start, person.end));
    const persons = isNamed ? [{ start: person.start, end: person.end }] : read.persons.filter(within(row));
    const office = read.office !== null && within(row)(read.office) ? read.office : null;
    const first = groupOf(row) ?? (row.name === null || isNamed ? firstCell(row, person) : row.name);
    const isTold = first === null || [...persons, office].some((range) => range?.start === first.start);
    return {
      persons,
      office,
      role: isTold ? (read.role !== null && within(row)(read.role) ? read.role : null) : first,
    };
  };
}

/** Returns the text key carried down from a row above (内科 over two persons), or null. */
function groupOf({ keys }: Row): Span | null {
  const key = keys.find(({ isCarried, kind }) => isCarried && kind === 'text');
  return key === undefined ? null : { start: key.start, end: key.end };
}

/** Returns the row's first text cell unless that is the person's name. */
function firstCell(row: Row, person: Span | undefined): Span | null {
  const cell = row.cells.find(({ kind }) => kind === 'text');
  return cell === undefined || cell.start === person?.start ? null : { start: cell.start, end: cell.end };
}

function within(row: Span): (range: Span) => boolean {
  return ({ start, end }) => start >= row.start && end <= row.end;
}
