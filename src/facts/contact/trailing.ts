import type { ContactChannel } from '../../domain/fact.js';
import type { NameReader } from './names.js';
import type { OfficeReader } from './offices.js';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What stands in brackets behind a number: 83210000（王老师）, （传真）, （高职）. */
export interface Trailing {
  readonly end: number;
  readonly persons: readonly Range[];
  readonly office: Range | null;
  readonly role: Range | null;
  /** Null unless the brackets say that it is a fax number. */
  readonly channels: readonly ContactChannel[] | null;
}

export type ReadTrailing = (text: string, end: number, hasPersons: boolean) => Trailing | null;

const BRACKET = / ?\(([^()\n]{1,24})\)/y;
/** 010-… 王老师。 */
const NAME_AFTER = /[ -]{1,2}([\u4e00-\u9fff·]{2,6})(?=[;。\n)]|$)/y;
const FAX = /^(?:(?:电话)?[兼同及和、/]?(?:传真))$/;

export function createTrailingReader(names: NameReader, offices: OfficeReader): ReadTrailing {
  return (text, end, hasPersons) => {
    BRACKET.lastIndex = end;
    const bracket = BRACKET.exec(text);
    const inner = bracket?.[1];
    const none = { persons: [], office: null, role: null, channels: null };
    if (inner === undefined) {
      NAME_AFTER.lastIndex = end;
      const after = hasPersons ? undefined : NAME_AFTER.exec(text)?.[1];
      const name = after === undefined ? null : names.bare(after);
      if (after === undefined || name === null) return null;
      const start = NAME_AFTER.lastIndex - after.length;
      return { ...none, end: start + after.length, persons: [{ start, end: start + name.length }] };
    }
    const close = BRACKET.lastIndex;
    const open = close - 1 - inner.length;
    if (FAX.test(inner)) {
      return { ...none, end: close, channels: inner === '传真' ? ['fax'] : ['phone', 'fax'] };
    }
    if (/[\d:@]/.test(inner)) return null;
    const persons: Range[] = [];
    for (const { 0: piece, index } of inner.matchAll(/[^ 、,/]+/g)) {
      const name = names.announced(piece);
      if (name !== null) persons.push({ start: open + index, end: open + index + name.length });
    }
    if (persons.length > 0) return { ...none, end: close, persons };
    const office = offices.atEnd(inner);
    const range = { start: open + Math.max(0, office), end: close - 1 };
    if (office !== -1) return { ...none, end: close, office: range };
    if (/号码|保密|不再|区号|暂停/.test(inner) || !/[\u4e00-\u9fff]{2}/.test(inner)) return { ...none, end: close };
    return { ...none, end: close, role: range };
  };
}
