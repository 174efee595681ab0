import type { PersonNameReader } from './names.js';
import type { OfficeNameReader } from './offices.js';

/** A piece of the text between two anchors, classified by its form. */
export interface Segment {
  readonly kind: 'person' | 'office' | 'text';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether it stands in brackets that open and close between the anchors. */
  readonly isBracketed: boolean;
  /** Whether a colon follows, so that the next parts belong to it. */
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

export type ReadSegments = (text: string, from: number, to: number, announced: boolean) => Segment[];

const PIECE = /[^ ,、;:。.!?\n\r()[\]【】|/《》-]+/g;
const LIST_MARK = /^(?:\d{1,2}|[一二三四五六七八九十]{1,3})$/;
/** Purpose, verb and person: 通关事宜|请联系|徐菁. */
const CONTACT_REQUEST = /^(.{0,16}?)(请?(?:联系|找))(.{2,5})$/;
const JOINED = /^(.{2,3}?)[和及与](.{2,3})$/;
/** Pieces that are dropped: numbers, single characters and connectives. */
const FILLER = /^(?:[^A-Za-z\u4e00-\u9fff]*[A-Za-z\u4e00-\u9fff]?[^A-Za-z\u4e00-\u9fff]*|以及|或者|分别)$/;

/** Splits `text.slice(from, to)` into parts and classifies the persons and offices among them. */
export function createSegmentReader(names: PersonNameReader, offices: OfficeNameReader): ReadSegments {
  return (text, from, to, announced) => {
    const gap = text.slice(from, to);
    const closed = bracketRanges(gap);
    const read = announced ? names.readAnnounced : names.readUnannounced;
    const pieces = joinSpacedNames(
      [...gap.matchAll(PIECE)].map(({ 0: piece, index }) => ({ piece, index })),
      gap,
      read,
    );
    const parts: Segment[] = [];
    let last = 0;
    let heading = false;
    for (const { piece, index } of pieces) {
      const between = gap.slice(last, index);
      const end = index + piece.length;
      last = end;
      if (LIST_MARK.test(piece) && /^[.、)]/.test(gap.slice(end, end + 1))) {
        heading = true;
        continue;
      }
      if (FILLER.test(piece)) continue;
      const common = {
        isBracketed: closed.some((range) => index > range.start && end <= range.end),
        isBeforeColon: /^ {0,2}:/.test(gap.slice(end, end + 3)),
        isBeforeComma: /^[,、]/.test(gap.slice(end, end + 1)),
        isAfterStop: /[;。\n]/.test(between),
        isClauseStart: from + index === 0 || /[;。\n,、:】!?]/.test(between),
        isLineStart:
          from + index === 0 || /\n[^\n]{0,3}$/.test(text.slice(Math.max(0, from + index - 4), from + index)),
        isHeading: heading,
      };
      heading = false;
      for (const { kind, start, length } of classify(piece, read, offices, names)) {
        const at = from + index + start;
        parts.push({ kind, text: piece.slice(start, start + length), start: at, end: at + length, ...common });
      }
    }
    return parts;
  };
}

interface Classified {
  readonly kind: Segment['kind'];
  readonly start: number;
  readonly length: number;
}

function classify(
  piece: string,
  read: PersonNameReader['readUnannounced'],
  offices: OfficeNameReader,
  names: PersonNameReader,
): Classified[] {
  const name = read(piece);
  if (name !== null) return [{ kind: 'person', start: 0, length: name.length }];
  const joined = JOINED.exec(piece);
  if (joined?.[1] !== undefined && joined[2] !== undefined) {
    const [, one, two] = joined;
    const second = read(two);
    if (read(one) !== null && second !== null) {
      const start = one.length + 1;
      return [
        { kind: 'person', start: 0, length: one.length },
        { kind: 'person', start, length: second.length },
      ];
    }
  }
  const asked = CONTACT_REQUEST.exec(piece);
  const person = asked?.[3] === undefined ? null : names.readUnannounced(asked[3]);
  if (asked !== null && person !== null) {
    const [, what = '', , rest = ''] = asked;
    const at = { kind: 'person', start: piece.length - rest.length, length: person.length } as const;
    return what.length < 2 ? [at] : [{ kind: 'text', start: 0, length: what.length }, at];
  }
  const office = offices.findAtEnd(piece);
  if (office !== -1) return [{ kind: 'office', start: office, length: piece.length - office }];
  for (const length of [3, 4, 2, 5]) {
    const cut = piece.length - length;
    if (cut < 2) continue;
    const tail = names.readUnannounced(piece.slice(cut));
    const head = names.stripTitle(piece.slice(0, cut));
    const start = tail === null ? -1 : offices.findAtEnd(head);
    if (tail !== null && start === -1 && head.length >= 2 && head.length < cut) {
      // The title stands before the name: 团检专员柏舟 → text 团检专员, person 柏舟.
      return [
        { kind: 'text', start: 0, length: cut },
        { kind: 'person', start: cut, length: tail.length },
      ];
    }
    if (tail !== null && start !== -1) {
      return [
        { kind: 'office', start, length: head.length - start },
        { kind: 'person', start: cut, length: tail.length },
      ];
    }
  }
  return [{ kind: 'text', start: 0, length: piece.length }];
}

/** Joins the pieces of a name written with blanks (李 勇). */
function joinSpacedNames(
  pieces: readonly { piece: string; index: number }[],
  gap: string,
  read: PersonNameReader['readUnannounced'],
): { piece: string; index: number }[] {
  const joined: { piece: string; index: number }[] = [];
  for (const next of pieces) {
    const last = joined.at(-1);
    const whole = last === undefined ? '' : gap.slice(last.index, next.index + next.piece.length);
    if (last?.piece.length === 1 && /^[^ ] {1,4}[^ ]{1,2}$/.test(whole) && read(whole) !== null) {
      joined[joined.length - 1] = { piece: whole, index: last.index };
    } else joined.push(next);
  }
  return joined;
}

function bracketRanges(gap: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let open = -1;
  for (let i = 0; i < gap.length; i++) {
    if (gap.charAt(i) === '(') open = i;
    if (gap.charAt(i) === ')' && open !== -1) {
      ranges.push({ start: open, end: i });
      open = -1;
    }
  }
  return ranges;
}
