import type { Span } from '../../../domain/fact.js';
import type { Table, TableRow } from '../table/rows.js';
import type { ContactEntry, GroupMember } from './pairing-model.js';

/*
 * Step 5 of the contact extraction: resolves the owners of a contact value, from its groups and from the table row that
 * it stands in.
 */

/** Persons, role and office that a contact value belongs to. */
export interface ContactOwner {
  readonly persons: readonly Span[];
  readonly role: Span | null;
  readonly office: Span | null;
}

/** Telephone numbers with fewer digits are service numbers; only persons announced by a label may own them. */
const MIN_PERSONAL_NUMBER_DIGITS = 7;

/** Returns one owner, or one for each role where persons of different roles share a value (甲（高职）、乙（中职）). */
export function resolveOwners({ channels, digits, isInner, groups, ...own }: ContactEntry): ContactOwner[] {
  const group = groups[0];
  const office = own.office ?? group?.office ?? null;
  if (own.persons.length > 0) return [{ persons: own.persons, role: own.role ?? group?.role ?? null, office }];
  const isService =
    channels[0] === 'phone' && !isInner && digits !== null && digits.length < MIN_PERSONAL_NUMBER_DIGITS;
  const members =
    channels[0] === 'account'
      ? []
      : groups.flatMap((one) => one.members).filter(({ isAnnounced }) => isAnnounced || !isService);
  if (own.role !== null || groups.length > 1) return [{ persons: members, role: own.role, office }];
  const byRole = new Map<Span | null, GroupMember[]>();
  for (const member of members) byRole.set(member.role, [...(byRole.get(member.role) ?? []), member]);
  const role = group?.role ?? null;
  const stated = members.flatMap((member) => member.role ?? []);
  if (stated.length < 2) return [{ persons: members, role: stated[0] ?? role, office }];
  return [...byRole].map(([personal, persons]) => ({ persons, role: personal ?? role, office }));
}

const NAME = /^[\u4e00-\u9fff· ]{2,10}$/;

/**
 * Creates the reader that returns the owner of a number by its table row: the cell under 联系人, and as role the words
 * that the row begins with. It returns null outside tables and is to be called with ascending positions.
 */
export function createTableOwnerReader(
  body: string,
  tables: readonly Table[],
): (at: Span, paired: ContactOwner) => ContactOwner | null {
  const rows = tables.flatMap((table) => {
    const personColumn = table.columns.findIndex(({ isPerson }) => isPerson);
    return table.rows.map((row) => ({ row, person: row.cells[personColumn] }));
  });
  let next = 0;
  return (at, paired) => {
    while ((rows[next]?.row.end ?? Infinity) <= at.start) next++;
    const here = rows[next];
    if (here === undefined || here.row.start > at.start) return null;
    const { row, person } = here;
    const isInRow = ({ start, end }: Span): boolean => start >= row.start && end <= row.end;
    const isNamed = person !== undefined && NAME.test(body.slice(person.start, person.end));
    const persons = isNamed ? [person] : paired.persons.filter(isInRow);
    const office = paired.office !== null && isInRow(paired.office) ? paired.office : null;
    const first = carriedText(row) ?? (row.name === null || isNamed ? firstText(row, person) : row.name);
    if (first !== null && ![...persons, office].some((range) => range?.start === first.start)) {
      return { persons, office, role: first };
    }
    return { persons, office, role: paired.role !== null && isInRow(paired.role) ? paired.role : null };
  };
}

/** Returns the text key carried down from a row above (内科 over two persons), or null. */
function carriedText({ keys }: TableRow): Span | null {
  return keys.find(({ isCarried, kind }) => isCarried && kind === 'text') ?? null;
}

/** Returns the row's first text cell, or null when that is the person's name. */
function firstText({ cells }: TableRow, person: Span | undefined): Span | null {
  const cell = cells.find(({ kind }) => kind === 'text');
  return cell === undefined || cell.start === person?.start ? null : cell;
}
