import type { ContactEntry, GroupMember, TextRange } from './pairing-types.js';

/** Persons, role and office that a contact value belongs to. */
export interface ContactOwner {
  readonly persons: readonly TextRange[];
  readonly role: TextRange | null;
  readonly office: TextRange | null;
}

/** Telephone numbers with fewer digits are service numbers; only persons announced by a label may own them. */
const MIN_PERSONAL_NUMBER_DIGITS = 7;

/** Returns one owner, or one for each role where persons of different roles share a value (甲（高职）、乙（中职）). */
export function resolveOwners(entry: ContactEntry): ContactOwner[] {
  const group = entry.groups[0];
  const office = entry.office ?? group?.office ?? null;
  if (entry.persons.length > 0) {
    return [{ persons: entry.persons, role: entry.role ?? group?.role ?? null, office }];
  }
  const announcedOnly =
    entry.channels[0] === 'phone' &&
    !entry.isInner &&
    (entry.digits?.length ?? MIN_PERSONAL_NUMBER_DIGITS) < MIN_PERSONAL_NUMBER_DIGITS;
  const members =
    entry.channels[0] === 'account'
      ? []
      : entry.groups.flatMap((one) => one.members).filter(({ isAnnounced: announced }) => announced || !announcedOnly);
  const role = entry.role ?? (entry.groups.length > 1 ? null : (group?.role ?? null));
  const stated = members.flatMap((member) => (member.role === null ? [] : [member.role]));
  if (entry.role !== null || entry.groups.length > 1 || stated.length < 2) {
    return [{ persons: members, role: entry.role ?? (entry.groups.length > 1 ? null : (stated[0] ?? role)), office }];
  }
  const byRole = new Map<TextRange | null, GroupMember[]>();
  for (const member of members) byRole.set(member.role, [...(byRole.get(member.role) ?? []), member]);
  return [...byRole].map(([own, persons]) => ({ persons, role: own ?? role, office }));
}
