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

/** People and office to whom a run of numbers belongs. */
export interface Group {
  office: Range | null;
  role: Range | null;
  members: Member[];
  entries: number;
  hasPhone: boolean;
}

/** A value with everything that the words around pair with it; ranges lie in the text. */
export interface Entry extends Range {
  readonly channels: readonly ContactChannel[];
  readonly digits: string | null;
  /** A line inside the house, short as it is, belongs to people. */
  readonly isInner: boolean;
  readonly groups: readonly Group[];
  office: Range | null;
  role: Range | null;
  persons: readonly Range[];
}

export interface Pairing {
  readonly entries: readonly Entry[];
  /** People named after a label for whom no number, mail or address follows. */
  readonly numberless: readonly { readonly member: Member; readonly office: Range | null }[];
}

/** What the walk asks of the readers of single pieces. */
export interface PairingTools {
  readonly readParts: ReadParts;
  readonly readModifier: ReadModifier;
  readonly readTrailing: ReadTrailing;
  readonly readAddress: ReadValue;
  readonly readPostcode: ReadValue;
  readonly readAccount: ReadValue;
  /** Whether a word names a district, county or town. */
  readonly isPlace: (words: string) => boolean;
  readonly isRole: (words: string) => boolean;
  /** Whether a piece is a street with a house number. */
  readonly isAddress: (words: string) => boolean;
  /** Where the last part ends that announces whom to call (技术支持：), or -Infinity. */
  readonly contactRoleEnd: (parts: readonly Part[]) => number;
  /** The office that a numbered line before 联系人 names, whole when nothing else stands in that line. */
  readonly headingOffice: (part: Part, isWhole: boolean) => Range | null;
}
