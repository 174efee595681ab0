/** Range of Han characters inside a character class: the CJK unified ideographs and their extension A. */
export const HAN = String.raw`\u3400-\u9fff`;
/** The same without extension A, whose characters are rare in notices. */
export const COMMON_HAN = String.raw`\u4e00-\u9fff`;

/** Returns whether a UTF-16 unit is a Han character that the index holds: `HAN` or a compatibility ideograph. */
export function isHan(unit: number): boolean {
  return (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0xf900 && unit <= 0xfaff);
}

const OF_SCRIPT = /^\p{Script=Han}$/u;

/** Returns whether a text is one character of the script Han, which has more: 〇, 々, and those beyond 16 bits. */
export function isHanCharacter(text: string): boolean {
  return OF_SCRIPT.test(text);
}

/** Returns whether a word occurs in a text with no Chinese character directly before or after it. */
export function occursIsolated(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isHanCharacter(text.charAt(at - 1)) && !isHanCharacter(text.charAt(at + word.length))) return true;
  }
  return false;
}
