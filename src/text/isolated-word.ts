const HAN = /\p{Script=Han}/u;

/** Returns whether a word occurs in a text with no Chinese character directly before or after it. */
export function occursIsolated(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!HAN.test(text.charAt(at - 1)) && !HAN.test(text.charAt(at + word.length))) return true;
  }
  return false;
}
