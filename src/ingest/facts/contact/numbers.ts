import { anyGuarded, anyOf, type ContactRules } from './rules.js';

/**
 * Form of the digits: `full` has an area code or is a mobile, 400 or 800 number; `local` has seven or eight digits;
 * `short` is a service number of three to six; `inner` is an extension or internal line with the word before it (内线).
 */
export type PhoneNumberForm = 'full' | 'local' | 'short' | 'inner';

/** Digits in the form of a telephone number; `isPhoneNumber` decides from the surrounding words whether they are one. */
export interface PhoneNumberCandidate {
  readonly kind: 'number';
  readonly form: PhoneNumberForm;
  readonly start: number;
  readonly end: number;
  /** Digits only, as dialled inside China, with the extension appended. */
  readonly digits: string;
  /** The area code, or '' when none is stated. */
  readonly areaCode: string;
  /** Local digits in two parts, or that may be a date or two years (20240311, 2023-2024): need stronger evidence. */
  readonly isAmbiguous: boolean;
}

export type FindPhoneNumbers = (text: string) => PhoneNumberCandidate[];

const EXTENSION = / ?(?:转|分机号?|ext\.?|#|\*|-) ?(\d{2,5})(?![\d-])| ?(?:转|分机号?) ?(\d)(?!\d)/iy;
/** Last digits of a second line: 66096771/2. */
const SECOND_LINE = /\/\d{1,4}(?![\d/-])/y;
const AREA_4 = /\(?(0\d{3})\)? ?-{0,2} ?([2-9]\d{2,3} ?-?\d{4}|[2-9]\d{3}[- ]\d{3}|[19]\d{4,5})(?!\d)/y;
const AREA_3 = /\(?(0\d{2})\)? ?-{0,2} ?([2-9]\d{3} ?-?\d{4}|[19]\d{4,5})(?!\d)/y;
const MOBILE = /1[3-9]\d([- ]?)\d{4}\1\d{4}(?!\d)/y;
const TOLL_FREE = /[48]00([- ]?)\d{3}([- ]?)\d{4}(?!\d)|[48]00-\d{4}-\d{3}(?!\d)/y;
const LOCAL = /[2-9]\d{6,7}(?!\d)/y;
const LOCAL_SPLIT = /[2-9]\d{3}[- ]\d{3,4}(?!\d)|[2-9]\d{2}-\d{4}(?!\d)/y;
const COUNTRY_CODE = /(?:00)?86[- ]{1,2}(?=\(?0?[1-9]\d)|(?:00)?86\)[- ]?/y;
const HYPHENATED = /^\(?0\d{2,3}\)?-[2-9]\d{6,7}$/;
const COMPACT_DATE = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const TWO_YEARS = /^(?:19|20)\d{2}[- ]?(?:19|20)\d{2}$/;

/** Finds digits in the form of telephone numbers, sorted by start and without overlap. Linear. */
export function createPhoneNumberFinder(rules: ContactRules): FindPhoneNumbers {
  const areas = areaCodes(rules.areaCodes);
  const short = new RegExp(`(?:${rules.shortCodes.join('|')})(?!\\d)(?:-\\d(?!\\d))?`, 'y');
  const inner = new RegExp(`(?:${anyOf(rules.innerLines)})(?:号码?)?\\)?[ :]{0,2}$`);
  const unit = new RegExp(` ?(?:${anyGuarded(rules.unitsAfterNumber)})`, 'y');

  const read = (text: string, start: number, abroad: boolean): PhoneNumberCandidate | null => {
    const at = (pattern: RegExp): RegExpExecArray | null => {
      pattern.lastIndex = start;
      return pattern.exec(text);
    };
    const make = (
      form: PhoneNumberForm,
      end: number,
      digits: string,
      area = '',
      doubtful = false,
    ): PhoneNumberCandidate => {
      const tail = form === 'short' || form === 'inner' ? { end, digits: '' } : withTail(text, end);
      return {
        kind: 'number',
        form,
        start,
        end: tail.end,
        digits: digits + tail.digits,
        areaCode: area,
        isAmbiguous: doubtful,
      };
    };
    for (const pattern of [AREA_3, AREA_4]) {
      const match = at(pattern);
      if (match?.[1] === undefined || match[2] === undefined) continue;
      const local = match[2].replace(/\D/g, '');
      const code = local.length < 7;
      // Area codes change over time: an unknown one is accepted when a hyphen and a whole number follow it.
      if (!areas.has(match[1]) && (code || !HYPHENATED.test(match[0]))) continue;
      if (code && /^[19]/.test(local) && !/^(?:1[02]|9[56])/.test(local)) continue;
      if (match[0].startsWith('(') !== match[0].includes(')')) continue;
      return make('full', start + match[0].length, match[1] + local, match[1]);
    }
    if (abroad) {
      const match = /\(?([1-9]\d{1,2})\)?[- ]?([2-9]\d{3}[- ]?\d{3,4})(?!\d)/y;
      match.lastIndex = start;
      const [whole, area, local] = match.exec(text) ?? [];
      if (whole !== undefined && local !== undefined && areas.has(`0${area ?? ''}`)) {
        return make('full', start + whole.length, `0${area ?? ''}${local.replace(/\D/g, '')}`, `0${area ?? ''}`);
      }
    }
    for (const pattern of [MOBILE, TOLL_FREE]) {
      const match = at(pattern);
      if (match !== null) return make('full', start + match[0].length, match[0].replace(/\D/g, ''));
    }
    const local = at(LOCAL) ?? at(LOCAL_SPLIT);
    if (local !== null) {
      const digits = local[0].replace(/\D/g, '');
      const doubtful = digits.length !== local[0].length || COMPACT_DATE.test(digits) || TWO_YEARS.test(local[0]);
      return make('local', start + local[0].length, digits, '', doubtful);
    }
    const line = inner.exec(text.slice(Math.max(0, start - 8), start));
    if (line !== null) {
      const own = /\d{2,6}(?!\d)/y;
      own.lastIndex = start;
      const digits = own.exec(text)?.[0];
      const from = line[0].includes(')') ? start : start - line[0].length;
      if (digits !== undefined) return { ...make('inner', start + digits.length, digits), start: from };
    }
    const code = at(short);
    return code === null ? null : make('short', start + code[0].length, code[0].replace(/\D/g, ''));
  };

  return (text) => {
    const found: PhoneNumberCandidate[] = [];
    let next = 0;
    for (const run of text.matchAll(/\d+/g)) {
      if (run.index < next) continue;
      COUNTRY_CODE.lastIndex = run.index;
      const abroad = COUNTRY_CODE.exec(text);
      const first = abroad === null ? run.index : run.index + abroad[0].length;
      const bracket = abroad === null && run[0].startsWith('0') && text.charAt(first - 1) === '(' ? 1 : 0;
      const number = isContinuedLeft(text, run.index)
        ? null
        : (read(text, first - bracket, abroad !== null) ?? (bracket === 1 ? read(text, first, false) : null));
      if (number === null || isContinuedRight(text, number.end, unit)) {
        next = run.index + run[0].length;
        continue;
      }
      const plus = abroad !== null && text.charAt(run.index - 1) === '+' ? 1 : 0;
      found.push(abroad === null ? number : { ...number, start: run.index - plus });
      next = number.end;
    }
    return found;
  };
}

function withTail(text: string, end: number): { end: number; digits: string } {
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

function areaCodes(ranges: readonly string[]): Set<string> {
  const codes = new Set<string>();
  for (const range of ranges) {
    const [from = '', to = from] = range.split('-');
    for (let code = Number(from); code <= Number(to); code++) codes.add(String(code).padStart(from.length, '0'));
  }
  return codes;
}
