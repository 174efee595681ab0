import type { Span } from '../../../domain/fact.js';
import type { QuantityRules } from './rules.js';

const LONGEST_NOUN = 24;
const NOUN_CHARACTER = /[\u3400-\u9fffA-Za-z0-9“”‘’·+]/;
/** Digits and quotation marks alone, which are no noun. */
const NO_NOUN = /^[0-9“”‘’·+]*$/;

/**
 * Returns the noun that begins at `from`, found without a parser: up to a mark, a verb or a particle. Empty when none
 * begins there.
 */
export function findNounAfter(text: string, from: number, rules: QuantityRules): Span {
  let end = from + (/^(?:19|20)[0-9]{2}年?/.exec(text.slice(from, from + 5))?.[0].length ?? 0);
  const limit = Math.min(text.length, from + LONGEST_NOUN);
  while (end < limit) {
    const inner = /^（[\u4e00-\u9fff]{1,4}）(?=[\u4e00-\u9fff])/.exec(text.slice(end, end + 8));
    if (inner !== null && end > from) end += inner[0].length;
    // Another number begins another phrase.
    else if (NOUN_CHARACTER.test(text.charAt(end)) && !/[0-9]/.test(text.charAt(end))) end++;
    else break;
  }
  let start = from;
  // 课程申报2023年…: a verb whose object follows is no noun.
  const ended = end < limit && !/[0-9《]/.test(text.charAt(end));
  let cut = stopIn(text, start, end, rules, ended);
  // 必需的考试用品: the words before 的 are a modifier.
  if (cut !== null && text.charAt(cut) === '的' && cut > start && !endsWithHead(text.slice(start, cut), rules)) {
    start = cut + 1;
    cut = stopIn(text, start, end, rules, ended);
  }
  const open = cut === null && end === limit ? firstHeadEnd(text.slice(start, end), rules) : null;
  end = cut ?? (open === null ? end : start + open);
  return NO_NOUN.test(text.slice(start, end)) ? { start: from, end: from } : trimmed(text, { start, end });
}

/** Returns the noun that ends at `to` or before a link there (累计, 达到). Empty when none ends there. */
export function findNounBefore(text: string, to: number, rules: QuantityRules): Span {
  const end = to - (rules.link.exec(text.slice(Math.max(0, to - 8), to))?.[0].length ?? 0);
  let start = end;
  const limit = Math.max(0, end - LONGEST_NOUN);
  while (start > limit) {
    const inner = /[\u4e00-\u9fff](（[\u4e00-\u9fff]{1,10}）)$/.exec(text.slice(Math.max(0, start - 13), start));
    if (inner !== null && start < end) start -= inner[1]?.length ?? 1;
    else if (NOUN_CHARACTER.test(text.charAt(start - 1)) && !/[0-9]/.test(text.charAt(start - 1))) start--;
    else break;
  }
  start = Math.max(start, limit);
  let from = start;
  // Unit of another number: 7所, 3月.
  const isLeft = /[0-9]/.test(text.charAt(start - 1));
  const left = isLeft
    ? (rules.unitAtStart.exec(text.slice(start, end)) ?? rules.counterAtStart.exec(text.slice(start, end)))
    : null;
  if (left !== null) {
    from = start + left[0].length;
    from += rules.limitAfter.exec(text.slice(from, end))?.[0].length ?? 0;
  }
  const window = text.slice(start, end);
  for (const match of window.matchAll(rules.stop)) {
    const stopEnd = match.index + match[0].length;
    if (!isStop(match, window, rules) || hasUnclosedMark(window.slice(0, stopEnd))) continue;
    from = start + stopEnd;
    // 每个团队: the measure word goes with 每.
    if (match[0] === '每')
      from += rules.counterAtStart.exec(text.slice(from, Math.min(end, from + 6)))?.[0].length ?? 0;
  }
  return NO_NOUN.test(text.slice(from, end)) ? { start: to, end: to } : trimmed(text, { start: from, end });
}

function stopIn(text: string, start: number, end: number, rules: QuantityRules, ended: boolean): number | null {
  const window = text.slice(start, end);
  for (const match of window.matchAll(rules.stop)) {
    if (isStop(match, window, rules, ended) && !hasUnclosedMark(window.slice(0, match.index)))
      return start + match.index;
  }
  return null;
}

/** Returns whether a stop word ends a noun; a verb that is a noun at the end of a phrase or joins the next does not. */
function isStop(match: RegExpExecArray, window: string, rules: QuantityRules, ended = true): boolean {
  if (match.groups?.['word'] !== undefined) return false;
  if (!rules.events.has(match[0])) return true;
  const behind = window.slice(match.index + match[0].length);
  if (behind === '') return !ended;
  return !rules.headAtStart.test(behind) && !rules.eventAtStart.test(behind);
}

function hasUnclosedMark(text: string): boolean {
  return text.lastIndexOf('“') > text.lastIndexOf('”') || text.lastIndexOf('（') > text.lastIndexOf('）');
}

function endsWithHead(text: string, rules: QuantityRules): boolean {
  for (const match of text.matchAll(rules.head)) if (match.index + match[0].length === text.length) return true;
  return false;
}

/** Returns the end of the first head noun, including the head nouns right behind it; null when there is none. */
function firstHeadEnd(text: string, rules: QuantityRules): number | null {
  let end: number | null = null;
  for (const match of text.matchAll(rules.head)) {
    if (end !== null && match.index !== end) break;
    end = match.index + match[0].length;
  }
  return end;
}

/** Drops an unpaired quotation mark or bracket at the ends of a span. */
function trimmed(text: string, { start, end }: Span): Span {
  if (text.charAt(end - 1) === '“') end--;
  if (text.charAt(start) === '”' || hasUnclosedMark(text.slice(start, end))) start++;
  return { start, end: Math.max(start, end) };
}
