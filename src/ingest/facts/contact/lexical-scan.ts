import type { Span } from '../../../domain/fact.js';
import { longestFirst } from '../../../text/word-list.js';
import { alternation, escapeRegExp } from '../../../text/patterns.js';
import { guardedAlternation, LABEL_KINDS, type ContactRules, type LabelKind } from './rules.js';

/*
 * Step 1 of the contact extraction: finds the anchors of a text, which are labels, telephone numbers, and e-mail and
 * web addresses. Works on half-width text; offsets into it are offsets into the notice's body.
 */

/** A word that announces a value (电话, 邮编). */
export interface ContactLabel extends Span {
  readonly kind: 'label';
  readonly labelKind: LabelKind;
  /** Offset after the word and the colon, 是 or 为 that follows it; `wordEnd` when none follows. */
  readonly end: number;
  readonly wordEnd: number;
  readonly hasColon: boolean;
  /** Whether the number after it serves both telephone and fax (电话/传真). */
  readonly includesFax: boolean;
}

/**
 * Form of the digits: `full` has an area code or is a mobile, 400 or 800 number; `local` has seven or eight digits;
 * `short` is a service number of three to six; `inner` is an extension or internal line with the word before it (内线).
 */
type PhoneNumberForm = 'full' | 'local' | 'short' | 'inner';

/** Digits in the form of a telephone number; `isPhoneNumber` decides from the surrounding words whether they are one. */
export interface PhoneNumberCandidate extends Span {
  readonly kind: 'number';
  readonly form: PhoneNumberForm;
  /** Digits only, as dialled inside China, with the extension appended. */
  readonly digits: string;
  /** The area code, or '' when none is stated. */
  readonly areaCode: string;
  /** Local digits in two parts, or that may be a date or two years (20240311, 2023-2024): need stronger evidence. */
  readonly isAmbiguous: boolean;
}

/** An e-mail or web address. */
export interface NetAddress extends Span {
  readonly kind: 'email' | 'url';
  /** False for a bare domain, which counts only after a web label or in brackets after Chinese text. */
  readonly isCertain: boolean;
}

/** A token of the lexical scan: a label, or a value that is recognised by its form. */
export type Anchor = ContactLabel | NetAddress | PhoneNumberCandidate;

/** Full-width ASCII, blanks of all widths, and the dashes and middle dots that notices use interchangeably. */
const VARIANT = /[\uFF01-\uFF5E\u3000\u00A0\u2000-\u200A\u2010-\u2015\u2212\u30FC\u2027\u2022\t]/g;

/** Replaces full-width ASCII, blanks, dashes and middle dots by their plain form, one UTF-16 unit by one unit. */
export function toHalfWidth(text: string): string {
  return text.replace(VARIANT, (c) => {
    const code = c.charCodeAt(0);
    if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
    if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0x30fc) return '-';
    return code === 0x2027 || code === 0x2022 ? '·' : ' ';
  });
}

/** Creates the scanner that returns all anchors sorted by start, none inside an e-mail or web address. Linear. */
export function createLexicalScanner(rules: ContactRules): (text: string) => Anchor[] {
  const findLabels = createLabelFinder(rules);
  const findNumbers = createPhoneNumberFinder(rules);
  const findNetAddresses = createNetAddressFinder(rules);
  return (text) => {
    const addresses = findNetAddresses(text);
    const labels = outside(findLabels(text), addresses);
    const labelEnds = new Set(labels.map(({ wordEnd }) => wordEnd));
    const numbers = outside(findNumbers(text), addresses).filter(
      ({ start }) => !/[A-Za-z]/.test(text.charAt(start - 1)) || labelEnds.has(start),
    );
    return [...addresses, ...labels, ...numbers].sort((a, b) => a.start - b.start);
  };
}

/** Returns the ranges that overlap none of `taken`; both lists must be sorted by start. */
function outside<T extends Span>(found: readonly T[], taken: readonly Span[]): T[] {
  let next = 0;
  return found.filter(({ start, end }) => {
    while ((taken[next]?.end ?? Infinity) <= start) next++;
    return end <= (taken[next]?.start ?? Infinity);
  });
}

/** What may follow a label's word, up to the colon: 电话：, 电话（白天）：, 电话和邮箱：, 电话为 before a value. */
const COLON =
  /(?:号码?)?(?:[及和与、/][\u4e00-\u9fff]{2,6})?(?:\([^()\d\n]{1,8}\))?\.? {0,3}(?::|[是为](?![\u4e00-\u9fff]))/y;

/** Finds labels sorted by start and without overlap; at one offset the longest word wins. */
function createLabelFinder(rules: ContactRules): (text: string) => ContactLabel[] {
  const withFax = new Set(rules.faxToo.map((word) => word.toLowerCase()));
  const kindOf = new Map<string, LabelKind>([...withFax].map((word) => [word, 'phone']));
  for (const kind of LABEL_KINDS) for (const word of rules.labels[kind]) kindOf.set(word.toLowerCase(), kind);
  const pattern = new RegExp(
    longestFirst([...kindOf.keys()])
      .map(labelPattern)
      .join('|'),
    'gi',
  );
  return (text) => {
    const labels: ContactLabel[] = [];
    for (const { 0: found, index: start } of text.matchAll(pattern)) {
      const wordEnd = start + found.length;
      const word = found.replaceAll(' ', '').toLowerCase();
      const labelKind = kindOf.get(word);
      if (labelKind === undefined || isInsideWord(text, start, wordEnd)) continue;
      COLON.lastIndex = wordEnd;
      const hasColon = COLON.test(text);
      const end = hasColon ? COLON.lastIndex : wordEnd;
      labels.push({ kind: 'label', labelKind, start, end, wordEnd, hasColon, includesFax: withFax.has(word) });
    }
    return labels;
  };
}

/** Returns a pattern for a word; a word of two characters may be spaced to fill a column (电 话). */
function labelPattern(word: string): string {
  if (/^[\u4e00-\u9fff]{2}$/.test(word)) return `${word.charAt(0)} {0,4}${word.charAt(1)}`;
  return escapeRegExp(word);
}

/** Returns whether the match is part of a longer Latin word (tel in Hotel), which is no label. */
function isInsideWord(text: string, start: number, end: number): boolean {
  const latin = /[A-Za-z]/;
  return latin.test(text.charAt(start)) && (latin.test(text.charAt(start - 1)) || latin.test(text.charAt(end)));
}

const EXTENSION = / ?(?:转|分机号?|ext\.?|#|\*|-) ?(\d{2,5})(?![\d-])| ?(?:转|分机号?) ?(\d)(?!\d)/iy;
/** Last digits of a second line: 66096771/2. */
const SECOND_LINE = /\/\d{1,4}(?![\d/-])/y;
const AREA_4 = /\(?(0\d{3})\)? ?-{0,2} ?([2-9]\d{2,3} ?-?\d{4}|[2-9]\d{3}[- ]\d{3}|[19]\d{4,5})(?!\d)/y;
const AREA_3 = /\(?(0\d{2})\)? ?-{0,2} ?([2-9]\d{3} ?-?\d{4}|[19]\d{4,5})(?!\d)/y;
const MOBILE = /1[3-9]\d([- ]?)\d{4}\1\d{4}(?!\d)/y;
const TOLL_FREE = /[48]00([- ]?)\d{3}([- ]?)\d{4}(?!\d)|[48]00-\d{4}-\d{3}(?!\d)/y;
const LOCAL = /[2-9]\d{6,7}(?!\d)/y;
const LOCAL_SPLIT = /[2-9]\d{3}[- ]\d{3,4}(?!\d)|[2-9]\d{2}-\d{4}(?!\d)/y;
const INNER = /\d{2,6}(?!\d)/y;
const COUNTRY_CODE = /(?:00)?86[- ]{1,2}(?=\(?0?[1-9]\d)|(?:00)?86\)[- ]?/y;
/** Area code without its 0, and local number, after the country code. */
const AFTER_COUNTRY_CODE = /\(?([1-9]\d{1,2})\)?[- ]?([2-9]\d{3}[- ]?\d{3,4})(?!\d)/y;
const HYPHENATED = /^\(?0\d{2,3}\)?-[2-9]\d{6,7}$/;
const COMPACT_DATE = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const TWO_YEARS = /^(?:19|20)\d{2}[- ]?(?:19|20)\d{2}$/;

/** Finds digits in the form of telephone numbers, sorted by start and without overlap. */
function createPhoneNumberFinder(rules: ContactRules): (text: string) => PhoneNumberCandidate[] {
  const areas = listAreaCodes(rules.areaCodes);
  const short = new RegExp(`(?:${rules.shortCodes.join('|')})(?!\\d)(?:-\\d(?!\\d))?`, 'y');
  const beforeInner = new RegExp(`(?:${alternation(rules.innerLines)})(?:号码?)?\\)?[ :]{0,2}$`);
  const unit = new RegExp(` ?(?:${guardedAlternation(rules.unitsAfterNumber)})`, 'y');

  const read = (text: string, start: number, isAbroad: boolean): PhoneNumberCandidate | null => {
    const at = (pattern: RegExp): RegExpExecArray | null => {
      pattern.lastIndex = start;
      return pattern.exec(text);
    };
    const create = (
      form: PhoneNumberForm,
      literal: string,
      digits: string,
      areaCode = '',
      isAmbiguous = false,
    ): PhoneNumberCandidate => {
      const end = start + literal.length;
      const tail = form === 'short' || form === 'inner' ? { end, digits: '' } : readExtension(text, end);
      return { kind: 'number', form, start, end: tail.end, digits: digits + tail.digits, areaCode, isAmbiguous };
    };
    for (const pattern of [AREA_3, AREA_4]) {
      const [whole = '', area, second] = at(pattern) ?? [];
      if (area === undefined || second === undefined) continue;
      const local = digitsOf(second);
      const isServiceCode = local.length < 7;
      // Area codes change over time: an unknown one is accepted when a hyphen and a whole number follow it.
      if (!areas.has(area) && (isServiceCode || !HYPHENATED.test(whole))) continue;
      if (isServiceCode && /^[19]/.test(local) && !/^(?:1[02]|9[56])/.test(local)) continue;
      if (whole.startsWith('(') !== whole.includes(')')) continue;
      return create('full', whole, area + local, area);
    }
    if (isAbroad) {
      const [whole, code = '', local] = at(AFTER_COUNTRY_CODE) ?? [];
      const area = `0${code}`;
      if (whole !== undefined && local !== undefined && areas.has(area)) {
        return create('full', whole, area + digitsOf(local), area);
      }
    }
    const full = at(MOBILE) ?? at(TOLL_FREE);
    if (full !== null) return create('full', full[0], digitsOf(full[0]));
    const local = at(LOCAL) ?? at(LOCAL_SPLIT);
    if (local !== null) {
      const digits = digitsOf(local[0]);
      const isSplit = digits.length !== local[0].length;
      return create('local', local[0], digits, '', isSplit || COMPACT_DATE.test(digits) || TWO_YEARS.test(local[0]));
    }
    const word = beforeInner.exec(text.slice(Math.max(0, start - 8), start))?.[0];
    const inner = word === undefined ? undefined : at(INNER)?.[0];
    if (word !== undefined && inner !== undefined) {
      return { ...create('inner', inner, inner), start: word.includes(')') ? start : start - word.length };
    }
    const code = at(short)?.[0];
    return code === undefined ? null : create('short', code, digitsOf(code));
  };

  return (text) => {
    const found: PhoneNumberCandidate[] = [];
    let next = 0;
    for (const run of text.matchAll(/\d+/g)) {
      if (run.index < next) continue;
      COUNTRY_CODE.lastIndex = run.index;
      const countryCode = COUNTRY_CODE.exec(text)?.[0] ?? '';
      const isAbroad = countryCode !== '';
      const first = run.index + countryCode.length;
      const bracket = !isAbroad && run[0].startsWith('0') && text.charAt(first - 1) === '(' ? 1 : 0;
      const number = isContinuedLeft(text, run.index)
        ? null
        : (read(text, first - bracket, isAbroad) ?? (bracket === 1 ? read(text, first, false) : null));
      if (number === null || isContinuedRight(text, number.end, unit)) {
        next = run.index + run[0].length;
        continue;
      }
      const plus = text.charAt(run.index - 1) === '+' ? 1 : 0;
      found.push(isAbroad ? { ...number, start: run.index - plus } : number);
      next = number.end;
    }
    return found;
  };
}

function digitsOf(literal: string): string {
  return literal.replace(/\D/g, '');
}

function readExtension(text: string, end: number): { end: number; digits: string } {
  EXTENSION.lastIndex = end;
  const extension = EXTENSION.exec(text);
  if (extension !== null) return { end: end + extension[0].length, digits: extension[1] ?? extension[2] ?? '' };
  SECOND_LINE.lastIndex = end;
  const second = SECOND_LINE.exec(text);
  return { end: end + (second?.[0].length ?? 0), digits: '' };
}

/** Returns whether the digits continue a token on their left (3.14, 2024-83215136, id=123). */
function isContinuedLeft(text: string, start: number): boolean {
  const before = text.charAt(start - 1);
  if (before === '.' || before === '-') return /[0-9A-Za-z]/.test(text.charAt(start - 2));
  return /[_@\\=&]/.test(before);
}

function isContinuedRight(text: string, end: number, unit: RegExp): boolean {
  if (/[A-Za-z_@]/.test(text.charAt(end))) return true;
  if (/[.-]/.test(text.charAt(end)) && /\d/.test(text.charAt(end + 1))) return true;
  unit.lastIndex = end;
  return unit.test(text);
}

/** Lists the codes of ranges as `0310-0319`. */
function listAreaCodes(ranges: readonly string[]): Set<string> {
  const codes = new Set<string>();
  for (const range of ranges) {
    const [from = '', to = from] = range.split('-');
    for (let code = Number(from); code <= Number(to); code++) codes.add(String(code).padStart(from.length, '0'));
  }
  return codes;
}

const LOCAL_PART = /[A-Za-z0-9._%+-]/;
const MAX_LOCAL_PART_LENGTH = 64;
const DOMAIN = / ?[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,4}[A-Za-z]{2,12}/y;
/** Run of URL characters: printable ASCII without the blank, `"`, `<`, `>`, the backtick, `{`, `|` and `}`. */
const URL_RUN = /[!#-;=?-_a-z~]{1,2000}/y;
const URL_START = /https?:\/\/|(?<![A-Za-z0-9.-])www\./gi;
const IP = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{2,5}(?:\/[!#-;=?-_a-z~]{0,500})?|\/[!#-;=?-_a-z~]{1,500})/g;

/** Finds e-mail and web addresses, sorted by start and without overlap. */
function createNetAddressFinder(rules: ContactRules): (text: string) => NetAddress[] {
  const bareDomain = new RegExp(
    `(?<![A-Za-z0-9.@_-])[A-Za-z0-9][A-Za-z0-9-]{0,40}\\.(?:[A-Za-z0-9-]{1,40}\\.){0,4}(?:${alternation(rules.domainEndings)})` +
      `(?![A-Za-z0-9@.-])(?::\\d{2,5})?(?:\\/[!#-;=?-_a-z~]{0,500})?`,
    'gi',
  );
  return (text) => {
    const found = [...findEmails(text)];
    const add = (start: number, length: number, isCertain: boolean): void => {
      found.push({ kind: 'url', start, end: start + length, isCertain });
    };
    for (const { 0: scheme, index } of text.matchAll(URL_START)) {
      URL_RUN.lastIndex = index;
      const length = measureAddress(URL_RUN.exec(text)?.[0] ?? '');
      if (length > scheme.length + 3) add(index, length, true);
    }
    for (const { 0: run, index } of text.matchAll(IP)) add(index, measureAddress(run), true);
    for (const { 0: run, index } of text.matchAll(bareDomain)) add(index, measureAddress(run), false);
    return withoutOverlaps(found);
  };
}

function* findEmails(text: string): Generator<NetAddress> {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const blank = text.charAt(at - 1) === ' ' && LOCAL_PART.test(text.charAt(at - 2)) ? 1 : 0;
    let start = at - blank;
    while (start > 0 && at - start < MAX_LOCAL_PART_LENGTH && LOCAL_PART.test(text.charAt(start - 1))) start--;
    while (/[._%+-]/.test(text.charAt(start))) start++;
    DOMAIN.lastIndex = at + 1;
    const domain = DOMAIN.exec(text);
    if (domain === null || start >= at - blank) continue;
    yield { kind: 'email', start, end: at + 1 + domain[0].length, isCertain: true };
  }
}

/** Returns the length of the address in a run, without the marks that end the clause or close a bracket around it. */
function measureAddress(run: string): number {
  let depth = 0;
  let end = 0;
  for (; end < run.length; end++) {
    const c = run.charAt(end);
    if (c === '(') depth++;
    if (c === ')' && --depth < 0) break;
    if (c === ';' || (c === ',' && !/[\d/]/.test(run.charAt(end + 1)))) break;
  }
  while (end > 0 && /[.,:;!?'(*-]/.test(run.charAt(end - 1))) end--;
  return end;
}

/** Sorts by start. Of two that overlap, keeps the one that starts first; at equal starts the one found first. */
function withoutOverlaps(found: readonly NetAddress[]): NetAddress[] {
  const kept: NetAddress[] = [];
  for (const address of [...found].sort((a, b) => a.start - b.start)) {
    if (address.start >= (kept.at(-1)?.end ?? 0)) kept.push(address);
  }
  return kept;
}
