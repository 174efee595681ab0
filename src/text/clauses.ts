import type { Span } from '../domain/fact.js';
import { CLAUSE_ENDS, CLOSING_MARKS, COLONS, LEADING_LIST_MARK, SENTENCE_ENDS } from './punctuation.js';

/** Range of a clause, without leading blanks. */
export interface ClauseSpan extends Span {
  /** What precedes it: the beginning of its sentence, a colon, a list mark, or another clause. */
  readonly precededBy: 'start' | 'colon' | 'mark' | 'clause';
}

const SENTENCE_START = new RegExp(`^${LEADING_LIST_MARK}`);
const ENDS = new Set(SENTENCE_ENDS + CLAUSE_ENDS);
const CLOSERS = new Set(`${CLOSING_MARKS}"`);

/**
 * Splits a sentence into clauses, in order; its list mark belongs to none. Marks inside brackets, numbers and addresses
 * end no clause. Linear in the length.
 */
export function splitClauses(sentence: string): ClauseSpan[] {
  const clauses: ClauseSpan[] = [];
  let from = SENTENCE_START.exec(sentence)?.[0].length ?? 0;
  let precededBy: ClauseSpan['precededBy'] = from > 0 ? 'mark' : 'start';
  const close = (end: number, next: ClauseSpan['precededBy']): void => {
    const start = from + (/^\s*/.exec(sentence.slice(from, end))?.[0].length ?? 0);
    from = end;
    if (start >= end) return;
    clauses.push({ start, end, precededBy });
    precededBy = next;
  };
  const bracketed = insideBrackets(sentence);
  for (let i = from; i < sentence.length; i++) {
    const c = sentence.charAt(i);
    if (!ENDS.has(c) || bracketed[i] === 1 || isInNumber(sentence, i)) continue;
    let end = i + 1;
    while (end < sentence.length && CLOSERS.has(sentence.charAt(end))) end++;
    close(end, COLONS.includes(c) ? 'colon' : 'clause');
    i = end - 1;
  }
  close(sentence.length, 'clause');
  return clauses;
}

const OPENING = '（(《【〔';
const CLOSING = '）)》】〕';

/** Marks with 1 the characters inside outermost brackets. After a bracket that never closes, nothing is marked. */
function insideBrackets(text: string): Uint8Array {
  const inside = new Uint8Array(text.length);
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (OPENING.includes(c)) {
      open.push(i);
    } else if (CLOSING.includes(c)) {
      const from = open.pop();
      // Inner pairs lie within the outermost, so only that one is filled.
      if (from !== undefined && open.length === 0) inside.fill(1, from, i);
    }
  }
  return inside;
}

/** Returns whether the mark at `i` stands inside a number or an address: 9:30, 1,200, http:. */
function isInNumber(text: string, i: number): boolean {
  return /[0-9a-z]/.test(text.charAt(i - 1)) && /[0-9/]/.test(text.charAt(i + 1));
}
