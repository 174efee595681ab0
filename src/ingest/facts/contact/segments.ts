import type { Span } from '../../../domain/fact.js';
import { alternation } from '../../../text/patterns.js';
import { guardedAlternation, type ContactRules } from './rules.js';

/*
 * Step 2 of the contact extraction: splits the text between anchors into segments and recognises the names of persons
 * and offices among them, and the office and role in the words before a label.
 */

/** Recognises a whole piece of text as a person's name. Returns it without the title after a full name, or null. */
export interface PersonNameReader {
  /** For text after a label that announces a person (联系人：): accepts rare surnames too. */
  readonly readAnnounced: (text: string) => string | null;
  /** For text without such a label: accepts common surnames only. */
  readonly readUnannounced: (text: string) => string | null;
  /** Removes a title from the end: 教务处副处长 → 教务处. */
  readonly stripTitle: (text: string) => string;
}

const HAN = '\\u4e00-\\u9fff';
/** Names of ethnic groups that write a middle dot between given and family name. */
const NAME_WITH_DOT = new RegExp(`^[${HAN}]{2,8}(?:·[${HAN}]{1,8}){1,3}$`);
const MAX_PERSON_NAME_LENGTH = 24;

export function createPersonNameReader(rules: ContactRules): PersonNameReader {
  const compound = alternation(rules.compoundSurnames);
  const title = `(?:副|总)?(?:${alternation(rules.personTitles)})`;
  const titleAtEnd = new RegExp(`${title}$`);
  const notNames = new Set(rules.notNames);
  const createReader = (surnames: string, isAnnounced: boolean) => {
    const surname = `(?:${compound}|[${surnames}])`;
    const titled = new RegExp(`^(${surname} {0,2}[${HAN}]{1,2})${title}$`);
    const short = new RegExp(`^[小老]?${surname}${title}$`);
    const whole = new RegExp(`^(?:${surname}[${HAN}]{1,2}|[${surnames}] {1,4}[${HAN}]{1,2})$`);
    return (text: string): string | null => {
      if (text.length < 2 || text.length > MAX_PERSON_NAME_LENGTH || notNames.has(text)) return null;
      if (NAME_WITH_DOT.test(text) || short.test(text)) return text;
      const name = titled.exec(text)?.[1] ?? text;
      if (notNames.has(name) || (!isAnnounced && notNames.has(name.slice(0, 2))) || !whole.test(name)) return null;
      return name.length > 2 && rules.notNameEndings.includes(name.slice(-1)) ? null : name;
    };
  };
  return {
    readAnnounced: createReader(rules.surnames + rules.rareSurnames, true),
    readUnannounced: createReader(rules.surnames, false),
    stripTitle: (text) => text.replace(titleAtEnd, ''),
  };
}

/** Recognises office names in short pieces of text by their endings. */
export interface OfficeNameReader {
  /** Returns the start of the office name at the end of the text, or -1. */
  readonly findAtEnd: (text: string) => number;
  /** Returns the length of the longest office name before further words (市教委收费监督 → 3), or 0. */
  readonly measureHead: (text: string) => number;
}

const MAX_OFFICE_NAME_LENGTH = 40;

export function createOfficeNameReader(rules: ContactRules): OfficeNameReader {
  const endings = alternation([...rules.officeSuffixes.map(({ word }) => word), ...rules.endingsOnly]);
  const endingAtEnd = new RegExp(`(?:${endings})$`);
  const suffixes = new RegExp(guardedAlternation(rules.officeSuffixes), 'g');
  const generic = new RegExp(`^(?:${alternation(rules.genericOffices)})`);
  const notOffices = new Set(rules.notOffices);
  const notOfficeAtEnd = new RegExp(`(?:${alternation(rules.notOfficeEndings)})$`);
  const stops = new RegExp(alternation(rules.officeStops), 'g');

  const isOffice = (text: string): boolean =>
    text.length >= 2 &&
    text.length <= MAX_OFFICE_NAME_LENGTH &&
    !notOffices.has(text) &&
    !generic.test(text) &&
    /^[\u4e00-\u9fff“A-Za-z0-9]/.test(text) &&
    !notOfficeAtEnd.test(text);

  return {
    findAtEnd: (text) => {
      if (!endingAtEnd.test(text)) return -1;
      let start = 0;
      for (const stop of text.matchAll(stops)) {
        const after = stop.index + stop[0].length;
        if (after < text.length - 1 && endingAtEnd.test(text.slice(after))) start = after;
      }
      return isOffice(text.slice(start)) ? start : -1;
    },
    measureHead: (text) => {
      let length = 0;
      for (const match of text.matchAll(suffixes)) {
        const end = match.index + match[0].length;
        if (end < text.length && isOffice(text.slice(0, end))) length = end;
      }
      return length;
    },
  };
}

/** Office and role in the words right before a label: 市教委收费监督 before 电话 → office 市教委, role 收费监督. */
export interface LabelModifier {
  readonly office: Span | null;
  readonly role: Span | null;
}

export type ReadModifier = (words: string) => LabelModifier;

const MAX_ROLE_LENGTH = 16;

/** Creates the reader of the words before a label. Offsets in its result are into `words`. */
export function createModifierReader(rules: ContactRules, offices: OfficeNameReader): ReadModifier {
  const stops = new RegExp(alternation(rules.modifierStops), 'g');
  const generic = `(?:[“”"]|${alternation(rules.genericModifiers)})+`;
  const genericAtStart = new RegExp(`^${generic}`);
  const genericAtEnd = new RegExp(`${generic}$`);
  return (words) => {
    let start = 0;
    for (const stop of words.matchAll(stops)) start = stop.index + stop[0].length;
    const hours = words.lastIndexOf('小时');
    if (hours >= start && /\d$/.test(words.slice(start, hours))) start = hours + 2;
    const rest = words.slice(start);
    const whole = offices.findAtEnd(rest);
    if (whole !== -1) return { office: { start: start + whole, end: words.length }, role: null };
    const length = offices.measureHead(rest);
    const from = offices.findAtEnd(rest.slice(0, length));
    const office = from === -1 ? null : { start: start + from, end: start + length };
    const tail = rest.slice(length);
    const leading = genericAtStart.exec(tail)?.[0].length ?? 0;
    const role = tail.slice(leading).replace(genericAtEnd, '');
    const isRole =
      role.length >= 2 &&
      role.length <= MAX_ROLE_LENGTH &&
      role !== '服务' &&
      !/\d{3}/.test(role) &&
      /[\u4e00-\u9fff]{2}/.test(role);
    const at = start + length + leading;
    return { office, role: isRole ? { start: at, end: at + role.length } : null };
  };
}

/** A piece of the text between two anchors, classified by its form. */
export interface Segment extends Span {
  readonly kind: 'person' | 'office' | 'text';
  readonly text: string;
  /** Whether it stands in brackets that open and close between the anchors. */
  readonly isBracketed: boolean;
  /** Whether a colon follows, so that the next segments belong to it. */
  readonly isBeforeColon: boolean;
  /** Whether a line break, 。 or ； separates it from the piece before. */
  readonly isAfterStop: boolean;
  /** Whether it is the first of a clause; 、 ， and ： start a clause too. */
  readonly isClauseStart: boolean;
  /** Whether it is the first of a line. */
  readonly isLineStart: boolean;
  /** Whether a comma or 、 follows. */
  readonly isBeforeComma: boolean;
  /** Whether it opens a numbered line (2.×××办公室). */
  readonly isHeading: boolean;
}

/** Reads the segments of `text.slice(from, to)`. `isAnnounced`: a label before them announces persons. */
export type ReadSegments = (text: string, from: number, to: number, isAnnounced: boolean) => Segment[];

const PIECE = /[^ ,、;:。.!?\n\r()[\]【】|/《》-]+/g;
const LIST_MARK = /^(?:\d{1,2}|[一二三四五六七八九十]{1,3})$/;
/** Purpose, verb and person: 通关事宜|请联系|徐菁. */
const CONTACT_REQUEST = /^(.{0,16}?)(请?(?:联系|找))(.{2,5})$/;
const JOINED = /^(.{2,3}?)[和及与](.{2,3})$/;
/** Pieces that are dropped: numbers, single characters and connectives. */
const FILLER = /^(?:[^A-Za-z\u4e00-\u9fff]*[A-Za-z\u4e00-\u9fff]?[^A-Za-z\u4e00-\u9fff]*|以及|或者|分别)$/;

type ReadName = PersonNameReader['readUnannounced'];

export function createSegmentReader(names: PersonNameReader, offices: OfficeNameReader): ReadSegments {
  return (text, from, to, isAnnounced) => {
    const gap = text.slice(from, to);
    const brackets = findBrackets(gap);
    const readName = isAnnounced ? names.readAnnounced : names.readUnannounced;
    const segments: Segment[] = [];
    let last = 0;
    let isHeading = false;
    for (const { piece, index } of splitPieces(gap, readName)) {
      const between = gap.slice(last, index);
      const end = index + piece.length;
      last = end;
      if (LIST_MARK.test(piece) && /^[.、)]/.test(gap.slice(end, end + 1))) {
        isHeading = true;
        continue;
      }
      if (FILLER.test(piece)) continue;
      const at = from + index;
      const common = {
        isBracketed: brackets.some((range) => index > range.start && end <= range.end),
        isBeforeColon: /^ {0,2}:/.test(gap.slice(end, end + 3)),
        isBeforeComma: /^[,、]/.test(gap.slice(end, end + 1)),
        isAfterStop: /[;。\n]/.test(between),
        isClauseStart: at === 0 || /[;。\n,、:】!?]/.test(between),
        isLineStart: at === 0 || /\n[^\n]{0,3}$/.test(text.slice(Math.max(0, at - 4), at)),
        isHeading,
      };
      isHeading = false;
      for (const { kind, start, end } of classify(piece, readName)) {
        segments.push({ kind, text: piece.slice(start, end), start: at + start, end: at + end, ...common });
      }
    }
    return segments;
  };

  function classify(piece: string, readName: ReadName): Pick<Segment, 'kind' | 'start' | 'end'>[] {
    const name = readName(piece);
    if (name !== null) return [{ kind: 'person', start: 0, end: name.length }];
    const [, one = '', two = ''] = JOINED.exec(piece) ?? [];
    const second = readName(one) === null ? null : readName(two);
    if (second !== null) {
      const start = one.length + 1;
      return [
        { kind: 'person', start: 0, end: one.length },
        { kind: 'person', start, end: start + second.length },
      ];
    }
    const [, purpose = '', , addressed = ''] = CONTACT_REQUEST.exec(piece) ?? [];
    const person = names.readUnannounced(addressed);
    if (person !== null) {
      const start = piece.length - addressed.length;
      const at = { kind: 'person', start, end: start + person.length } as const;
      return purpose.length < 2 ? [at] : [{ kind: 'text', start: 0, end: purpose.length }, at];
    }
    const office = offices.findAtEnd(piece);
    if (office !== -1) return [{ kind: 'office', start: office, end: piece.length }];
    for (const length of [3, 4, 2, 5]) {
      const cut = piece.length - length;
      const tail = cut < 2 ? null : names.readUnannounced(piece.slice(cut));
      if (tail === null) continue;
      const at = { kind: 'person', start: cut, end: cut + tail.length } as const;
      const head = names.stripTitle(piece.slice(0, cut));
      const start = offices.findAtEnd(head);
      if (start !== -1) return [{ kind: 'office', start, end: head.length }, at];
      // The title stands before the name: 团检专员柏舟 → text 团检专员, person 柏舟.
      if (head.length >= 2 && head.length < cut) return [{ kind: 'text', start: 0, end: cut }, at];
    }
    return [{ kind: 'text', start: 0, end: piece.length }];
  }
}

/** Splits a gap at blanks and punctuation, but keeps a name whole that is written with blanks (李 勇). */
function splitPieces(gap: string, readName: ReadName): { piece: string; index: number }[] {
  const pieces: { piece: string; index: number }[] = [];
  for (const { 0: piece, index } of gap.matchAll(PIECE)) {
    const last = pieces.at(-1);
    const whole = last === undefined ? '' : gap.slice(last.index, index + piece.length);
    if (last?.piece.length === 1 && /^[^ ] {1,4}[^ ]{1,2}$/.test(whole) && readName(whole) !== null) {
      pieces[pieces.length - 1] = { piece: whole, index: last.index };
    } else pieces.push({ piece, index });
  }
  return pieces;
}

function findBrackets(gap: string): Span[] {
  const brackets: Span[] = [];
  let open = -1;
  for (let i = 0; i < gap.length; i++) {
    if (gap.charAt(i) === '(') open = i;
    if (gap.charAt(i) === ')' && open !== -1) {
      brackets.push({ start: open, end: i });
      open = -1;
    }
  }
  return brackets;
}
