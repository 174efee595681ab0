import type { ContactChannel } from '../../../domain/fact.js';
import type { ReadModifier } from './modifiers.js';
import type { Segment, ReadSegments } from './parts.js';
import type { ReadLabelledValue } from './places.js';
import type { ReadTrailingNote } from './trailing.js';

export interface TextRange {
  readonly start: number;
  readonly end: number;
}
export interface GroupMember extends TextRange {
  readonly isAnnounced: boolean;
  role: TextRange | null;
}

/** Persons, role and office that a run of contact values belongs to. */
export interface ContactGroup {
  office: TextRange | null;
  role: TextRange | null;
  members: GroupMember[];
  entryCount: number;
  hasPhone: boolean;
}

/** A contact value with the persons, role and office paired with it. Ranges are offsets into the text. */
export interface ContactEntry extends TextRange {
  readonly channels: readonly ContactChannel[];
  readonly digits: string | null;
  /** Whether it is an internal line, which may belong to persons in spite of its few digits. */
  readonly isInner: boolean;
  readonly groups: readonly ContactGroup[];
  office: TextRange | null;
  role: TextRange | null;
  persons: readonly TextRange[];
}

export interface Pairing {
  readonly entries: readonly ContactEntry[];
  /** Persons announced by a label in a group without any contact value. */
  readonly numberless: readonly { readonly member: GroupMember; readonly office: TextRange | null }[];
}

/** Readers and predicates for single pieces of text that `ContactPairer` depends on. */
export interface PairingDependencies {
  readonly readParts: ReadSegments;
  readonly readModifier: ReadModifier;
  readonly readTrailing: ReadTrailingNote;
  readonly readAddress: ReadLabelledValue;
  readonly readPostcode: ReadLabelledValue;
  readonly readAccount: ReadLabelledValue;
  /** Returns whether a word names a district, county or town. */
  readonly isPlace: (words: string) => boolean;
  readonly isRole: (words: string) => boolean;
  /** Returns whether a piece is a street with a house number. */
  readonly isAddress: (words: string) => boolean;
  /** Returns the end of the last part that announces whom to call (技术支持：), or -Infinity. */
  readonly contactRoleEnd: (parts: readonly Segment[]) => number;
  /** Returns the office in a numbered line before 联系人: the whole part if `isWhole`, else what it begins with. */
  readonly headingOffice: (part: Segment, isWhole: boolean) => TextRange | null;
}
