import type { Span } from '../../../domain/fact.js';
import { parseNumeral } from '../../../text/numerals.js';

/** Number mark of a point: 一、, （1）, ①. */
export interface Marker {
  readonly style: string;
  /** Null for 最后, which is one more than the previous marker. */
  readonly number: number | null;
  readonly at: Span;
  /** Whether it opens a line. */
  readonly isAtLineStart: boolean;
  /** Whether it stands where a list may open: behind a mark, a blank, or at a line's start. */
  readonly canOpenList: boolean;
  /** Whether its form is unambiguous. */
  readonly isUnambiguous: boolean;
}

const CN = '[一二三四五六七八九十]{1,3}';
interface MarkerStyle {
  readonly name: string;
  readonly pattern: RegExp;
  /** Character before it that makes it `canOpenList`; a line's start does so too. */
  readonly precededBy: RegExp;
  /** Whether its form is unambiguous, so that it is accepted inside running text. */
  readonly isUnambiguous: boolean;
}

const AFTER_SENTENCE = /[。；：！？;:”’》）)】…\s]$/;
const AFTER_CLAUSE = /[。；：！？;:”’》）)】…，,、\s]$/;

const STYLES: readonly MarkerStyle[] = [
  {
    name: '一、',
    pattern: new RegExp(`(?<![第星期周统之唯一二三四五六七八九十])(${CN})[、．.](?!${CN}(?:[、年级等类期号]|$))`, 'g'),
    precededBy: AFTER_SENTENCE,
    isUnambiguous: false,
  },
  { name: '（一）', pattern: new RegExp(`[（(](${CN})[）)]`, 'g'), precededBy: AFTER_SENTENCE, isUnambiguous: true },
  {
    name: '1.',
    pattern: /(?<![0-9A-Za-z.．、/:-])([1-9][0-9]?)[.．、](?![0-9]{1,3}[^\u4e00-\u9fff]|[0-9])/g,
    precededBy: AFTER_SENTENCE,
    isUnambiguous: false,
  },
  { name: '（1）', pattern: /[（(]([1-9][0-9]?)[）)]/g, precededBy: AFTER_SENTENCE, isUnambiguous: true },
  {
    name: '1）',
    pattern: /(?<![0-9A-Za-z（(.、-])([1-9][0-9]?)[）)](?=\S)/g,
    precededBy: AFTER_SENTENCE,
    isUnambiguous: false,
  },
  { name: '①', pattern: /([①-⑳❶-❿➀-➉➊-➓])/g, precededBy: /[^]$/, isUnambiguous: true },
  {
    name: 'A.',
    pattern: /(?<![A-Za-z0-9.])([A-H])[.．、](?= ?[\u4e00-\u9fff“《【])/g,
    precededBy: AFTER_SENTENCE,
    isUnambiguous: false,
  },
  {
    name: '第一，',
    pattern: new RegExp(`第(${CN})(?=[，,：:、]|是|类[为是：])`, 'g'),
    precededBy: AFTER_SENTENCE,
    isUnambiguous: false,
  },
  {
    name: '一是',
    pattern: new RegExp(
      `(?<![第统唯])(${CN})(?:是(?!否|以|非)|要(?=[坚加强严切认进抓充突注深高把全做建推落聚明提狠持]))`,
      'g',
    ),
    precededBy: AFTER_CLAUSE,
    isUnambiguous: false,
  },
  {
    name: '其一',
    pattern: new RegExp(`其(${CN})(?=[，,：:、]|是)`, 'g'),
    precededBy: AFTER_SENTENCE,
    isUnambiguous: false,
  },
  {
    name: '第一条',
    pattern: /第([一二三四五六七八九十百]{1,5})条(?=[\s\u3000【（(])/g,
    precededBy: /[。\s\u3000：]$/,
    isUnambiguous: false,
  },
  {
    name: '第一章',
    pattern: /第([一二三四五六七八九十]{1,3})章(?=\s)/g,
    precededBy: /[。\s\u3000]$/,
    isUnambiguous: false,
  },
  {
    name: '首先',
    pattern: /(首先|其次|再次|第四|最后)(?=[\u4e00-\u9fff，,])/g,
    precededBy: /[。；！？：”\s]$/,
    isUnambiguous: false,
  },
];
const SEQUENCE: Readonly<Record<string, number | null>> = { 首先: 1, 其次: 2, 再次: 3, 第四: 4, 最后: null };

/** Finds everything that has the form of a number mark, in text order, without overlap. Linear in the length. */
export function findMarkers(body: string): Marker[] {
  const found: Marker[] = [];
  for (const { name, pattern, precededBy: behind, isUnambiguous: distinctive } of STYLES) {
    for (const match of body.matchAll(pattern)) {
      const before = body.slice(Math.max(0, match.index - 1), match.index);
      const atLine = match.index === 0 || before === '\n';
      const sure = atLine || behind.test(before);
      // Directly behind a word, as in copied page text: 名单见附件二、
      const glued = distinctive ? !/[条款项第]/.test(before) : /[0-9A-Za-z》）)]/.test(before) && name !== '1.';
      if (!sure && !glued) continue;
      found.push({
        style: name,
        number: markerNumber(match[1] ?? ''),
        at: { start: match.index, end: match.index + match[0].length },
        isAtLineStart: atLine,
        canOpenList: sure,
        isUnambiguous: distinctive,
      });
    }
  }
  return withoutOverlap(found.sort((a, b) => a.at.start - b.at.start || b.at.end - a.at.end));
}

/** First sign of each sequence of signs, by descending code unit. */
const CIRCLED = ['➊', '➀', '❶', '①', 'A'];
const MOST_CIRCLED = 20;

function markerNumber(text: string): number | null {
  if (Object.hasOwn(SEQUENCE, text)) return SEQUENCE[text] ?? null;
  const circled = CIRCLED.find((first) => text >= first && text.charCodeAt(0) < first.charCodeAt(0) + MOST_CIRCLED);
  if (text.length === 1 && circled !== undefined) return text.charCodeAt(0) - circled.charCodeAt(0) + 1;
  return parseNumeral(text);
}

function withoutOverlap(markers: readonly Marker[]): Marker[] {
  const kept: Marker[] = [];
  for (const marker of markers) if (marker.at.start >= (kept.at(-1)?.at.end ?? 0)) kept.push(marker);
  return kept;
}
