import type { NumberCandidate } from './numbers.js';
import type { Part } from './parts.js';
import type { Anchor } from './scan.js';

/** What stands around digits that could be a telephone number. */
export interface NumberContext {
  /** The anchor before, and where it and its value end. */
  readonly last: Anchor | null;
  readonly lastEnd: number;
  /** Where the last word or number ends that speaks of telephones. */
  readonly cueEnd: number;
  /** The person, office or other piece right before the digits. */
  readonly owner: Part | undefined;
  /** An office or a street stands before the digits on their line. */
  readonly isPlaced: boolean;
  /** 12345热线: the word follows. */
  readonly cueAfter: boolean;
}

/** How far a telephone label or number speaks for what follows, by how much the form says itself. */
const FULL_REACH = 300;
const LOCAL_REACH = 60;
const LABEL_REACH = 12;
const OWNER_REACH = 8;
/** An extension belongs to a number so near before it. */
const INNER_REACH = 200;

/** Whether the words around digits in the form of a telephone number say that they are one. */
export function isPhone(text: string, number: NumberCandidate, context: NumberContext): boolean {
  const { last, lastEnd, cueEnd, owner, cueAfter, isPlaced } = context;
  const gap = number.start - lastEnd;
  const label = last?.kind === 'label' ? last.label : null;
  if ((label === 'other' || label === 'account' || label === 'postcode') && gap <= OWNER_REACH) return false;
  const before = text.slice(Math.max(lastEnd, number.start - 20), number.start);
  if (before.endsWith('/') && !(last?.kind === 'number' && gap <= 2)) return false;
  const isCue = label === 'phone' || label === 'fax' || label === 'dial' || label === 'person';
  const direct = isCue && gap < LABEL_REACH && /^[ :"“(]*$/.test(before);
  const listed = last?.kind === 'number' && gap < OWNER_REACH && /^[ ,、/)和及或;]+$/.test(before);
  const reach = number.start - cueEnd;
  const owned = owner !== undefined && owner.kind !== 'text' && number.start - owner.end <= OWNER_REACH;
  // 缴费查询 0459-7130 882: so distinct a form needs no more than words that it is for.
  const named = owner !== undefined && number.start - owner.end <= 2 && /[\u4e00-\u9fff]{2}/.test(owner.text);
  // 城关镇卫生院 环城南路3号 4421-511: a line with an office or a street at its start.
  const inRow = isPlaced && /^\d{4}-\d{3,4}$/.test(text.slice(number.start, number.end));
  switch (number.form) {
    case 'full': {
      const after = text.slice(number.end, number.end + 4);
      return reach <= FULL_REACH || owned || named || cueAfter || /^ ?\((?:电话|传真)/.test(after);
    }
    case 'local': {
      if (number.doubtful)
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
