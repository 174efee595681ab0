import type { ContactGroup, PairingDependencies, TextRange } from './pairing-types.js';
import type { PhoneNumberCandidate } from './numbers.js';
import type { Segment } from './parts.js';

export function emptyGroup(): ContactGroup {
  return { office: null, role: null, members: [], entryCount: 0, hasPhone: false };
}

/** Returns whether a list of offices continues as a sentence (呼吸科、感染科等医师), judging by the parts after one. */
export function isInProse(after: readonly Segment[], { isAddress }: PairingDependencies): boolean {
  const next = after.find(
    ({ kind, isBeforeComma: comma, isBracketed: bracketed }) => !(bracketed || (kind === 'office' && comma)),
  );
  return next?.kind === 'text' && !next.isBeforeColon && next.text.length > 4 && !isAddress(next.text);
}

export function shift({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

/** Returns the words after an office label up to the clause's end or a person's name (联系科室：产业科、规划科). */
export function officeValue(
  text: string,
  from: number,
  end: number,
  { readParts }: PairingDependencies,
): TextRange | null {
  const window = text.slice(from, Math.min(end, from + 50));
  const value = /^ {0,3}\n? {0,3}([^,;。\n()]{2,40})/.exec(window);
  if (value?.[1] === undefined) return null;
  const start = from + value[0].length - value[1].length;
  const stop = start + value[1].length;
  const person = value[1].includes(' ')
    ? readParts(text, start, stop, false).find(({ kind }) => kind === 'person')
    : undefined;
  const office = text.slice(start, person === undefined || person.start - start < 2 ? stop : person.start).trimEnd();
  return { start, end: start + office.length };
}

/** Returns the last part before a number that is not in brackets, its end moved behind the bracketed parts after it. */
export function findNumberOwner(parts: readonly Segment[]): Segment | undefined {
  const last = parts.at(-1);
  const owner = parts.findLast(({ isBracketed: bracketed }) => !bracketed) ?? last;
  return owner === undefined || last === undefined ? undefined : { ...owner, end: last.end };
}

/** Returns whether an office or a street address precedes a number on its line. */
export function hasPlaceOnLine(
  text: string,
  parts: readonly Segment[],
  number: TextRange,
  tools: PairingDependencies,
): boolean {
  const from = Math.max(0, number.start - LONGEST_LINE);
  const line = from + text.slice(from, number.start).lastIndexOf('\n');
  return parts.some(({ kind, start, text: words }) => start > line && (kind === 'office' || tools.isAddress(words)));
}

const LONGEST_LINE = 120;
const BRACKETS = /^(?:\([^()\n]{0,20}\))?[ :]{0,3}$/;
const LONGEST_NAME = 14;
const LONGEST_PART = 10;

interface Neighbours {
  readonly before: Segment | undefined;
  readonly after: Segment | undefined;
  readonly next: PhoneNumberCandidate;
}

/**
 * Returns whether a part states what the next number is for: right before it (缓缴 0459-…), before its person
 * (值班经理 岑参商 136…), or at the start of its line (市中心大厅 人民东路301号 0757-…).
 */
export function announcesNumber(
  text: string,
  part: Segment,
  { before, after, next }: Neighbours,
  tools: PairingDependencies,
): boolean {
  if (
    part.isBracketed ||
    part.isBeforeColon ||
    next.form === 'short' ||
    !tools.isRole(part.text) ||
    tools.isAddress(part.text)
  )
    return false;
  const between = text.slice(part.end, Math.min(next.start, part.end + 80));
  if (between.includes('\n')) return false;
  if (part.isLineStart && part.text.length <= LONGEST_NAME && /^[ (]/.test(between)) return true;
  if (part.text.length > LONGEST_PART || !(part.isClauseStart || before === undefined)) return false;
  // A verb may stand before the person: 通关事宜请联系徐菁 139…
  const isBeforePerson =
    after?.kind === 'person' && /^(?: {1,2}|[^,;。、: ]{1,4})$/.test(text.slice(part.end, after.start));
  return BRACKETS.test(between) || isBeforePerson;
}
