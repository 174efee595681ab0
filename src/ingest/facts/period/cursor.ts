/** Returns the match of a sticky pattern at an offset; null when it does not match exactly there. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Returns the end of the match of a sticky pattern at `at`; `at` itself when it does not match. */
export function endOfMatch(pattern: RegExp, text: string, at: number): number {
  return matchAt(pattern, text, at) === null ? at : pattern.lastIndex;
}
