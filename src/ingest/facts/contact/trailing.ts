import type { ContactChannel } from '../../../domain/fact.js';
import type { PersonNameReader } from './names.js';
import type { OfficeNameReader } from './offices.js';
import { anyOf, type ContactRules } from './rules.js';

interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Content of the brackets behind a number: person 83210000（王老师）, channel （传真）, role （高职）. */
export interface TrailingNote {
  readonly end: number;
  readonly persons: readonly TextRange[];
  readonly office: TextRange | null;
  readonly role: TextRange | null;
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
  const note = new RegExp(anyOf(rules.trailingNotes));

  const readNameAfter = (text: string, end: number): TrailingNote | null => {
    NAME_AFTER.lastIndex = end;
    const after = NAME_AFTER.exec(text)?.[1];
    const name = after === undefined ? null : names.readUnannounced(after);
    if (after === undefined || name === null) return null;
    const start = NAME_AFTER.lastIndex - after.length;
    return { ...NO_OWNER, end: start + after.length, persons: [{ start, end: start + name.length }] };
  };
  /** Splits the brackets' content into office, persons and role: 资助科 毕方; 作战训练科,只解答测试问题; 高职. */
  const readPieces = (inner: string, open: number): Omit<TrailingNote, 'end' | 'channels'> => {
    const persons: TextRange[] = [];
    const words: TextRange[] = [];
    const named: TextRange[] = [];
    for (const { 0: piece, index } of inner.matchAll(/[^ 、,/;]+/g)) {
      const at = open + index;
      const name = names.readAnnounced(piece);
      const from = name === null ? offices.findAtEnd(piece) : -1;
      if (name !== null) persons.push({ start: at, end: at + name.length });
      else if (from !== -1) named.push({ start: at + from, end: at + piece.length });
      else if (/[\u4e00-\u9fff]{2}/.test(piece)) words.push({ start: at, end: at + piece.length });
    }
    const [first, last] = [words[0], words.at(-1)];
    const isPart = first !== undefined && last !== undefined && !note.test(inner);
    return { persons, office: joined(named), role: isPart ? { start: first.start, end: last.end } : null };
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
function joined(offices: readonly TextRange[]): TextRange | null {
  const [first, second] = offices;
  if (first === undefined) return null;
  return second !== undefined && second.start - first.end === 1 ? { start: first.start, end: second.end } : first;
}
