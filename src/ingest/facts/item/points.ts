import type { Span } from '../../../domain/fact.js';
import { parseNumeral } from '../../../text/numerals.js';
import { findNounAfter } from '../quantity/noun-phrases.js';
import type { QuantityRules } from '../quantity/rules.js';
import type { ItemEntry, ItemList } from './item-list.js';
import type { ItemRules } from './rules.js';

/** Number mark of a point: 一、, （1）, ①. */
interface Marker {
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
function findMarkers(body: string): Marker[] {
  const found: Marker[] = [];
  for (const { name, pattern, precededBy, isUnambiguous } of STYLES) {
    for (const match of body.matchAll(pattern)) {
      const before = body.slice(Math.max(0, match.index - 1), match.index);
      const isAtLineStart = match.index === 0 || before === '\n';
      const canOpenList = isAtLineStart || precededBy.test(before);
      // Directly behind a word, as in copied page text: 名单见附件二、
      const isGlued = isUnambiguous ? !/[条款项第]/.test(before) : /[0-9A-Za-z》）)]/.test(before) && name !== '1.';
      if (!canOpenList && !isGlued) continue;
      found.push({
        style: name,
        number: markerNumber(match[1] ?? ''),
        at: { start: match.index, end: match.index + match[0].length },
        isAtLineStart,
        canOpenList,
        isUnambiguous,
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

const LONGEST_HEADING = 60;
const HEADING_END = /[。；;：\n！？!?]/;
/** A colon in 9:30 or http:// ends no heading. */
const INNER_COLON = /^(?:[0-9]:[0-9]|.:\/)/;
/** （09）: a code printed behind a heading. */
const CODE = /[（(](0[0-9]{1,2})[）)]$/;
const LEAD_WINDOW = 80;
const LONGEST_LIST_NAME = 20;
/** Least length of a heading, in UTF-16 units, at which a blank or a comma may end it. */
const LEAST_HEADING = 3;

interface OpenList {
  readonly style: string;
  readonly level: number;
  readonly markers: Marker[];
}

/** Returns the lists of numbered points, nested as written: （一）…（十二）, 1. 2. 3., 一是…二是…, 首先…其次. */
export function extractPointLists(body: string, rules: ItemRules, nouns: QuantityRules): ItemList[] {
  const markers = findMarkers(body);
  const lists = groupMarkers(markers);
  const places = new Map(markers.map(({ at }, i) => [at.start, i]));
  const limitOf = ({ at }: Marker): number => markers[(places.get(at.start) ?? 0) + 1]?.at.start ?? body.length;
  const groups: ItemList[] = [];
  for (const { markers: own } of lists) {
    const first = own[0];
    if (first === undefined || own.length < 2) continue;
    const lead = body.slice(Math.max(0, first.at.start - LEAD_WINDOW), first.at.start);
    if (rules.attachmentList.test(lead)) continue;
    const entries = own.flatMap((marker) => pointAt(body, marker, limitOf(marker)) ?? []);
    if (entries.length === 0) continue;
    const parent = markers[(places.get(first.at.start) ?? 0) - 1];
    const listOf = headingBefore(body, parent, first) || findClassNoun(lead, entries.length, rules, nouns);
    groups.push({ form: 'point', listOf, total: null, entries });
  }
  return groups;
}

/** Groups markers of one style that count up from 1 into lists; lists that they enclose are nested. */
function groupMarkers(markers: readonly Marker[]): OpenList[] {
  const done: OpenList[] = [];
  let open: OpenList[] = [];
  for (const marker of markers) {
    const level = open.findLastIndex(({ style }) => style === marker.style);
    const last = open[level]?.markers.at(-1);
    const number = marker.number ?? (last?.number ?? 0) + 1;
    const numbered = { ...marker, number };
    if (
      last !== undefined &&
      (number === (last.number ?? 0) + 1 || (marker.isAtLineStart && number === (last.number ?? 0) + 2))
    ) {
      open = open.slice(0, level + 1);
      open[level]?.markers.push(marker.number === null ? numbered : marker);
    } else if (number === 1 && (marker.canOpenList || (marker.isUnambiguous && level === -1))) {
      open = level === -1 ? open : open.slice(0, level);
      const list = { style: marker.style, level: open.length, markers: [marker] };
      open.push(list);
      done.push(list);
    }
  }
  return done;
}

function pointAt(body: string, marker: Marker, limit: number): ItemEntry | null {
  let start = marker.at.end;
  while (start < limit && /[\s，,]/.test(body.charAt(start))) start++;
  const end = headingEnd(body, { start, end: limit });
  const heading = body.slice(start, end);
  const code = CODE.exec(heading);
  const name = (code === null ? heading : heading.slice(0, code.index)).replace(/[\s，,、]+$/, '');
  if (name === '') return null;
  const number = marker.number ?? (code === null ? null : parseNumeral(code[1] ?? ''));
  return { name, number, at: { start: marker.at.start, end: start + heading.trimEnd().length } };
}

function headingEnd(body: string, { start, end: limit }: Span): number {
  const window = body.slice(start, Math.min(limit, start + LONGEST_HEADING + 1));
  for (let i = 0; i < window.length && i < LONGEST_HEADING; i++) {
    const c = window.charAt(i);
    if (HEADING_END.test(c)) return start + i;
    if (c === ':' && !INNER_COLON.test(window.slice(i - 1, i + 2))) return start + i;
    if (/\s/.test(c) && i >= LEAST_HEADING && !/[A-Za-z0-9]/.test(window.charAt(i - 1))) return start + i;
  }
  if (window.length <= LONGEST_HEADING) return start + window.length;
  const comma = window.slice(0, LONGEST_HEADING).lastIndexOf('，');
  return start + (comma > LEAST_HEADING ? comma : LONGEST_HEADING);
}

/** Returns the heading right before the first point (六、联系方式 1. …), or ''. */
function headingBefore(body: string, parent: Marker | undefined, first: Marker): string {
  if (parent === undefined || first.at.start - parent.at.end > LONGEST_LIST_NAME) return '';
  const name = pointAt(body, parent, first.at.start)?.name ?? '';
  return /^[。：:；\s]*$/.test(body.slice(parent.at.end, first.at.start).replace(name, '')) ? name : '';
}

/** Returns the class noun of the points from the words before the first (六项措施 for six, 以下材料, 要求如下), or ''. */
function findClassNoun(lead: string, count: number, rules: ItemRules, nouns: QuantityRules): string {
  let counted = '';
  for (const match of lead.matchAll(nouns.counted)) {
    if (parseNumeral(match[1] ?? '') !== count) continue;
    const noun = findNounAfter(lead, match.index + match[0].length, nouns);
    counted = lead.slice(noun.start, noun.end) || counted;
  }
  const named = [...lead.matchAll(rules.listNoun)].at(-1);
  return counted || (named?.[1] ?? named?.[2] ?? '');
}

/** Bullet at the start of a line with text behind it. */
const LINE = /^[ \t\u3000]{0,8}([★☆●○◆◇■□▲△▶►·•※✦✓▪—–])[ \t\u3000]{0,4}(?=[^\s★☆●○◆◇■□▲△▶►·•※✦✓▪—–-])/gm;
const LONGEST_BULLET_TEXT = 60;
/** Mark that ends a heading; the colon in 9:30 does not. */
const BULLET_TEXT_END = /[。；;，,\n！？!?]|(?<![0-9])[：:]|[：:](?![0-9])/;
const LONGEST_BULLET_LIST_NAME = 20;
/** Upper bound, in UTF-16 units, on the text between two neighbouring bullets of one list. */
const LONGEST_ENTRY = 600;

interface Bullet {
  readonly mark: string;
  readonly at: Span;
  /** Start offset of its words. */
  readonly from: number;
}

/** Returns the bulleted lists: two or more neighbouring lines that open with the same mark (★ … ★ …). */
export function extractBulletLists(body: string): ItemList[] {
  const groups: ItemList[] = [];
  let run: Bullet[] = [];
  const close = (): void => {
    const entries = run.flatMap((bullet) => entryOf(body, bullet) ?? []);
    if (entries.length > 1) groups.push({ form: 'point', listOf: nameBefore(body, run), total: null, entries });
    run = [];
  };
  for (const match of body.matchAll(LINE)) {
    const start = match.index + match[0].length;
    const bullet = { mark: match[1] ?? '', at: { start: match.index, end: start }, from: start };
    const last = run.at(-1);
    if (last !== undefined && (last.mark !== bullet.mark || bullet.at.start - last.from > LONGEST_ENTRY)) close();
    run.push(bullet);
  }
  close();
  return groups;
}

function entryOf(body: string, { at, from }: Bullet): ItemEntry | null {
  const window = body.slice(from, from + LONGEST_BULLET_TEXT);
  const stop = window.search(BULLET_TEXT_END);
  const name = window.slice(0, stop === -1 ? window.length : stop).trimEnd();
  if (name === '') return null;
  const mark = body.slice(at.start, from).search(/\S/);
  return { name, number: null, at: { start: at.start + Math.max(0, mark), end: from + name.length } };
}

/** Returns the short line before the first bullet, without its colon and 如下; '' when it is no name. */
function nameBefore(body: string, run: readonly Bullet[]): string {
  const start = run[0]?.at.start ?? 0;
  const line =
    /([^\n。；！？:：]{1,24})[:：]?\s*$/
      .exec(body.slice(Math.max(0, start - 28), start))?.[1]
      ?.trim()
      .replace(/如下$/, '') ?? '';
  return line.length <= LONGEST_BULLET_LIST_NAME && /^[\u4e00-\u9fff“”《》]+$/.test(line) ? line : '';
}
