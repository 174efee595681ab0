import { Converter } from 'opencc-js/t2cn';
import { memoizeLru } from './memoize.js';

const toSimplified = Converter({ from: 'tw', to: 'cn' });

/** Variants left in mainland text by machine conversion; no traditional or simplified standard prints them there. */
const VARIANTS: Readonly<Record<string, string>> = { 馀: '余', 後: '后', 甯: '宁', 祕: '秘' };
/** Cache size, in texts: a question, its parts, and the sentences of the facts that it is compared with. */
const TEXTS = 512;
const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join('')}]`, 'gu');

/**
 * Folds a text for matching: NFKC, lower case, simplified characters. Text shown to readers is never folded. The length
 * may change (`㎡` → `m2`), so offsets into the folded text are not valid in the original.
 */
export const fold = memoizeLru(
  (text) => toSimplified(text.normalize('NFKC').toLowerCase()).replace(VARIANT, (c) => VARIANTS[c] ?? c),
  TEXTS,
);
