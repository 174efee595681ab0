import type { Span } from '../domain/fact.js';
import type { IndexedNotice } from '../index/indexed-notice.js';

/** The smallest unit that an answer may begin or end with. */
export interface Clause {
  /** Number of its sentence. */
  readonly sentence: number;
  /** Folded, as matching reads it. */
  readonly text: string;
  /** Where it stands in the body. */
  readonly span: Span;
  /** What it is behind: its sentence's beginning, a colon, the mark of a point, or another clause. */
  readonly behind: 'start' | 'colon' | 'mark' | 'clause';
  readonly endsSentence: boolean;
}

const POINT_MARK =
  /^(?:[一二三四五六七八九十]{1,3}(?:、|是)|[（(][一二三四五六七八九十0-9]{1,3}[)）][.、]?|[0-9]{1,2}[.．、)）](?![0-9])|第[一二三四五六七八九十]{1,3}[,，、条]|[①-⑳])/;
const CLAUSE_ENDS = new Set('，,；;：:。！？!?');
const COLONS = new Set('：:');
/** Closing marks stay with the clause they end. */
const CLOSERS = new Set('”’」』）)】》"');

/**
 * The clauses of one sentence. Folding may change the length of a text; where it
 * did, places in the folded sentence are not places in the body, and the
 * sentence stays whole.
 */
export function clausesOf({ sentences, spans }: IndexedNotice, sentence: number): Clause[] {
  const text = sentences[sentence] ?? '';
  const { start, end } = spans[sentence] ?? { start: 0, end: 0 };
  const whole: Clause = { sentence, text, span: { start, end }, behind: 'start', endsSentence: true };
  if (text.length !== end - start) return [whole];
  const clauses: Clause[] = [];
  let from = POINT_MARK.exec(text)?.[0].length ?? 0;
  let behind: Clause['behind'] = from > 0 ? 'mark' : 'start';
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

  function push(to: number, next: Clause['behind']): void {
    const lead = /^\s*/.exec(text.slice(from, to))?.[0].length ?? 0;
    const at = from + lead;
    from = to;
    if (at >= to) return;
    clauses.push({
      sentence,
      text: text.slice(at, to),
      span: { start: start + at, end: start + to },
      behind,
      endsSentence: to >= text.length,
    });
    behind = next;
  }
}

const OPENING = '（(《【〔';
const CLOSING = '）)》】〕';

/** 1 for characters between an outermost bracket and its closing one. Behind one that never closes, nothing is inside. */
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

/** 9:30, 1,200 and http: have no clause's end in them. */
function isInNumber(text: string, i: number): boolean {
  return /[0-9a-z]/.test(text.charAt(i - 1)) && /[0-9/]/.test(text.charAt(i + 1));
}
