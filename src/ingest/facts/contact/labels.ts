import { escapeRegExp } from '../../../text/patterns.js';
import { LABEL_KINDS, type ContactRules, type LabelKind } from './rules.js';

/** A word that announces a value (电话, 邮编), with its offsets in the half-width text. */
export interface ContactLabel {
  readonly kind: 'label';
  readonly labelKind: LabelKind;
  readonly start: number;
  /** Offset after the word and the colon, 是 or 为 that follows it; `wordEnd` when none follows. */
  readonly end: number;
  readonly wordEnd: number;
  readonly hasColon: boolean;
  /** Whether the number after it serves both telephone and fax (电话/传真). */
  readonly includesFax: boolean;
}

/** What may follow the word, up to the colon: 电话：, 电话（白天）：, 电话和邮箱：, 电话为 before a value. */
const COLON =
  /(?:号码?)?(?:[及和与、/][\u4e00-\u9fff]{2,6})?(?:\([^()\d\n]{1,8}\))?\.? {0,3}(?::|[是为](?![\u4e00-\u9fff]))/y;

export type FindLabels = (text: string) => ContactLabel[];

/** Finds labels sorted by start and without overlap; at one offset the longest word wins. Linear. */
export function createLabelFinder(rules: ContactRules): FindLabels {
  const kindOf = new Map<string, LabelKind>(rules.faxToo.map((word) => [word.toLowerCase(), 'phone']));
  for (const kind of LABEL_KINDS) for (const word of rules.labels[kind]) kindOf.set(word.toLowerCase(), kind);
  const both = new Set(rules.faxToo.map((word) => word.toLowerCase()));
  const words = [...kindOf.keys()].sort((a, b) => b.length - a.length).map(patternOf);
  const pattern = new RegExp(`(?:${words.join('|')})`, 'gi');
  return (text) => {
    const labels: ContactLabel[] = [];
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const wordEnd = start + match[0].length;
      const word = match[0].replaceAll(' ', '').toLowerCase();
      const kind = kindOf.get(word);
      if (kind === undefined || isInsideWord(text, start, wordEnd)) continue;
      COLON.lastIndex = wordEnd;
      const colon = COLON.test(text);
      const end = colon ? COLON.lastIndex : wordEnd;
      labels.push({
        kind: 'label',
        labelKind: kind,
        start,
        end,
        wordEnd,
        hasColon: colon,
        includesFax: both.has(word),
      });
    }
    return labels;
  };
}

/** Returns a pattern for a word; a word of two characters may be spaced to fill a column (电 话). */
function patternOf(word: string): string {
  if (/^[\u4e00-\u9fff]{2}$/.test(word)) return `${word.charAt(0)} {0,4}${word.charAt(1)}`;
  return escapeRegExp(word);
}

/** Returns whether the match is part of a longer Latin word (tel in Hotel), which is no label. */
function isInsideWord(text: string, start: number, end: number): boolean {
  const latin = /[A-Za-z]/;
  if (!latin.test(text.charAt(start))) return false;
  return latin.test(text.charAt(start - 1)) || latin.test(text.charAt(end));
}
