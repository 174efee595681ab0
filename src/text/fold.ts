import { Converter } from 'opencc-js/t2cn';
import { rememberLast } from './remember.js';

const toSimplified = Converter({ from: 'tw', to: 'cn' });

/**
 * Variants that stand in mainland text although neither a traditional nor a
 * simplified standard prints them there (left by machine conversion).
 */
const VARIANTS: Readonly<Record<string, string>> = { 馀: '余', 後: '后', 甯: '宁', 祕: '秘' };
/** A question and its parts, and the sentences of the facts that it is compared with. */
const TEXTS = 512;
const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join('')}]`, 'gu');

/**
 * The form of a text that is compared: NFKC, lower case, simplified. For
 * matching only; what a reader sees is never folded. The length may change
 * (`㎡` becomes two characters), so offsets do not carry over.
 */
export const fold = rememberLast(
  (text) => toSimplified(text.normalize('NFKC').toLowerCase()).replace(VARIANT, (c) => VARIANTS[c] ?? c),
  TEXTS,
);
