/** A sticky match at an offset; null when the pattern does not match exactly there. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Where a sticky pattern that matches at `at` ends, or `at` when it does not. */
export function skip(pattern: RegExp, text: string, at: number): number {
  return matchAt(pattern, text, at) === null ? at : pattern.lastIndex;
}
