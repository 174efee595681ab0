const SAME: Readonly<Record<string, string>> = {
  '：': ':',
  '．': '.',
  '／': '/',
  '（': '(',
  '）': ')',
  '，': ',',
  '；': ';',
  '\u3000': ' ',
  '\u00a0': ' ',
  '\t': ' ',
  '｜': ' ',
  '－': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '–': '—',
  '―': '—',
  '─': '—',
  '～': '~',
  '〜': '~',
  '∼': '~',
  號: '号',
  時: '时',
  點: '点',
  後: '后',
  週: '周',
};
const FOLDED = /[０-９：．／（），；\u3000\u00a0\t｜－‐‑−–―─～〜∼號時點後週]/g;

/**
 * The text with one form of each digit, blank and mark. Unlike `fold` every
 * character keeps its offset, so what is found here is found in the original.
 */
export function sameLengthFold(text: string): string {
  return text.replace(FOLDED, (c) => SAME[c] ?? String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

const escape = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The words as the alternatives of a regular expression over folded text, longest first. */
export function alternatives(words: readonly string[]): string {
  return [...words]
    .map(sameLengthFold)
    .sort((a, b) => b.length - a.length)
    .map(escape)
    .join('|');
}
