import { nounAfter } from '../quantity/nouns.js';
import { parseNumeral } from '../quantity/numerals.js';
import type { QuantityRules } from '../quantity/rules.js';

/** What stands behind the last name of an enumeration: 等85门课程, 3门课程, 等材料. */
export interface ListTail {
  /** Where the names end. */
  readonly at: number;
  /** True for 等: there may be more than the names. */
  readonly open: boolean;
  /** How many the notice says there are. */
  readonly count: number | null;
  /** What they are, or ''. */
  readonly noun: string;
}

const COUNT = '([0-9]{1,5}|[一二三四五六七八九十百两]{1,5})(?:余|多)?';
/** 高等, 中等, 一等奖, 等级: 等 as a part of a word. */
const NO_ETC_BEFORE = /[高中初平均同对相劣优上下特甲乙丙一二三四五六七八九十]$/;
const NO_ETC_BEHIND = /^[级同候待于次第号奖额效价值距离量边腰]/;

export type TailReader = (text: string, at: number) => ListTail | null;

/** Reads what stands at an offset as the end of an enumeration; null when it is none. */
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
      const noun = nounAfter(text, end, rules);
      // 7个方面: the measure word is the noun when nothing follows.
      const own = /(方面|阶段|环节|类别|部分|层次)$/.exec(match[0])?.[1] ?? '';
      const name = text.slice(noun.start, noun.end);
      return { at, open: match[1] !== undefined, count: parseNumeral(match[2] ?? ''), noun: name === '' ? own : name };
    }
    if (!window.startsWith('等') || NO_ETC_BEFORE.test(text.slice(at - 1, at)) || NO_ETC_BEHIND.test(window.slice(1)))
      return null;
    const from = at + (window.startsWith('等等') ? 2 : 1);
    const noun = nounAfter(text, from, rules);
    return { at, open: true, count: null, noun: text.slice(noun.start, noun.end) };
  };
}

/** What the tail calls the names; null when it does not. */
export function nounOf(tail: ListTail | null): string | null {
  return tail === null || tail.noun === '' ? null : tail.noun;
}

/** `total` of a list: what the notice counts, when it names fewer. */
export function totalOf(tail: ListTail | null, names: number): number | null {
  return tail?.count !== null && tail?.count !== undefined && tail.count > names ? tail.count : null;
}
