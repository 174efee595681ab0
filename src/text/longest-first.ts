/** Sorts words by length, longest first, so that 那么 is matched before 那. */
export function longestFirst(words: readonly string[]): string[] {
  return [...words].sort((a, b) => b.length - a.length);
}

/** Replaces every occurrence of the words in a text by a blank. */
export function blankOutWords(text: string, words: readonly string[]): string {
  return longestFirst(words).reduce((rest, word) => rest.replaceAll(word, ' '), text);
}
