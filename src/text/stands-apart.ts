const HAN = /\p{Script=Han}/u;

/** Whether a word stands somewhere in a text with no Chinese character right before or behind it. */
export function standsApart(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!HAN.test(text.charAt(at - 1)) && !HAN.test(text.charAt(at + word.length))) return true;
  }
  return false;
}
