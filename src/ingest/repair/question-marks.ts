/** Web addresses. A `?` inside one is text, not a lost blank; `addressRanges` excludes a run of `?` at the end. */
const ADDRESS = /(?:https?:\/\/|www\.)[\x21-\x7e]+/gi;
const CLAUSE_REACH = 60;
const CLAUSE_BREAK = /[。！？；，、：:;,!?\n“”‘’《》（）()]/;

export interface AddressRange {
  readonly start: number;
  readonly end: number;
}

/** Returns the ranges of web addresses in a text that contains `?`, in order. */
export function addressRanges(text: string): AddressRange[] {
  if (!text.includes('?')) return [];
  return Array.from(text.matchAll(ADDRESS), ({ index: start, 0: found }) => {
    let length = found.length;
    while (length > 0 && '?.,;)'.includes(found.charAt(length - 1))) length--;
    return { start, end: start + length };
  });
}

/** Returns whether the single `?` at `at` is a question mark: it ends a clause that contains an interrogative. */
export function isQuestionMarkAt(text: string, at: number, interrogative: RegExp): boolean {
  if (/^[，。；、：！,.;:!]/.test(text.slice(at + 1, at + 2))) return false;
  const before = text.slice(Math.max(0, at - CLAUSE_REACH), at);
  let start = before.length;
  while (start > 0 && !CLAUSE_BREAK.test(before.charAt(start - 1))) start--;
  return interrogative.test(before.slice(start));
}

/** Returns whether the `?` at `at` is Latin text: between letters or digits, or at the end of an English question. */
export function isLatinQuestionMarkAt(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.slice(at + 1, at + 3);
  if (/[A-Za-z0-9]/.test(before) && /^[A-Za-z0-9]/.test(after)) return true;
  return /[A-Za-z]/.test(before) && /^(?: [A-Za-z]|["')]|$)/.test(after);
}
