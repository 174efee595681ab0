import { isHan } from './han.js';

/**
 * Cursor over the runs of a folded text: runs of Han characters, and runs of lower-case letters and digits (a decimal
 * point ends one). The terms of a text are the pairs of adjacent characters in a Han run, an isolated Han character, and
 * each whole run of letters and digits. The analyser makes the terms of the index with it, and `TermMatcher` finds a
 * question's terms in sentences, so the two agree. Moving on allocates nothing.
 */
export class RunCursor {
  /** Range of the current run, in UTF-16 units; empty before the first `next`. */
  start = 0;
  end = 0;
  /** True for Han characters, false for letters and digits. */
  isHan = false;
  readonly #text: string;

  constructor(folded: string) {
    this.#text = folded;
  }

  /** Moves to the next run. Returns false at the end of the text. */
  next(): boolean {
    const text = this.#text;
    const { length } = text;
    let at = this.end;
    while (at < length && !isHan(text.charCodeAt(at)) && !isLetterOrDigit(text.charCodeAt(at))) at++;
    this.start = at;
    if (at < length) {
      this.isHan = isHan(text.charCodeAt(at++));
      if (this.isHan) while (at < length && isHan(text.charCodeAt(at))) at++;
      else while (at < length && isLetterOrDigit(text.charCodeAt(at))) at++;
    }
    this.end = at;
    return at > this.start;
  }
}

function isLetterOrDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a);
}

/** Returns the terms of a folded text, in order, with repetitions: see `RunCursor`. */
export function bigramTerms(folded: string): string[] {
  const terms: string[] = [];
  const run = new RunCursor(folded);
  while (run.next()) {
    const { start, end } = run;
    if (!run.isHan || end - start === 1) terms.push(folded.slice(start, end));
    else for (let at = start; at + 1 < end; at++) terms.push(folded.slice(at, at + 2));
  }
  return terms;
}
