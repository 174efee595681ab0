import type { Span } from '../../../domain/fact.js';
import type { BracketPairs } from '../../../text/bracket-pairs.js';

/** Clause of a text, split at each 、 outside brackets and quotation marks. */
export interface SegmentedClause {
  readonly span: Span;
  readonly segments: readonly Span[];
  /** The mark before it: '：', '，', '（', '\n', or '' at the start. */
  readonly openingMark: string;
  /** The mark behind it. */
  readonly closingMark: string;
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
  cut(text, { start: 0, end: text.length }, '', '', brackets, 0, found);
  return found;
}

function cut(
  text: string,
  range: Span,
  openedBy: string,
  closedBy: string,
  brackets: BracketPairs,
  depth: number,
  found: SegmentedClause[],
): void {
  let start = range.start;
  let opened = openedBy;
  let segmentStart = start;
  let segments: Span[] = [];
  const close = (end: number, mark: string): void => {
    if (end > start) {
      found.push({
        span: { start, end },
        segments: [...segments, { start: segmentStart, end }],
        openingMark: opened,
        closingMark: mark,
      });
    }
    segments = [];
    opened = mark;
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
        opened = '';
        continue;
      }
      if ((ROUND.has(c) || (c === '“' && match - i > LONGEST_QUOTED_NAME)) && depth < DEEPEST) {
        cut(text, { start: i + 1, end: match }, c, text.charAt(match), brackets, depth + 1, found);
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
      opened = '';
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
  close(range.end, closedBy);
}
