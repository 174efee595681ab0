import type { ContactChannel, Span } from '../../../domain/fact.js';
import { alternation } from '../../../text/patterns.js';
import type { ContactLabel } from './lexical-scan.js';
import type { ContactRules } from './rules.js';
import type { OfficeNameReader, PersonNameReader } from './segments.js';

/*
 * Step 3 of the contact extraction: reads what the scan cannot recognise by its form, which are addresses, postcodes
 * and accounts after their label, and the note behind a number.
 */

/** Reads the value after a label, up to `limit`; null when there is none. */
export type ReadLabelledValue = (text: string, label: ContactLabel, limit: number) => Span | null;

const MAX_ADDRESS_LENGTH = 90;
const BLANKS = / {0,4}(?:\n {0,4})?/y;
/** Features that only an address has; required unless an address label with a colon precedes. */
const CERTAIN_ADDRESS_FEATURE = /[路街道巷弄][\u4e00-\u9fff]{0,4}\d|\d号|\d(?:室|层|楼|幢|栋|座)|大厦|大道|胡同/;
/** Building or room behind a comma or blank: 行政楼302室. */
const ROOM = /^,? ?(?:[A-Z]?\d{1,4}|[A-Z]|[\u4e00-\u9fff]{1,6}\d{0,4})(?:号?楼|栋|幢|座|室|层|房间)[^ :,;。()\n]{0,16}/;

export function createAddressReader(rules: ContactRules): ReadLabelledValue {
  const features = alternation(rules.addressFeatures);
  const feature = new RegExp(features);
  const continuation = new RegExp(`^ {1,3}[^ :,;。()\\n]{1,20}(?:${features})(?=[ ,;。()\\n]|$)`);
  return (text, label, limit) => {
    const start = skipBlanks(text, label.end);
    if (start >= limit) return null;
    const window = text.slice(start, Math.min(limit, start + MAX_ADDRESS_LENGTH));
    let length = /[ ,;。()\n\r]|https?:|www\./.exec(window)?.index ?? window.length;
    for (;;) {
      const rest = window.slice(length);
      const more = continuation.exec(rest)?.[0].length ?? ROOM.exec(rest)?.[0].length ?? 0;
      if (more === 0) break;
      length += more;
    }
    const value = window.slice(0, length).trimEnd();
    if (/^ ?(?:https?:|www\.)/.test(window.slice(value.length))) return null;
    if (!(label.labelKind === 'address' && label.hasColon ? feature : CERTAIN_ADDRESS_FEATURE).test(value)) return null;
    return value.length < 4 || !/[\u4e00-\u9fff]{2}/.test(value) ? null : { start, end: start + value.length };
  };
}

function skipBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at;
  return at + (BLANKS.exec(text)?.[0].length ?? 0);
}

const POSTCODE = /[ :]{0,4}(\d{6})(?!\d)/y;

export const readPostcode: ReadLabelledValue = (text, label) => {
  POSTCODE.lastIndex = label.end;
  return POSTCODE.test(text) ? { start: POSTCODE.lastIndex - 6, end: POSTCODE.lastIndex } : null;
};

const ACCOUNT_NUMBER = /(?=(?:[ -]?[\d*]){8})[\d*]{2,30}(?:[ -][\d*]{3,8}){0,8}(?!\d)/y;
const ACCOUNT_NAME = /[^ ,;。\n]{1,40}(?: ?\([^()\n]{1,20}\))?/y;

/** Reads a number after a colon or a blank (账号：0000 0000 0000), or a name after a colon (开户行：×××支行). */
export const readAccount: ReadLabelledValue = (text, label, limit) => {
  const start = skipBlanks(text, label.end);
  if (start >= limit || (!label.hasColon && start === label.end)) return null;
  const isNumber = text.charAt(label.wordEnd - 1) === '号';
  const pattern = isNumber ? ACCOUNT_NUMBER : ACCOUNT_NAME;
  pattern.lastIndex = start;
  const [found = ''] = pattern.exec(text) ?? [];
  const value = found.slice(0, limit - start).trimEnd();
  if (value === '' || (!isNumber && (!label.hasColon || !/[\u4e00-\u9fff]{3}/.test(value)))) return null;
  return { start, end: start + value.length };
};

/** Content of the brackets behind a number: person 83210000（王老师）, channel （传真）, role （高职）. */
interface TrailingNote {
  readonly end: number;
  readonly persons: readonly Span[];
  readonly office: Span | null;
  readonly role: Span | null;
  /** Null unless the brackets name a fax number. */
  readonly channels: readonly ContactChannel[] | null;
}

export type ReadTrailingNote = (text: string, end: number, hasPersons: boolean) => TrailingNote | null;

const BRACKET = / ?\(([^()\n]{1,24})\)/y;
/** A name behind a number without brackets: 010-… 王老师。 */
const NAME_AFTER = /[ -]{1,2}([\u4e00-\u9fff·]{2,6})(?=[;。\n)]|$)/y;
const FAX = /^(?:(?:电话)?[兼同及和、/]?(?:传真))$/;
const NO_OWNER = { persons: [], office: null, role: null, channels: null };

export function createTrailingNoteReader(
  names: PersonNameReader,
  offices: OfficeNameReader,
  rules: ContactRules,
): ReadTrailingNote {
  const note = new RegExp(alternation(rules.trailingNotes));

  const readNameAfter = (text: string, end: number): TrailingNote | null => {
    NAME_AFTER.lastIndex = end;
    const [, after = ''] = NAME_AFTER.exec(text) ?? [];
    const name = names.readUnannounced(after);
    if (name === null) return null;
    const start = NAME_AFTER.lastIndex - after.length;
    return { ...NO_OWNER, end: start + after.length, persons: [{ start, end: start + name.length }] };
  };
  /** Splits the brackets' content into office, persons and role: 资助科 毕方; 作战训练科,只解答测试问题; 高职. */
  const readPieces = (inner: string, open: number): Omit<TrailingNote, 'end' | 'channels'> => {
    const persons: Span[] = [];
    const words: Span[] = [];
    const named: Span[] = [];
    for (const { 0: piece, index } of inner.matchAll(/[^ 、,/;]+/g)) {
      const start = open + index;
      const end = start + piece.length;
      const name = names.readAnnounced(piece);
      const office = name === null ? offices.findAtEnd(piece) : -1;
      if (name !== null) persons.push({ start, end: start + name.length });
      else if (office !== -1) named.push({ start: start + office, end });
      else if (/[\u4e00-\u9fff]{2}/.test(piece)) words.push({ start, end });
    }
    const [first, last] = [words[0], words.at(-1)];
    const isRole = first !== undefined && last !== undefined && !note.test(inner);
    return { persons, office: joinOffices(named), role: isRole ? { start: first.start, end: last.end } : null };
  };

  return (text, end, hasPersons) => {
    BRACKET.lastIndex = end;
    const inner = BRACKET.exec(text)?.[1];
    if (inner === undefined) return hasPersons ? null : readNameAfter(text, end);
    const close = BRACKET.lastIndex;
    if (FAX.test(inner)) {
      return { ...NO_OWNER, end: close, channels: inner === '传真' ? ['fax'] : ['phone', 'fax'] };
    }
    if (/[\d:@]/.test(inner)) return null;
    return { ...readPieces(inner, close - 1 - inner.length), end: close, channels: null };
  };
}

/** Returns the first office, joined with its subdivision one character behind it (财务处 收费科), or null. */
function joinOffices([first, second]: readonly Span[]): Span | null {
  if (first === undefined) return null;
  return second !== undefined && second.start - first.end === 1 ? { start: first.start, end: second.end } : first;
}
