/** Longer words before the shorter ones that they begin with: 那么 is not to be read as 那 and 么. */
export function longestFirst(words: readonly string[]): string[] {
  return [...words].sort((a, b) => b.length - a.length);
}

/** A text with a blank in place of every one of the words. */
export function without(text: string, words: readonly string[]): string {
  return longestFirst(words).reduce((rest, word) => rest.replaceAll(word, ' '), text);
}
