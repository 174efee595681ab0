import type { Span } from '../../../domain/fact.js';
import { findNounAfter } from '../quantity/noun-phrases.js';
import { parseNumeral } from '../../../text/numerals.js';
import type { QuantityRules } from '../quantity/rules.js';
import type { ItemEntry, ItemList } from './group.js';
import { findMarkers, type Marker } from './markers.js';
import type { ItemRules } from './rules.js';

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
