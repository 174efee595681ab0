import { isHan } from './han.js';

/**
 * Cursor over the terms of a folded text: each pair of adjacent Han characters, each isolated Han character, and each
 * whole run of lower-case letters and digits (a decimal point ends it). The analyser makes the terms of the index with
 * it, and `TermMatcher` finds a question's terms in sentences, so the two agree. Moving on allocates nothing.
 */
export class TermCursor {
  /** Range of the current term, in UTF-16 units; empty before the first `next`. */
  start = 0;
  end = 0;
  /** True for Han characters, false for letters and digits. */
  isHan = false;
  readonly #text: string;

  constructor(folded: string) {
    this.#text = folded;
  }

  /** Moves to the next term. Returns false at the end of the text. */
  next(): boolean {
    const text = this.#text;
    const { length } = text;
    let at = this.end;
    // The second character of a pair is the first of the next one.
    if (this.isHan && at < length && isHan(text.charCodeAt(at))) {
      this.start = at - 1;
      this.end = at + 1;
      return true;
    }
    while (at < length && !isHan(text.charCodeAt(at)) && !isLetterOrDigit(text.charCodeAt(at))) at++;
    if (at >= length) return false;
    this.start = at;
    this.isHan = isHan(text.charCodeAt(at++));
    if (this.isHan) {
      if (at < length && isHan(text.charCodeAt(at))) at++;
    } else {
      while (at < length && isLetterOrDigit(text.charCodeAt(at))) at++;
    }
    this.end = at;
    return true;
  }
}

function isLetterOrDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a);
}

/** Returns the terms of a folded text, in order, with repetitions: see `TermCursor`. */
export function bigramTerms(folded: string): string[] {
  const terms: string[] = [];
  const term = new TermCursor(folded);
  while (term.next()) terms.push(folded.slice(term.start, term.end));
  return terms;
}
