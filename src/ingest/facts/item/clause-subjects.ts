import type { Span } from '../../../domain/fact.js';
import { parseNumeral } from '../../../text/numerals.js';
import { findNounAfter } from '../quantity/noun-phrases.js';
import type { QuantityRules } from '../quantity/rules.js';
import { createEntry, type ItemEntry, type ItemList } from './item-list.js';
import type { ItemRules } from './rules.js';
import type { SegmentedClause } from './segmentation.js';

const LEAD = /^(?:其中|此外|另外|同时)[:：]?/;
const LEAD_ONLY = /^(?:其中|此外|另外|同时)$/;
const LONGEST_SUBJECT = 30;
/** Preposition right before a name, which is then no subject. */
const PREPOSITION = /^[在对由向与和从将把为按于经]/;
const LOOK_BACK = 120;

interface ClauseSubjects {
  readonly names: readonly ItemEntry[];
  /** First two characters of the predicate. */
  readonly predicateStart: string;
  readonly ending: string;
}

/**
 * Returns lists of institutions that are subjects of neighbouring clauses with the same predicate, although no 、 joins
 * them: 甲大学入选…；乙学院入选….
 */
export function extractSubjectLists(
  body: string,
  clauses: readonly SegmentedClause[],
  rules: ItemRules,
  nouns: QuantityRules,
): ItemList[] {
  const groups: ItemList[] = [];
  let run: ClauseSubjects[] = [];
  const close = (): void => {
    const names = distinct(run.flatMap((subjects) => subjects.names));
    if (run.length > 1 && names.length > 1)
      groups.push({ form: 'name', listOf: findSubjectClassNoun(body, names, run, nouns), total: null, entries: names });
    run = [];
  };
  for (const clause of topClauses(body, clauses)) {
    const subjects = subjectsOf(body, clause, rules);
    const last = run.at(-1);
    if (subjects === null || (last !== undefined && last.predicateStart !== subjects.predicateStart)) close();
    if (subjects !== null) run.push(subjects);
  }
  close();
  return groups;
}

/** Drops bracketed clauses and a bare 其中 or 此外, which do not separate a clause from the next. */
function topClauses(body: string, clauses: readonly SegmentedClause[]): SegmentedClause[] {
  return clauses
    .filter(({ openingMark }) => openingMark !== '（' && openingMark !== '(' && openingMark !== '【')
    .filter(({ span }) => !LEAD_ONLY.test(body.slice(span.start, Math.min(span.end, span.start + 6))));
}

function subjectsOf(body: string, { span, segments }: SegmentedClause, rules: ItemRules): ClauseSubjects | null {
  const names: ItemEntry[] = [];
  let predicateStart = '';
  let ending = '';
  for (const [i, segment] of segments.entries()) {
    const lead = i === 0 ? (LEAD.exec(body.slice(segment.start, segment.start + 4))?.[0].length ?? 0) : 0;
    const start = segment.start + lead;
    const end =
      i < segments.length - 1
        ? segment.end
        : nameEnd(body, { start, end: Math.min(span.end, start + LONGEST_SUBJECT) }, rules);
    if (end === null || end - start > LONGEST_SUBJECT) return null;
    const last = endingOf(body.slice(start, end), rules);
    if (last === '' || PREPOSITION.test(body.slice(start, start + 1))) return null;
    ending = last;
    names.push(createEntry(body, { start, end }));
    predicateStart = body.slice(end, end + 2);
  }
  return /^[\u4e00-\u9fff]{2}$/.test(predicateStart) ? { names, predicateStart, ending } : null;
}

/** Returns the end of the institution's name at the start of a clause: its first ending of two or more characters. */
function nameEnd(body: string, { start, end }: Span, rules: ItemRules): number | null {
  for (const match of body.slice(start, end).matchAll(rules.institution)) {
    if (match.index > 1 && match[0].length > 1) return start + match.index + match[0].length;
  }
  return null;
}

function endingOf(name: string, rules: ItemRules): string {
  const last = [...name.matchAll(rules.institution)].at(-1);
  return last !== undefined && last[0].length > 1 && last.index > 0 && last.index + last[0].length === name.length
    ? last[0]
    : '';
}

function distinct(entries: readonly ItemEntry[]): ItemEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ name }) => !seen.has(name) && seen.add(name));
}

/** Returns the noun of a count before the names that equals their number; else the ending of the names. */
function findSubjectClassNoun(
  body: string,
  names: readonly ItemEntry[],
  run: readonly ClauseSubjects[],
  nouns: QuantityRules,
): string {
  const start = names[0]?.at.start ?? 0;
  const from = Math.max(0, start - LOOK_BACK);
  let found = '';
  for (const match of body.slice(from, start).matchAll(nouns.counted)) {
    if (parseNumeral(match[1] ?? '') !== names.length) continue;
    const noun = findNounAfter(body, from + match.index + match[0].length, nouns);
    found = body.slice(noun.start, noun.end) || found;
  }
  return found || (run[0]?.ending ?? '');
}
