import type { Span } from '../../../domain/fact.js';
import type { BracketPairs } from '../../../text/bracket-pairs.js';
import { findNounAfter, findNounBefore } from '../quantity/noun-phrases.js';
import type { QuantityRules } from '../quantity/rules.js';
import {
  createEntry,
  statedTotal,
  tailNoun,
  type ItemEntry,
  type ItemList,
  type ListTail,
  type TailReader,
} from './item-list.js';
import type { ItemRules } from './rules.js';
import { findFirstNameStart, findLastNameEnd, type SegmentedClause } from './segmentation.js';

const LONGEST_NAME = 44;
const LONGEST_MEAN = 24;
const LONGEST_FIRST = 80;
/** Numbers, counts and times, which are facts of other kinds. */
const NO_NAME =
  /^[0-9\s.,+()（）\-—~:]*$|[0-9一二三四五六七八九十两](?:门|所|名|人|项|个|家|件|次|元|万元|天|日|年|%|分钟|小时)(?:以上|以下|左右)?$/;
/** Name in quotation marks or 《》; lists of these come from `extractQuotationLists` and `extractTitleLists`. */
const MARKED = /^(?:[“《][^”》]*[”》](?:（[^（）]*）)?)+$/;
/** Conjunction between the last two names. */
const CONJUNCTION = /以及|及|和|与|或者|或|暨/g;
const NO_CONJUNCTION_BEFORE = /[涉普遍触推论顾埃危以总共饱温缓调参赠]$/;
const NO_CONJUNCTION_BEHIND = /^[时格其第平谐睦会否者]/;

interface EnumerationOptions {
  /** Clauses of the body, from `splitSegmentedClauses`. */
  readonly clauses: readonly SegmentedClause[];
  readonly body: string;
  readonly brackets: BracketPairs;
  readonly rules: ItemRules;
  readonly nouns: QuantityRules;
  readonly readTail: TailReader;
}

/** Returns the enumerations by 、, with their class noun from the words behind (等12所高校) or before (内容包括). */
export function extractEnumerations(options: EnumerationOptions): ItemList[] {
  return options.clauses
    .flatMap((clause) => splitEnumerations(options, clause))
    .flatMap((clause) => parseEnumeration(options, clause) ?? []);
}

/** Splits a clause of two enumerations behind the class noun of the first: 报刊、电视等媒体和微博、短视频等平台. */
function splitEnumerations(
  { body, brackets, readTail, nouns }: EnumerationOptions,
  clause: SegmentedClause,
): SegmentedClause[] {
  if (clause.segments.length === 1) return [clause];
  const parts: SegmentedClause[] = [];
  let { span } = clause;
  let segments: Span[] = [];
  for (const [i, segment] of clause.segments.entries()) {
    const own = { start: Math.max(segment.start, span.start), end: segment.end };
    const tail = i === clause.segments.length - 1 ? null : openTailIn(body, brackets, own, readTail);
    const noun = tail === null ? null : findNounAfter(body, tail.namesEnd + 1, nouns);
    const joint = noun === null ? null : /^(?:和|及|以及|与|，|或)/.exec(body.slice(noun.end, noun.end + 2));
    if (noun !== null && joint !== null && noun.end < segment.end) {
      parts.push({
        ...clause,
        span: { start: span.start, end: noun.end },
        segments: [...segments, { start: own.start, end: noun.end }],
      });
      span = { start: noun.end + joint[0].length, end: clause.span.end };
      segments = [{ start: span.start, end: segment.end }];
    } else segments.push(own);
  }
  return [...parts, { ...clause, span, segments }];
}

function openTailIn(body: string, brackets: BracketPairs, { start, end }: Span, readTail: TailReader): ListTail | null {
  for (let i = start + 1; i < Math.min(end, start + 60); i++) {
    i = brackets.get(i) ?? i;
    const tail = body.charAt(i) === '等' ? readTail(body, i) : null;
    if (tail !== null) return tail;
  }
  return null;
}

function parseEnumeration(options: EnumerationOptions, clause: SegmentedClause): ItemList | null {
  const { body, nouns, rules } = options;
  const tail = tailIn(options, clause);
  if (clause.segments.length === 1 && tail === null) return null;
  if (tail === null && !mayBeList(options, clause)) return null;
  const names = namesIn(options, clause, tail);
  if (names === null) return null;
  const { members, opener } = names;
  const inside = clause.openingMark === '（' || clause.openingMark === '(';
  const lead = opener ?? (clause.openingMark === '：' || inside ? clause.span.start - 1 : null);
  const institutions =
    names.areInstitutions && members.every((span) => isInstitution(body.slice(span.start, span.end), rules));
  const anchored = tail !== null || lead !== null || institutions;
  const least = tail?.count !== null && tail !== null ? 1 : institutions || lead !== null || tail?.noun !== '' ? 2 : 3;
  if (!anchored || members.length < least) return null;
  if (
    clause.openingMark === '：' &&
    tail === null &&
    rules.otherFactLabel.test(body.slice(Math.max(0, clause.span.start - 10), clause.span.start - 1))
  )
    return null;
  const entries = members.map((span) => createEntry(body, span));
  if (!areNames(entries)) return null;
  const listOf = tailNoun(tail) ?? (lead === null ? names.sharedEnding : findClassNounBefore(body, lead, rules, nouns));
  return { form: 'name', listOf, total: tail?.isOpen === true ? statedTotal(tail, entries.length) : null, entries };
}

/** Returns whether a clause has any sign of a list; cheap enough for every 、 of a text. */
function mayBeList({ body, rules }: EnumerationOptions, { openingMark, segments }: SegmentedClause): boolean {
  if (/[：:（(]/.test(openingMark)) return true;
  const [first] = segments;
  if (first === undefined) return false;
  if (rules.opener.test(body.slice(Math.max(first.start, first.end - LONGEST_FIRST), first.end))) return true;
  return segments
    .slice(0, -1)
    .every(({ start, end }) => isInstitution(body.slice(Math.max(start, end - 8), end), rules));
}

/** Returns whether a name has the form of a proper name of a place or institution. */
function isInstitution(name: string, rules: ItemRules): boolean {
  const own = [...name.matchAll(rules.institution)].at(-1);
  if (own === undefined || own.index + own[0].length !== name.length || own.index < 1 || name.length > LONGEST_MEAN)
    return false;
  return !/^[各全本该等两几]|各[区县市校级]/.test(name) && !rules.notInstitution.test(name);
}

/** Dates, which are no names: 5月、7月; 8日、15日. */
const DATE = /^[0-9一二三四五六七八九十]{1,4}[年月日号周时点]/;

function areNames(entries: readonly ItemEntry[]): boolean {
  const [first, ...rest] = entries;
  if (
    rest.every(({ name }) => MARKED.test(name)) &&
    (rest.length === 0 ? MARKED.test(first?.name ?? '') : /[”》）]$/.test(first?.name ?? ''))
  )
    return false;
  if (entries.some(({ name }) => name === '' || name.length > LONGEST_NAME)) return false;
  if (entries.every(({ name }) => name.length === 1 || DATE.test(name))) return false;
  const mean = entries.reduce((sum, { name }) => sum + name.length, 0) / entries.length;
  return mean <= LONGEST_MEAN && entries.filter(({ name }) => NO_NAME.test(name)).length * 2 < entries.length;
}

/** Returns the tail of the clause's last segment: its first valid 等 or count; null when there is none. */
function tailIn({ body, brackets, readTail }: EnumerationOptions, { segments }: SegmentedClause): ListTail | null {
  const last = segments.at(-1);
  if (last === undefined) return null;
  const text = body.slice(last.start, Math.min(last.end, last.start + 60));
  if (segments.length === 1 && !(text.includes('等') || /[和与及].*[0-9二三四五六七八九十两]/.test(text))) return null;
  for (let i = last.start + 1; i <= Math.min(last.end, last.start + 60); i++) {
    const match = brackets.get(i);
    if (match !== undefined && match < last.end) {
      i = match;
      continue;
    }
    if (!/[等共0-9一二三四五六七八九十两这]/.test(body.charAt(i))) continue;
    if (/[0-9]/.test(body.charAt(i)) && /[0-9A-Za-z第.]/.test(body.charAt(i - 1))) continue;
    const tail = readTail(body, i);
    if (tail === null) continue;
    // A count without 等 ends an enumeration only when it counts the names.
    if (tail.isOpen || countsNames(body, segments, tail)) return tail;
  }
  return null;
}

function countsNames(body: string, segments: readonly Span[], tail: ListTail): boolean {
  const last = segments.at(-1);
  if (last === undefined || tail.count === null || tail.count < 2) return false;
  const splits = conjunctions(body, { start: last.start, end: tail.namesEnd }).length;
  return tail.count === segments.length || (splits > 0 && tail.count === segments.length + 1);
}

interface EnumeratedNames {
  readonly members: readonly Span[];
  /** Offset of the opener before the names (包括), or null. */
  readonly opener: number | null;
  readonly areInstitutions: boolean;
  /** Ending shared by the names (区, 大学), when they are places or institutions; else ''. */
  readonly sharedEnding: string;
}

function namesIn(options: EnumerationOptions, clause: SegmentedClause, tail: ListTail | null): EnumeratedNames | null {
  const { body, rules } = options;
  const segments = clause.segments.map((span) => ({ ...span }));
  const last = segments.pop();
  if (last === undefined) return null;
  if (tail !== null) last.end = tail.namesEnd;
  const members: Span[] = [...segments, ...splitLast(body, segments, last, tail, rules)];
  const inner = members.slice(1, members.length - (tail === null ? 1 : 0));
  const first = members[0];
  if (first === undefined) return null;
  const start = findFirstNameStart(
    body,
    first,
    inner.length > 0 ? inner : members.slice(1),
    rules,
    options.nouns.events,
    /[：:（(]/.test(clause.openingMark),
  );
  if (start === null) return null;
  members[0] = { start: start.at, end: first.end };
  const ends = findInstitutionEndings(body, members, rules, tail !== null);
  if (tail === null) {
    const final = members.at(-1);
    const end =
      final === undefined ? null : findLastNameEnd(body, final, members.slice(0, -1), ends, rules, options.nouns);
    if (final === undefined || end === null) return null;
    members[members.length - 1] = { start: final.start, end };
  }
  return {
    members,
    opener: start.opener,
    areInstitutions: ends.size > 0,
    sharedEnding: ends.size === 1 ? ([...ends][0] ?? '') : '',
  };
}

/** Splits the last segment at its last conjunction, unless that is part of a name. */
function splitLast(
  body: string,
  segments: readonly Span[],
  last: Span,
  tail: ListTail | null,
  rules: ItemRules,
): Span[] {
  const places = conjunctions(body, last);
  const place = places.at(-1);
  if (place === undefined) return [last];
  const split = [
    { start: last.start, end: place.start },
    { start: place.end, end: last.end },
  ];
  const count = tail?.count ?? null;
  if (count === segments.length + 1) return [last];
  if (count === segments.length + 2) return split;
  // 器件与系统、检测和认知: where other names contain conjunctions, that of the last segment is part of its name.
  const weak = /[和与或]/;
  const inNames = segments.some(({ start, end }) => conjunctions(body, { start, end }).length > 0);
  if (inNames && weak.test(body.slice(place.start, place.end))) return [last];
  // 经济和信息化局: one institution among others.
  const left = body.slice(last.start, place.start);
  if (segments.every((span) => isInstitution(body.slice(span.start, span.end), rules)) && !isInstitution(left, rules))
    return [last];
  return segments.length > 0 ? split : [last];
}

function conjunctions(body: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  const text = body.slice(start, end);
  for (const match of text.matchAll(CONJUNCTION)) {
    const behind = match.index + match[0].length;
    if (match.index < 1 || behind >= text.length) continue;
    if (NO_CONJUNCTION_BEFORE.test(text.slice(0, match.index)) && match[0].length === 1) continue;
    if (NO_CONJUNCTION_BEHIND.test(text.slice(behind)) && match[0].length === 1) continue;
    const before = text.slice(0, match.index);
    if (/[（“《]/.test(before) && before.search(/[（“《][^）”》]*$/) !== -1) continue;
    found.push({ start: start + match.index, end: start + behind });
  }
  return found;
}

/** Returns the endings of the names (区, 大学) when two thirds are places or institutions; else an empty set. */
function findInstitutionEndings(
  body: string,
  members: readonly Span[],
  rules: ItemRules,
  closed: boolean,
): Set<string> {
  const sure = closed ? members : members.slice(0, -1);
  const ends = new Set<string>();
  let named = 0;
  for (const { start, end } of sure) {
    const name = body.slice(start, end).replace(/（[^（）]*）$/, '');
    const own = [...name.matchAll(rules.institution)].at(-1);
    if (own === undefined || own.index === 0 || own.index + own[0].length !== name.length) continue;
    named++;
    ends.add(own[0]);
  }
  return named * 3 >= sure.length * 2 && named > 0 ? ends : new Set();
}

/** Returns the noun before the word, colon or bracket that opens a list, across one mark or blank between them. */
function findClassNounBefore(body: string, at: number, { openerAtEnd }: ItemRules, nouns: QuantityRules): string {
  const opener = openerAtEnd.exec(body.slice(Math.max(0, at - 8), at));
  const to = at - (opener?.[0].length ?? 0);
  const noun = findNounBefore(body, /[，。；：\s]/.test(body.charAt(to - 1)) ? to - 1 : to, nouns);
  return body.slice(noun.start, noun.end);
}
