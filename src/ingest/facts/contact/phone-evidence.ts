import type { PhoneNumberCandidate } from './numbers.js';
import type { Segment } from './parts.js';
import type { Anchor } from './scan.js';

/** Context of digits that may be a telephone number. */
export interface PhoneNumberContext {
  /** The previous anchor; `lastEnd` is the end of it and its value. */
  readonly last: Anchor | null;
  readonly lastEnd: number;
  /** End of the last telephone label or number. */
  readonly cueEnd: number;
  /** The person, office or other part right before the digits. */
  readonly owner: Segment | undefined;
  /** Whether an office or a street address precedes the digits on their line. */
  readonly isPlaced: boolean;
  /** Whether a telephone word follows the digits (12345热线). */
  readonly cueAfter: boolean;
}

/** Maximum distances, in UTF-16 units, of a telephone label, a number or an owner that counts as evidence. */
const FULL_REACH = 300;
const LOCAL_REACH = 60;
const LABEL_REACH = 12;
const OWNER_REACH = 8;
/** Maximum distance from the last telephone label or number to an extension (转…). */
const INNER_REACH = 200;

/** Returns whether the surrounding words confirm that digits in the form of a telephone number are one. */
export function isPhoneNumber(text: string, number: PhoneNumberCandidate, context: PhoneNumberContext): boolean {
  const { last, lastEnd, cueEnd, owner, cueAfter, isPlaced } = context;
  const gap = number.start - lastEnd;
  const label = last?.kind === 'label' ? last.labelKind : null;
  if ((label === 'other' || label === 'account' || label === 'postcode') && gap <= OWNER_REACH) return false;
  const before = text.slice(Math.max(lastEnd, number.start - 20), number.start);
  if (before.endsWith('/') && !(last?.kind === 'number' && gap <= 2)) return false;
  const isCue = label === 'phone' || label === 'fax' || label === 'dial' || label === 'person';
  const direct = isCue && gap < LABEL_REACH && /^[ :"“(]*$/.test(before);
  const listed = last?.kind === 'number' && gap < OWNER_REACH && /^[ ,、/)和及或;]+$/.test(before);
  const reach = number.start - cueEnd;
  const owned = owner !== undefined && owner.kind !== 'text' && number.start - owner.end <= OWNER_REACH;
  // A full form is distinct enough to need only words right before it: 缴费查询 0459-7130 882.
  const named = owner !== undefined && number.start - owner.end <= 2 && /[\u4e00-\u9fff]{2}/.test(owner.text);
  // A hyphenated number on a line with an office or a street address: 城关镇卫生院 环城南路3号 4421-511.
  const inRow = isPlaced && /^\d{4}-\d{3,4}$/.test(text.slice(number.start, number.end));
  switch (number.form) {
    case 'full': {
      const after = text.slice(number.end, number.end + 4);
      return reach <= FULL_REACH || owned || named || cueAfter || /^ ?\((?:电话|传真)/.test(after);
    }
    case 'local': {
      if (number.isAmbiguous)
        return direct || (reach <= LOCAL_REACH && (owned || (named && last?.kind === 'number'))) || inRow;
      const near = reach <= LOCAL_REACH && gap <= LOCAL_REACH;
      return direct || listed || cueAfter || near || (owned && reach <= FULL_REACH);
    }
    case 'inner':
      return !text.startsWith('转', number.start) || reach <= INNER_REACH;
    case 'short': {
      const called = isCue && label !== 'person' && gap <= 10 && /^[\u4e00-\u9fff“"]*$/.test(before);
      const row = owner?.kind === 'office' && number.start - owner.end <= 1 && last?.kind === 'number' && gap <= 30;
      return direct || listed || cueAfter || called || row;
    }
  }
}
