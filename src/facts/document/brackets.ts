const PAIRS: Readonly<Record<string, string>> = {
  '（': '）',
  '(': ')',
  '【': '】',
  '〔': '〕',
  '[': ']',
  '［': '］',
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
};
const CLOSERS = new Set(Object.values(PAIRS));
/** （ and ) are mixed by typists; they close each other. */
const SAME: Readonly<Record<string, string>> = { ')': '）', ']': '］', '〕': '］' };
/** A mark that is not closed within so many characters stands alone. */
const LONGEST_INSIDE = 240;

/** The offset of the closing mark of each bracket or quotation mark that is closed nearby. */
export type Brackets = ReadonlyMap<number, number>;

/** Linear in the length; a line's end closes what is open. */
export function matchBrackets(text: string): Brackets {
  const closed = new Map<number, number>();
  let open: { readonly at: number; readonly closer: string }[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    // Most characters; a look-up for each would cost more than the rest.
    if (c >= '\u4e00' && c <= '\u9fff') continue;
    const closer = PAIRS[c];
    if (closer !== undefined) open.push({ at: i, closer: SAME[closer] ?? closer });
    else if (CLOSERS.has(c)) {
      // Deeper than anyone writes: an unclosed mark inside is passed over, so 《…（…》 still closes.
      for (let back = open.length - 1; back >= 0 && back >= open.length - 3; back--) {
        const opener = open[back];
        if (opener?.closer !== (SAME[c] ?? c)) continue;
        if (i - opener.at <= LONGEST_INSIDE) closed.set(opener.at, i);
        open.length = back;
        break;
      }
    } else if (c === '\n') open = [];
  }
  return closed;
}
