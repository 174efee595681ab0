import type { ContactChannel } from '../../domain/fact.js';
import type { ReadModifier } from './modifiers.js';
import type { Part, ReadParts } from './parts.js';
import type { ReadValue } from './places.js';
import type { ReadTrailing } from './trailing.js';

export interface Range {
  readonly start: number;
  readonly end: number;
}
export interface Member extends Range {
  readonly announced: boolean;
  role: Range | null;
}

/** Persons, role and office that a run of contact values belongs to. */
export interface Group {
  office: Range | null;
  role: Range | null;
  members: Member[];
  entries: number;
  hasPhone: boolean;
}

/** A contact value with the persons, role and office paired with it. Ranges are offsets into the text. */
export interface Entry extends Range {
  readonly channels: readonly ContactChannel[];
  readonly digits: string | null;
  /** Whether it is an internal line, which may belong to persons in spite of its few digits. */
  readonly isInner: boolean;
  readonly groups: readonly Group[];
  office: Range | null;
  role: Range | null;
  persons: readonly Range[];
}

export interface Pairing {
  readonly entries: readonly Entry[];
  /** Persons announced by a label in a group without any contact value. */
  readonly numberless: readonly { readonly member: Member; readonly office: Range | null }[];
}

/** Readers and predicates for single pieces of text that `PairingWalk` depends on. */
export interface PairingTools {
  readonly readParts: ReadParts;
  readonly readModifier: ReadModifier;
  readonly readTrailing: ReadTrailing;
  readonly readAddress: ReadValue;
  readonly readPostcode: ReadValue;
  readonly readAccount: ReadValue;
  /** Returns whether a word names a district, county or town. */
  readonly isPlace: (words: string) => boolean;
  readonly isRole: (words: string) => boolean;
  /** Returns whether a piece is a street with a house number. */
  readonly isAddress: (words: string) => boolean;
  /** Returns the end of the last part that announces whom to call (技术支持：), or -Infinity. */
  readonly contactRoleEnd: (parts: readonly Part[]) => number;
  /** Returns the office in a numbered line before 联系人: the whole part if `isWhole`, else what it begins with. */
  readonly headingOffice: (part: Part, isWhole: boolean) => Range | null;
}
