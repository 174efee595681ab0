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
/** Closing marks that count as equal, because typists mix them: （ is closed by ) too. */
const EQUIVALENT_CLOSERS: Readonly<Record<string, string>> = { ')': '）', ']': '］', '〕': '］' };
/** Maximum distance from an opening mark to its closing mark, in UTF-16 units; farther marks are not paired. */
const MAX_PAIR_DISTANCE = 240;

/** Map from the offset of each paired opening bracket or quotation mark to the offset of its closing mark. */
export type BracketPairs = ReadonlyMap<number, number>;

/** Pairs brackets and quotation marks, never across lines. Linear in the length. */
export function matchBrackets(text: string): BracketPairs {
  const closed = new Map<number, number>();
  let open: { readonly at: number; readonly closer: string }[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    // Skips Chinese characters, which are most: a look-up for each would cost more than the rest.
    if (c >= '\u4e00' && c <= '\u9fff') continue;
    const closer = PAIRS[c];
    if (closer !== undefined) open.push({ at: i, closer: EQUIVALENT_CLOSERS[closer] ?? closer });
    else if (CLOSERS.has(c)) {
      // Tries the three innermost openers, so that an unclosed mark inside is skipped: 《…（…》 still closes.
      for (let back = open.length - 1; back >= 0 && back >= open.length - 3; back--) {
        const opener = open[back];
        if (opener?.closer !== (EQUIVALENT_CLOSERS[c] ?? c)) continue;
        if (i - opener.at <= MAX_PAIR_DISTANCE) closed.set(opener.at, i);
        open.length = back;
        break;
      }
    } else if (c === '\n') open = [];
  }
  return closed;
}
