import type { ContactChannel, Span } from '../../../domain/fact.js';
import type { Anchor, ContactLabel, PhoneNumberCandidate } from './lexical-scan.js';
import type { ReadLabelledValue, ReadTrailingNote } from './read-values.js';
import type { LabelModifier, ReadModifier, ReadSegments, Segment } from './segments.js';

/*
 * Step 4 of the contact extraction: types of the pairing, and the predicates that `ContactPairer` decides by. All
 * distances are in UTF-16 units.
 */

export interface GroupMember extends Span {
  readonly isAnnounced: boolean;
  role: Span | null;
}

/** Persons, role and office that a run of contact values belongs to. */
export interface ContactGroup {
  office: Span | null;
  role: Span | null;
  members: GroupMember[];
  entryCount: number;
  hasPhone: boolean;
}

/** A contact value with the persons, role and office paired with it. */
export interface ContactEntry extends Span {
  readonly channels: readonly ContactChannel[];
  readonly digits: string | null;
  /** Whether it is an internal line, which may belong to persons in spite of its few digits. */
  readonly isInner: boolean;
  readonly groups: readonly ContactGroup[];
  office: Span | null;
  role: Span | null;
  persons: readonly Span[];
}

export interface Pairing {
  readonly entries: readonly ContactEntry[];
  /** Persons announced by a label in a group without any contact value. */
  readonly numberless: readonly { readonly member: GroupMember; readonly office: Span | null }[];
}

/** Readers and predicates for single pieces of text that `ContactPairer` depends on. */
export interface PairingDependencies {
  readonly readSegments: ReadSegments;
  readonly readModifier: ReadModifier;
  readonly readTrailingNote: ReadTrailingNote;
  readonly readAddress: ReadLabelledValue;
  readonly readPostcode: ReadLabelledValue;
  readonly readAccount: ReadLabelledValue;
  /** Returns whether a word names a district, county or town. */
  readonly isPlace: (words: string) => boolean;
  readonly isRole: (words: string) => boolean;
  /** Returns whether a piece is a street with a house number. */
  readonly isAddress: (words: string) => boolean;
  /** Returns the end of the last segment that announces whom to call (技术支持：), or -Infinity. */
  readonly findContactRoleEnd: (segments: readonly Segment[]) => number;
  /** Returns the office in a numbered line before 联系人: the whole segment if `isWhole`, else what it begins with. */
  readonly findHeadingOffice: (segment: Segment, isWhole: boolean) => Span | null;
}

export function createGroup(): ContactGroup {
  return { office: null, role: null, members: [], entryCount: 0, hasPhone: false };
}

export function shift({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** Maximum distance from a label without a colon to its value; a name may stand between (咨询电话 王老师 010-…). */
const MAX_LABEL_VALUE_DISTANCE = 25;

/** Returns whether a label announces a value here instead of being an ordinary word of the sentence. */
export function announcesValue(label: ContactLabel, next: Anchor | undefined): boolean {
  if (label.hasColon) return true;
  return next !== undefined && next.kind !== 'label' && next.start - label.end <= MAX_LABEL_VALUE_DISTANCE;
}

/** Returns office and role in the segment that ends where a label begins. */
export function readModifierBefore(
  label: ContactLabel,
  segment: Segment | undefined,
  { readModifier }: PairingDependencies,
): LabelModifier {
  if (segment?.end !== label.start || segment.kind !== 'text') return { office: null, role: null };
  const { office, role } = readModifier(segment.text);
  const hasRole =
    label.labelKind !== 'dial' && label.labelKind !== 'delivery' && (label.hasColon || label.labelKind !== 'web');
  return { office: office && shift(office, segment.start), role: role && hasRole ? shift(role, segment.start) : null };
}

/** Returns the words after an office label up to the clause's end or a person's name (联系科室：产业科、规划科). */
export function readOfficeValue(
  text: string,
  from: number,
  end: number,
  { readSegments }: PairingDependencies,
): Span | null {
  const [whole = '', value] =
    /^ {0,3}\n? {0,3}([^,;。\n()]{2,40})/.exec(text.slice(from, Math.min(end, from + 50))) ?? [];
  if (value === undefined) return null;
  const stop = from + whole.length;
  const start = stop - value.length;
  const person = value.includes(' ')
    ? readSegments(text, start, stop, false).find(({ kind }) => kind === 'person')
    : undefined;
  const office = text.slice(start, person === undefined || person.start - start < 2 ? stop : person.start).trimEnd();
  return { start, end: start + office.length };
}

/** Returns whether a list of offices continues as a sentence (呼吸科、感染科等医师), by the segments after one. */
export function isInProse(after: readonly Segment[], { isAddress }: PairingDependencies): boolean {
  const next = after.find(
    ({ kind, isBeforeComma, isBracketed }) => !(isBracketed || (kind === 'office' && isBeforeComma)),
  );
  return next?.kind === 'text' && !next.isBeforeColon && next.text.length > 4 && !isAddress(next.text);
}

const MAX_ROLE_NAME_LENGTH = 14;
const MAX_INLINE_ROLE_LENGTH = 10;
const BRACKETS = /^(?:\([^()\n]{0,20}\))?[ :]{0,3}$/;

interface Neighbours {
  readonly before: Segment | undefined;
  readonly after: Segment | undefined;
  readonly next: PhoneNumberCandidate;
}

/**
 * Returns whether a segment states what the next number is for: right before it (缓缴 0459-…), before its person
 * (值班经理 岑参商 136…), or at the start of its line (市中心大厅 人民东路301号 0757-…).
 */
export function announcesNumber(
  text: string,
  segment: Segment,
  { before, after, next }: Neighbours,
  { isAddress, isRole }: PairingDependencies,
): boolean {
  if (segment.isBracketed || segment.isBeforeColon || next.form === 'short') return false;
  if (!isRole(segment.text) || isAddress(segment.text)) return false;
  const between = text.slice(segment.end, Math.min(next.start, segment.end + 80));
  if (between.includes('\n')) return false;
  if (segment.isLineStart && segment.text.length <= MAX_ROLE_NAME_LENGTH && /^[ (]/.test(between)) return true;
  if (segment.text.length > MAX_INLINE_ROLE_LENGTH || !(segment.isClauseStart || before === undefined)) return false;
  // A verb may stand before the person: 通关事宜请联系徐菁 139…
  const isBeforePerson =
    after?.kind === 'person' && /^(?: {1,2}|[^,;。、: ]{1,4})$/.test(text.slice(segment.end, after.start));
  return BRACKETS.test(between) || isBeforePerson;
}

/** Returns the last segment before a number that is not in brackets, its end moved behind the bracketed ones. */
export function findNumberOwner(segments: readonly Segment[]): Segment | undefined {
  const last = segments.at(-1);
  const owner = segments.findLast(({ isBracketed }) => !isBracketed) ?? last;
  return owner === undefined || last === undefined ? undefined : { ...owner, end: last.end };
}

const MAX_LINE_LENGTH = 120;

/** Returns whether an office or a street address precedes a number on its line. */
export function hasPlaceOnLine(
  text: string,
  segments: readonly Segment[],
  number: Span,
  { isAddress }: PairingDependencies,
): boolean {
  const from = Math.max(0, number.start - MAX_LINE_LENGTH);
  const line = from + text.slice(from, number.start).lastIndexOf('\n');
  return segments.some(({ kind, start, text: words }) => start > line && (kind === 'office' || isAddress(words)));
}

/** Context of digits that may be a telephone number. */
interface PhoneNumberContext {
  /** The previous anchor; `lastEnd` is the end of it and its value. */
  readonly last: Anchor | null;
  readonly lastEnd: number;
  /** End of the last telephone label or number. */
  readonly cueEnd: number;
  /** The person, office or other segment right before the digits. */
  readonly owner: Segment | undefined;
  /** Whether an office or a street address precedes the digits on their line. */
  readonly hasPlace: boolean;
  /** Whether a telephone word follows the digits (12345热线). */
  readonly hasCueAfter: boolean;
}

/** Maximum distances of a telephone label, a number or an owner that counts as evidence. */
const MAX_FULL_DISTANCE = 300;
const MAX_LOCAL_DISTANCE = 60;
const MAX_LABEL_DISTANCE = 12;
const MAX_OWNER_DISTANCE = 8;
/** Maximum distance from the last telephone label or number to an extension (转…). */
const MAX_INNER_DISTANCE = 200;

/** Returns whether the surrounding words confirm that digits in the form of a telephone number are one. */
export function isPhoneNumber(text: string, number: PhoneNumberCandidate, context: PhoneNumberContext): boolean {
  const { last, lastEnd, cueEnd, owner, hasCueAfter, hasPlace } = context;
  const gap = number.start - lastEnd;
  const label = last?.kind === 'label' ? last.labelKind : null;
  const isAfterNumber = last?.kind === 'number';
  if ((label === 'other' || label === 'account' || label === 'postcode') && gap <= MAX_OWNER_DISTANCE) return false;
  const before = text.slice(Math.max(lastEnd, number.start - 20), number.start);
  if (before.endsWith('/') && !(isAfterNumber && gap <= 2)) return false;
  const isCue = label === 'phone' || label === 'fax' || label === 'dial' || label === 'person';
  const isLabelled = isCue && gap < MAX_LABEL_DISTANCE && /^[ :"“(]*$/.test(before);
  const isListed = isAfterNumber && gap < MAX_OWNER_DISTANCE && /^[ ,、/)和及或;]+$/.test(before);
  const cueDistance = number.start - cueEnd;
  const ownerDistance = owner === undefined ? Infinity : number.start - owner.end;
  const isOwned = owner?.kind !== 'text' && ownerDistance <= MAX_OWNER_DISTANCE;
  // A full form is distinct enough to need only words right before it: 缴费查询 0459-7130 882.
  const isNamed = ownerDistance <= 2 && /[\u4e00-\u9fff]{2}/.test(owner?.text ?? '');
  switch (number.form) {
    case 'full': {
      const isAnnounced = cueDistance <= MAX_FULL_DISTANCE || isOwned || isNamed || hasCueAfter;
      return isAnnounced || /^ ?\((?:电话|传真)/.test(text.slice(number.end, number.end + 4));
    }
    case 'local': {
      const isNear = cueDistance <= MAX_LOCAL_DISTANCE;
      // A hyphenated number on a line with an office or a street address: 城关镇卫生院 环城南路3号 4421-511.
      const isInRow = hasPlace && /^\d{4}-\d{3,4}$/.test(text.slice(number.start, number.end));
      if (number.isAmbiguous) return isLabelled || (isNear && (isOwned || (isNamed && isAfterNumber))) || isInRow;
      if (isLabelled || isListed || hasCueAfter || (isNear && gap <= MAX_LOCAL_DISTANCE)) return true;
      return isOwned && cueDistance <= MAX_FULL_DISTANCE;
    }
    case 'inner':
      return !text.startsWith('转', number.start) || cueDistance <= MAX_INNER_DISTANCE;
    case 'short': {
      const isCalled = isCue && label !== 'person' && gap <= 10 && /^[\u4e00-\u9fff“"]*$/.test(before);
      const isInRow = owner?.kind === 'office' && ownerDistance <= 1 && isAfterNumber && gap <= 30;
      return isLabelled || isListed || hasCueAfter || isCalled || isInRow;
    }
  }
}
