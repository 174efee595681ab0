import type { Span } from '../../domain/fact.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';

/** Part of a sentence: the smallest unit at which a passage may begin or end. */
export interface SentenceClause {
  /** Index of its sentence in the notice. */
  readonly sentence: number;
  /** Folded text. */
  readonly text: string;
  /** Offsets in the body, in UTF-16 units. */
  readonly span: Span;
  /** What precedes it: the beginning of its sentence, a colon, a list marker, or another clause. */
  readonly precededBy: 'start' | 'colon' | 'mark' | 'clause';
  readonly endsSentence: boolean;
}

const POINT_MARK =
  /^(?:[一二三四五六七八九十]{1,3}(?:、|是)|[（(][一二三四五六七八九十0-9]{1,3}[)）][.、]?|[0-9]{1,2}[.．、)）](?![0-9])|第[一二三四五六七八九十]{1,3}[,，、条]|[①-⑳])/;
const CLAUSE_ENDS = new Set('，,；;：:。！？!?');
const COLONS = new Set('：:');
/** Closing marks, which belong to the clause that they follow. */
const CLOSERS = new Set('”’」』）)】》"');

/**
 * Splits one sentence into clauses. Returns the sentence as one clause where folding changed its length: offsets in the
 * folded text are then no offsets in the body.
 */
export function splitClauses({ sentences, spans }: IndexedNotice, sentence: number): SentenceClause[] {
  const text = sentences[sentence] ?? '';
  const { start, end } = spans[sentence] ?? { start: 0, end: 0 };
  const whole: SentenceClause = { sentence, text, span: { start, end }, precededBy: 'start', endsSentence: true };
  if (text.length !== end - start) return [whole];
  const clauses: SentenceClause[] = [];
  let from = POINT_MARK.exec(text)?.[0].length ?? 0;
  let behind: SentenceClause['precededBy'] = from > 0 ? 'mark' : 'start';
  const bracketed = insideBrackets(text);
  for (let i = from; i < text.length; i++) {
    const c = text.charAt(i);
    if (!CLAUSE_ENDS.has(c) || bracketed[i] === 1 || isInNumber(text, i)) continue;
    let to = i + 1;
    while (to < text.length && CLOSERS.has(text.charAt(to))) to++;
    push(to, COLONS.has(c) ? 'colon' : 'clause');
    i = to - 1;
  }
  push(text.length, 'clause');
  return clauses.length === 0 ? [whole] : clauses;

  function push(to: number, next: SentenceClause['precededBy']): void {
    const lead = /^\s*/.exec(text.slice(from, to))?.[0].length ?? 0;
    const at = from + lead;
    from = to;
    if (at >= to) return;
    clauses.push({
      sentence,
      text: text.slice(at, to),
      span: { start: start + at, end: start + to },
      precededBy: behind,
      endsSentence: to >= text.length,
    });
    behind = next;
  }
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
