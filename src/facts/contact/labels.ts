import { escapeRegExp, LABEL_KINDS, type ContactRules, type LabelKind } from './rules.js';

/** A word that announces a value (电话, 邮编), at its place in the half-width text. */
export interface Label {
  readonly kind: 'label';
  readonly label: LabelKind;
  readonly start: number;
  /** After the word and a colon, 是 or 为 that follows it. */
  readonly end: number;
  readonly wordEnd: number;
  readonly colon: boolean;
  /** The number after it is for telephone and fax alike. */
  readonly faxToo: boolean;
}

/** 电话：, 电话（白天）：, 电话和邮箱：, 电话为 before a value. */
const COLON =
  /(?:号码?)?(?:[及和与、/][\u4e00-\u9fff]{2,6})?(?:\([^()\d\n]{1,8}\))?\.? {0,3}(?::|[是为](?![\u4e00-\u9fff]))/y;

export type FindLabels = (text: string) => Label[];

/** Finds labels in order, longest word first at a place, never overlapping. Linear. */
export function createLabelFinder(rules: ContactRules): FindLabels {
  const kindOf = new Map<string, LabelKind>(rules.faxToo.map((word) => [word.toLowerCase(), 'phone']));
  for (const kind of LABEL_KINDS) for (const word of rules.labels[kind]) kindOf.set(word.toLowerCase(), kind);
  const both = new Set(rules.faxToo.map((word) => word.toLowerCase()));
  const words = [...kindOf.keys()].sort((a, b) => b.length - a.length).map(patternOf);
  const pattern = new RegExp(`(?:${words.join('|')})`, 'gi');
  return (text) => {
    const labels: Label[] = [];
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const wordEnd = start + match[0].length;
      const word = match[0].replaceAll(' ', '').toLowerCase();
      const kind = kindOf.get(word);
      if (kind === undefined || isInsideWord(text, start, wordEnd)) continue;
      COLON.lastIndex = wordEnd;
      const colon = COLON.test(text);
      const end = colon ? COLON.lastIndex : wordEnd;
      labels.push({ kind: 'label', label: kind, start, end, wordEnd, colon, faxToo: both.has(word) });
    }
    return labels;
  };
}

/** 电话 is often set as 电 话 to fill a column. */
function patternOf(word: string): string {
  if (/^[\u4e00-\u9fff]{2}$/.test(word)) return `${word.charAt(0)} {0,4}${word.charAt(1)}`;
  return escapeRegExp(word);
}

/** Tel inside Hotel is no label. */
function isInsideWord(text: string, start: number, end: number): boolean {
  const latin = /[A-Za-z]/;
  if (!latin.test(text.charAt(start))) return false;
  return latin.test(text.charAt(start - 1)) || latin.test(text.charAt(end));
}
