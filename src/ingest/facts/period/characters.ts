import { escapeRegExp } from '../../../text/patterns.js';
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
 * Replaces variants of digits, blanks, marks and five traditional characters by one form each. Unlike `fold` it
 * replaces one character by one, so that offsets in the result hold in the original.
 */
export function foldPreservingOffsets(text: string): string {
  return text.replace(FOLDED, (c) => SAME[c] ?? String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/** Returns the source of a pattern that matches any of the words in folded text, longest first. */
export function foldedAlternatives(words: readonly string[]): string {
  return [...words]
    .map(foldPreservingOffsets)
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join('|');
}
