import type { ItemFact, Span } from '../../../domain/fact.js';
import { parseNumeral } from '../../../text/numerals.js';
import { findNounAfter } from '../quantity/noun-phrases.js';
import type { QuantityRules } from '../quantity/rules.js';

/** Entry of an extracted list. */
export interface ItemEntry {
  readonly name: string;
  readonly number: number | null;
  readonly at: Span;
}

/** Extracted list with its entries in order. */
export interface ItemList {
  readonly form: ItemFact['form'];
  readonly listOf: string;
  readonly total: number | null;
  readonly entries: readonly ItemEntry[];
}

/** Returns the entry whose name is the text of a span, without blanks at its ends. */
export function createEntry(text: string, { start, end }: Span, number: number | null = null): ItemEntry {
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return { name: text.slice(start, end), number, at: { start, end } };
}

/** Closing words behind the last name of an enumeration: 等85门课程, 3门课程, 等材料. */
export interface ListTail {
  /** End offset of the names. */
  readonly namesEnd: number;
  /** True for 等, when there may be more entries than names. */
  readonly isOpen: boolean;
  /** Stated number of entries, or null. */
  readonly count: number | null;
  /** Class noun of the entries, or ''. */
  readonly noun: string;
}

const COUNT = '([0-9]{1,5}|[一二三四五六七八九十百两]{1,5})(?:余|多)?';
/** 等 as part of a word: 高等, 中等, 一等奖, 等级. */
const NO_ETC_BEFORE = /[高中初平均同对相劣优上下特甲乙丙一二三四五六七八九十]$/;
const NO_ETC_BEHIND = /^[级同候待于次第号奖额效价值距离量边腰]/;

export type TailReader = (text: string, at: number) => ListTail | null;

/** Creates a reader of the closing words at an offset; the reader returns null when there are none. */
export function createTailReader(rules: QuantityRules): TailReader {
  const counted = new RegExp(
    `^(等|等等)?(?:共|共计|合计|总计|这)? ?${COUNT} ?(?:(?=${rules.countedDirectly})|(?:${rules.counter})(?!位))`,
  );
  return (text, at) => {
    const window = text.slice(at, at + 16);
    const match = counted.exec(window);
    if (match !== null) {
      if (match[1] !== undefined && /[一二三四五特]$/.test(text.slice(at - 1, at)) && window.includes('奖'))
        return null;
      const end = at + match[0].length;
      const noun = findNounAfter(text, end, rules);
      // 7个方面: the measure word is the noun when nothing follows.
      const own = /(方面|阶段|环节|类别|部分|层次)$/.exec(match[0])?.[1] ?? '';
      const name = text.slice(noun.start, noun.end);
      return {
        namesEnd: at,
        isOpen: match[1] !== undefined,
        count: parseNumeral(match[2] ?? ''),
        noun: name === '' ? own : name,
      };
    }
    if (!window.startsWith('等') || NO_ETC_BEFORE.test(text.slice(at - 1, at)) || NO_ETC_BEHIND.test(window.slice(1)))
      return null;
    const from = at + (window.startsWith('等等') ? 2 : 1);
    const noun = findNounAfter(text, from, rules);
    return { namesEnd: at, isOpen: true, count: null, noun: text.slice(noun.start, noun.end) };
  };
}

/** Returns the class noun of the tail; null when it has none. */
export function tailNoun(tail: ListTail | null): string | null {
  return tail === null || tail.noun === '' ? null : tail.noun;
}

/** Returns the `total` of a list: the stated number when the notice names fewer entries; else null. */
export function statedTotal(tail: ListTail | null, names: number): number | null {
  return tail?.count !== null && tail?.count !== undefined && tail.count > names ? tail.count : null;
}
