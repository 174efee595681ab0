import type { Entry, Member, Range } from './pairing-types.js';

/** Who is reached by a value. */
export interface Owner {
  readonly persons: readonly Range[];
  readonly role: Range | null;
  readonly office: Range | null;
}

/** Service numbers of fewer digits belong to nobody who merely stands near. */
const SHORT = 7;

/** One owner, or one for each part where people share a number and divide the work (甲（高职）、乙（中职）). */
export function ownersOf(entry: Entry): Owner[] {
  const group = entry.groups[0];
  const office = entry.office ?? group?.office ?? null;
  if (entry.persons.length > 0) {
    return [{ persons: entry.persons, role: entry.role ?? group?.role ?? null, office }];
  }
  const announcedOnly = entry.channels[0] === 'phone' && !entry.isInner && (entry.digits?.length ?? SHORT) < SHORT;
  const members =
    entry.channels[0] === 'account'
      ? []
      : entry.groups.flatMap((one) => one.members).filter(({ announced }) => announced || !announcedOnly);
  const role = entry.role ?? (entry.groups.length > 1 ? null : (group?.role ?? null));
  const stated = members.flatMap((member) => (member.role === null ? [] : [member.role]));
  if (entry.role !== null || entry.groups.length > 1 || stated.length < 2) {
    return [{ persons: members, role: entry.role ?? (entry.groups.length > 1 ? null : (stated[0] ?? role)), office }];
  }
  const byRole = new Map<Range | null, Member[]>();
  for (const member of members) byRole.set(member.role, [...(byRole.get(member.role) ?? []), member]);
  return [...byRole].map(([own, persons]) => ({ persons, role: own ?? role, office }));
}
