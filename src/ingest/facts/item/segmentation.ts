import type { Span } from '../../../domain/fact.js';
import type { BracketPairs } from '../../../text/bracket-pairs.js';
import { findNounAfter } from '../quantity/noun-phrases.js';
import type { QuantityRules } from '../quantity/rules.js';
import type { ItemRules } from './rules.js';

/** Clause of a text, split at each 、 outside brackets and quotation marks. */
export interface SegmentedClause {
  readonly span: Span;
  readonly segments: readonly Span[];
  /** The mark before it: '：', '，', '（', '\n', or '' at the start. */
  readonly openingMark: string;
}

const ENDS = new Set('，,。；;！!？?：:\n');
const ROUND = new Set('（(【');
/** Number of a point, which is no name: 一、 1、 （一）. */
const POINT_NUMBER = /^\s*(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})$/;
const CLOSING = /[”’」』）)】》]/;
/** Upper bound, in UTF-16 units, on a quoted name; a longer quotation is speech, with clauses of its own. */
const LONGEST_QUOTED_NAME = 40;
/** Nesting depth of brackets up to which clauses are read; deeper ones hold no useful lists. */
const DEEPEST = 2;

/** Splits a text into clauses, in order of their ends, including those in round brackets. Linear in the length. */
export function splitSegmentedClauses(text: string, brackets: BracketPairs): SegmentedClause[] {
  const found: SegmentedClause[] = [];
  cut(text, { start: 0, end: text.length }, '', brackets, 0, found);
  return found;
}

function cut(
  text: string,
  range: Span,
  mark: string,
  brackets: BracketPairs,
  depth: number,
  found: SegmentedClause[],
): void {
  let start = range.start;
  let openingMark = mark;
  let segmentStart = start;
  let segments: Span[] = [];
  const close = (end: number, closingMark: string): void => {
    if (end > start) {
      found.push({
        span: { start, end },
        segments: [...segments, { start: segmentStart, end }],
        openingMark,
      });
    }
    segments = [];
    openingMark = closingMark;
  };
  for (let i = range.start; i < range.end; i++) {
    const c = text.charAt(i);
    // Most characters are ideographs; a look-up for each would cost more than the rest.
    if (c >= '\u4e00' && c <= '\u9fff') continue;
    const match = brackets.get(i);
    if (match !== undefined && match < range.end) {
      if (i === start && POINT_NUMBER.test(text.slice(i + 1, match))) {
        i = match;
        start = segmentStart = match + 1;
        openingMark = '';
        continue;
      }
      if ((ROUND.has(c) || (c === '“' && match - i > LONGEST_QUOTED_NAME)) && depth < DEEPEST) {
        cut(text, { start: i + 1, end: match }, c, brackets, depth + 1, found);
      }
      i = match;
      // “…。”他说: the sentence ends with the quotation.
      if (/[。！？；]/.test(text.charAt(match - 1))) {
        close(match, '。');
        start = segmentStart = match + 1;
      }
    } else if (
      /[、．.]/.test(c) &&
      depth === 0 &&
      segments.length === 0 &&
      i - start < 5 &&
      POINT_NUMBER.test(text.slice(start, i))
    ) {
      start = segmentStart = i + 1;
      openingMark = '';
    } else if (c === '、') {
      segments.push({ start: segmentStart, end: i });
      segmentStart = i + 1;
    } else if (ENDS.has(c) || (/\s/.test(c) && !/[A-Za-z]/.test(text.charAt(i - 1)))) {
      close(i, c);
      // 说。”他: the quotation mark belongs to the sentence before.
      while (i + 1 < range.end && CLOSING.test(text.charAt(i + 1))) i++;
      start = segmentStart = i + 1;
    }
  }
  close(range.end, '');
}

/** Upper bound, in UTF-16 units, on the excess of the first name over the longest other. */
const MOST_LONGER = 14;
const LONGEST_ALONE = 24;
const WINDOW = 80;
const OPENED_BONUS = 4;

/**
 * Finds the start of the first name of an enumeration in the words before its first 、: behind an opener (包括), else
 * behind the lead that leaves a name about as long as the others. Behind a colon or a bracket (`isOpened`) the start of
 * the words is preferred. Returns the start and the offset of the opener; null when no start is likely.
 */
export function findFirstNameStart(
  body: string,
  first: Span,
  others: readonly Span[],
  rules: ItemRules,
  events: ReadonlySet<string>,
  isOpened: boolean,
): { readonly at: number; readonly opener: number | null } | null {
  const from = Math.max(first.start, first.end - WINDOW);
  const text = body.slice(from, first.end);
  const lengths = others.slice(0, 200).map(({ start, end }) => end - start);
  const opener = lastOpener(text, rules);
  if (opener !== null) return { at: from + opener.end, opener: from + opener.start };
  const leads = leadsIn(text, rules);
  // 加强…、推进…: where other names begin with verbs, the first keeps its own.
  const verbs = others.some(({ start, end }) =>
    opensWithVerb(leadsIn(body.slice(start, Math.min(end, start + 6)), rules), events),
  );
  const whole = from === first.start && (verbs || !opensWithVerb(leads, events)) && !opensWithPreposition(text, leads);
  let best = whole ? { at: 0, cost: lengthCost(text.length, lengths, isOpened ? -OPENED_BONUS : 0) } : null;
  const consider = (at: number, penalty: number): void => {
    const later =
      !verbs && leads.some(({ start, word }) => start >= at && word.length > 1 && !events.has(word)) ? 2 : 0;
    const price = lengthCost(text.length - at, lengths, penalty + later);
    if (best === null || price <= best.cost) best = { at, cost: price };
  };
  for (const { start, end, word } of leads) {
    if (end >= text.length || isInsideMarks(text, end)) continue;
    if (verbs && word.length > 1) consider(start, -0.1);
    consider(end, word.length === 1 ? 0.9 : -0.1);
  }
  if (best === null) return null;
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const at = verbs ? best.at : withoutVerbs(text, best.at, leads, events, mean);
  const longest = lengths.length === 0 ? LONGEST_ALONE : Math.max(...lengths) + MOST_LONGER;
  return text.length - at > longest ? null : { at: from + at, opener: null };
}

interface LeadWord extends Span {
  readonly word: string;
}

/** Returns `name` without a leading verb: 申报名师项目 → 名师项目. */
export function stripLeadingVerb(name: string, rules: ItemRules): string {
  const first = leadsIn(name, rules)[0];
  return first?.start === 0 && first.end > 1 && first.end < name.length - 1 ? name.slice(first.end) : name;
}

function leadsIn(text: string, rules: ItemRules): LeadWord[] {
  return [...text.matchAll(rules.lead)]
    .filter(({ groups }) => groups?.['word'] === undefined)
    .map((match) => ({ start: match.index, end: match.index + match[0].length, word: match[0] }));
}

function opensWithVerb(leads: readonly LeadWord[], events: ReadonlySet<string>): boolean {
  const first = leads[0];
  return first?.start === 0 && first.word.length > 1 && !events.has(first.word);
}

function opensWithPreposition(text: string, leads: readonly Span[]): boolean {
  return leads[0]?.start === 0 && /^[在对由向与将把被从按于了着]/.test(text);
}

/** Returns the offset behind the verbs and prepositions that still precede the name. */
function withoutVerbs(
  text: string,
  at: number,
  leads: readonly LeadWord[],
  events: ReadonlySet<string>,
  mean: number,
): number {
  let start = at;
  for (const lead of leads) {
    if (lead.start !== start || lead.end > text.length - 2 || events.has(lead.word)) continue;
    if (text.length - lead.end < mean * 0.6 && lead.word.length > 1) continue;
    if (lead.word.length > 1 || /[在对由向与将把被从按于了着赴到]/.test(lead.word)) start = lead.end;
  }
  return start;
}

function lastOpener(text: string, rules: ItemRules): Span | null {
  let found: Span | null = null;
  for (const match of text.matchAll(rules.openers)) {
    const end = match.index + match[0].length;
    if (end < text.length && !isInsideMarks(text, end)) found = { start: match.index, end };
  }
  return found;
}

/** Returns the cost of a length: low for a short name alone; among others, for one close to and not above theirs. */
function lengthCost(length: number, others: readonly number[], penalty: number): number {
  if (others.length === 0) return length / 4 + penalty * 2;
  const mean = others.reduce((sum, other) => sum + other, 0) / others.length;
  const longest = Math.max(...others);
  const excess =
    length > longest ? length - longest + (longest - mean) * 0.2 : (length - mean) * (length > mean ? 0.2 : -0.4);
  return excess + penalty;
}

function isInsideMarks(text: string, end: number): boolean {
  const before = text.slice(0, end);
  return (
    before.lastIndexOf('“') > before.lastIndexOf('”') ||
    before.lastIndexOf('（') > before.lastIndexOf('）') ||
    before.lastIndexOf('《') > before.lastIndexOf('》')
  );
}

/**
 * Finds the end of the last name in the words behind the last 、 where neither 等 nor a count marks it: at an ending of
 * the other names, at the clause's end, or before a verb. Returns null when no end is likely.
 */
export function findLastNameEnd(
  body: string,
  last: Span,
  others: readonly Span[],
  endings: ReadonlySet<string>,
  rules: ItemRules,
  nouns: QuantityRules,
): number | null {
  const text = body.slice(last.start, Math.min(last.end, last.start + WINDOW));
  const shortest = Math.min(3, ...others.slice(0, 200).map(({ start, end }) => end - start));
  let ending = -1;
  for (const word of endings) {
    const at = text.indexOf(word, Math.max(1, shortest - word.length));
    if (at > 0 && (ending === -1 || at + word.length < ending)) ending = at + word.length;
  }
  if (ending !== -1) return last.start + ending;
  // 总局 among the others, 疾控局 here: the last character of an ending.
  const finals = [...endings].map((word) => word.charAt(word.length - 1));
  const final = Array.from({ length: text.length }, (_, i) => text.charAt(i)).findIndex(
    (c, i) => i > 1 && finals.includes(c),
  );
  if (final !== -1) return last.start + final + 1;
  if (endings.size > 0) {
    // An institution of another kind than the others: its first ending of two or more characters.
    for (const match of text.matchAll(rules.institution)) {
      if (match.index > 0 && match[0].length > 1) return last.start + match.index + match[0].length;
    }
  }
  const lengths = others.map(({ start, end }) => end - start);
  const longest = Math.max(...lengths.slice(0, 200));
  const length = last.end - last.start;
  if (length <= longest * 1.5 + 4) return last.end;
  const noun = findNounAfter(body, last.start, nouns);
  const cut = noun.end - noun.start;
  return cut > 1 && noun.start === last.start && cut <= longest * 1.5 + 4 ? noun.end : null;
}
