/** Sorts words by length, longest first, so that 那么 is matched before 那. */
export function longestFirst(words: readonly string[]): string[] {
  return [...words].sort((a, b) => b.length - a.length);
}

/** Replaces every occurrence of the words in a text by a blank. */
export function blankOutWords(text: string, words: readonly string[]): string {
  return longestFirst(words).reduce((rest, word) => rest.replaceAll(word, ' '), text);
}

/**
 * Finds which words of a list a text contains, in one pass over the text instead of one pass per word. The empty word
 * is contained in every text, as with `includes`.
 */
export class MultiWordMatcher {
  /** Positions of the words in the list, by their first two characters or, for words of one character, by that one. */
  readonly #byStart = new Map<number, number[]>();
  readonly #words: readonly string[];
  readonly #empty: readonly number[];

  constructor(words: readonly string[]) {
    this.#words = words;
    this.#empty = [...words.keys()].filter((n) => words[n] === '');
    for (const [n, word] of words.entries()) {
      if (word === '') continue;
      const start = startOf(word, 0, word.length);
      const known = this.#byStart.get(start);
      if (known === undefined) this.#byStart.set(start, [n]);
      else known.push(n);
    }
  }

  /** Returns the positions in the list of the words in the text, ascending. A word listed twice is found twice. */
  find(text: string): number[] {
    const found = new Set(this.#empty);
    for (let i = 0; i < text.length; i++) {
      for (const n of this.#byStart.get(startOf(text, i, 1)) ?? []) found.add(n);
      if (i + 1 === text.length) break;
      for (const n of this.#byStart.get(startOf(text, i, 2)) ?? []) {
        if (!found.has(n) && text.startsWith(this.#words[n] ?? '', i)) found.add(n);
      }
    }
    return [...found].sort((a, b) => a - b);
  }
}

/** Encodes one or two UTF-16 units as a number: one gives less than 2^16, two give 2^16 or more. */
function startOf(text: string, at: number, length: number): number {
  return length === 1 ? text.charCodeAt(at) : (text.charCodeAt(at) + 1) * 0x10000 + text.charCodeAt(at + 1);
}
