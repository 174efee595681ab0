/** Longer words before the shorter ones that they begin with: 那么 is not to be read as 那 and 么. */
export function longestFirst(words: readonly string[]): string[] {
  return [...words].sort((a, b) => b.length - a.length);
}
