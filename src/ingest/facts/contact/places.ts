import type { ContactLabel } from './labels.js';
import { anyOf, type ContactRules } from './rules.js';

interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Reads the value after a label whose value the scan cannot find by form, up to `limit`; null when there is none. */
export type ReadLabelledValue = (text: string, label: ContactLabel, limit: number) => TextRange | null;

const LONGEST_ADDRESS = 90;
const BLANKS = / {0,4}(?:\n {0,4})?/y;
/** Features that only an address has; required unless an address label with a colon precedes. */
const CERTAIN_ADDRESS_FEATURE = /[路街道巷弄][\u4e00-\u9fff]{0,4}\d|\d号|\d(?:室|层|楼|幢|栋|座)|大厦|大道|胡同/;

export function createAddressReader(rules: ContactRules): ReadLabelledValue {
  const feature = new RegExp(anyOf(rules.addressFeatures));
  const goesOn = new RegExp(`^ {1,3}[^ :,;。()\\n]{1,20}(?:${anyOf(rules.addressFeatures)})(?=[ ,;。()\\n]|$)`);
  const room =
    /^,? ?(?:[A-Z]?\d{1,4}|[A-Z]|[\u4e00-\u9fff]{1,6}\d{0,4})(?:号?楼|栋|幢|座|室|层|房间)[^ :,;。()\n]{0,16}/;
  return (text, label, limit) => {
    BLANKS.lastIndex = label.end;
    const start = label.end + (BLANKS.exec(text)?.[0].length ?? 0);
    if (start >= limit) return null;
    const room0 = text.slice(start, Math.min(limit, start + LONGEST_ADDRESS));
    let length = clauseLength(room0);
    for (;;) {
      const rest = room0.slice(length);
      const more = goesOn.exec(rest)?.[0].length ?? room.exec(rest)?.[0].length ?? 0;
      if (more === 0) break;
      length += more;
    }
    const value = room0.slice(0, length).trimEnd();
    if (/^ ?(?:https?:|www\.)/.test(room0.slice(value.length))) return null;
    if (!(label.labelKind === 'address' && label.hasColon ? feature : CERTAIN_ADDRESS_FEATURE).test(value)) return null;
    return value.length < 4 || !/[\u4e00-\u9fff]{2}/.test(value) ? null : { start, end: start + value.length };
  };
}

function clauseLength(text: string): number {
  const stop = /[ ,;。()\n\r]|https?:|www\./.exec(text);
  return stop?.index ?? text.length;
}

export const readPostcode: ReadLabelledValue = (text, label) => {
  const match = /[ :]{0,4}(\d{6})(?!\d)/y;
  match.lastIndex = label.end;
  const found = match.exec(text);
  return found === null ? null : { start: match.lastIndex - 6, end: match.lastIndex };
};

const ACCOUNT_NUMBER = /(?=(?:[ -]?[\d*]){8})[\d*]{2,30}(?:[ -][\d*]{3,8}){0,8}(?!\d)/y;
const ACCOUNT_NAME = /[^ ,;。\n]{1,40}(?: ?\([^()\n]{1,20}\))?/y;

/** Reads a number after a colon or a blank (账号：0000 0000 0000), or a name after a colon (开户行：×××支行). */
export const readAccount: ReadLabelledValue = (text, label, limit) => {
  BLANKS.lastIndex = label.end;
  const start = label.end + (BLANKS.exec(text)?.[0].length ?? 0);
  if (start >= limit || (!label.hasColon && start === label.end)) return null;
  const isNumber = text.charAt(label.wordEnd - 1) === '号';
  const pattern = isNumber ? ACCOUNT_NUMBER : ACCOUNT_NAME;
  pattern.lastIndex = start;
  const value =
    pattern
      .exec(text)?.[0]
      .slice(0, limit - start)
      .trimEnd() ?? '';
  if (value === '' || (!isNumber && (!label.hasColon || !/[\u4e00-\u9fff]{3}/.test(value)))) return null;
  return { start, end: start + value.length };
};
