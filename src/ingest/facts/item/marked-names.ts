import type { Span } from '../../../domain/fact.js';
import type { BracketPairs } from '../../../text/bracket-pairs.js';
import { findNounAfter, findNounBefore } from '../quantity/noun-phrases.js';
import type { QuantityRules } from '../quantity/rules.js';
import { createEntry, statedTotal, tailNoun, type ItemList, type TailReader } from './item-list.js';
import type { ItemRules } from './rules.js';
import { stripLeadingVerb } from './segmentation.js';

/** Text between two titles or quotations of one list: a bracketed note, 、 and a conjunction, each optional. */
const JOINT = /^(?:（[^（）]{1,60}）|\([^()]{1,60}\))?[\s、，,]{0,2}(?:和|及|与|以及|或|或者|并)?\s?$/;
const LONGEST_JOINT = 70;
const LONGEST_QUOTATION = 40;
const LONGEST_NOUN_BESIDE = 8;
const NOTE = /^(?:（[^（）]{1,60}）|\([^()]{1,60}\))/;

interface MarkedOptions {
  readonly body: string;
  readonly brackets: BracketPairs;
  readonly rules: ItemRules;
  readonly nouns: QuantityRules;
  readonly readTail: TailReader;
}

/** Returns the 《titles》, those of one enumeration as one list. */
export function extractTitleLists(options: MarkedOptions): ItemList[] {
  const { body, rules, readTail } = options;
  return groupMarkedTexts(options, '《', (gap) => JOINT.test(gap)).map((run) => {
    const end = run.at(-1)?.end ?? 0;
    const note = NOTE.exec(body.slice(end, end + LONGEST_JOINT))?.[0].length ?? 0;
    const tail = readTail(body, end) ?? readTail(body, end + note);
    const entries = run.map((span) => createEntry(body, { start: span.start + 1, end: span.end - 1 }));
    const start = run[0]?.start ?? 0;
    const cited =
      entries.every(({ name }) => rules.documentTitleEnding.test(name)) ||
      rules.citedBy.test(body.slice(Math.max(0, start - 50), start));
    return {
      form: 'title',
      listOf: tailNoun(tail) ?? (cited ? rules.documentKind : nounBeside(options, start, end)),
      total: statedTotal(tail, entries.length),
      entries,
    };
  });
}

/** Returns lists of quotations: “A”“B”“C”, “A”、“B”和“C”, or with a common word behind each: “A”课程3门、“B”课程2门. */
export function extractQuotationLists(options: MarkedOptions): ItemList[] {
  const { body, readTail } = options;
  const sameTail = (gap: string, first: string | null): boolean =>
    JOINT.test(gap) || (first !== null && tailWord(gap) === tailWord(first) && tailWord(gap) !== '');
  return groupMarkedTexts(options, '“', sameTail)
    .filter((run) => run.length > 1 && run.every(({ start, end }) => end - start > 3))
    .map((run) => {
      const end = run.at(-1)?.end ?? 0;
      const start = run[0]?.start ?? 0;
      const tail = readTail(body, end);
      return {
        form: 'name',
        listOf: tailNoun(tail) ?? nounBeside(options, start, end),
        total: statedTotal(tail, run.length),
        entries: run.map((span) => createEntry(body, { start: span.start + 1, end: span.end - 1 })),
      };
    });
}

/** Returns the words behind a quotation without their count, or '': 培训项目学员100名、 → 培训项目学员. */
function tailWord(gap: string): string {
  return (
    /^([\u4e00-\u9fff]{1,12}?)(?:[0-9一二三四五六七八九十]{1,6}[\u4e00-\u9fff]{1,2})?[、，和及]\s?$/.exec(gap)?.[1] ??
    ''
  );
}

function nounBeside({ body, nouns }: MarkedOptions, start: number, end: number): string {
  const after = findNounAfter(body, end, nouns);
  const name = body.slice(after.start, after.end);
  if (name !== '' && name.length <= LONGEST_NOUN_BESIDE) return name;
  const before = findNounBefore(body, start, nouns);
  return body.slice(before.start, before.end);
}

/** Groups the marked texts, with their marks, in text order, into runs whose gaps satisfy `joins`. */
function groupMarkedTexts(
  { body, brackets }: MarkedOptions,
  opener: string,
  joins: (gap: string, firstGap: string | null) => boolean,
): Span[][] {
  const found: Span[][] = [];
  let run: Span[] = [];
  let firstGap: string | null = null;
  let covered = 0;
  for (const [open, close] of [...brackets].sort(([a], [b]) => a - b)) {
    if (body.charAt(open) !== opener || open < covered || close === open + 1) continue;
    if (opener === '“' && close - open > LONGEST_QUOTATION) continue;
    covered = close + 1;
    const last = run.at(-1);
    const gap = last === undefined ? null : open - last.end > LONGEST_JOINT ? null : body.slice(last.end, open);
    if (gap !== null && joins(gap, firstGap ?? gap)) {
      firstGap ??= gap;
      run.push({ start: open, end: close + 1 });
    } else {
      if (run.length > 0) found.push(run);
      run = [{ start: open, end: close + 1 }];
      firstGap = null;
    }
  }
  if (run.length > 0) found.push(run);
  return found;
}

/** Codes with a leading zero in round brackets: 项目（09）, 项目（01、02、03）. */
const CODES = /[（(](0[0-9]{1,2}(?:[、,，；/和及 ]{1,2}[0-9]{2,3}){0,60})[）)]/g;

/** Returns lists by codes: the thing before a single code, or the codes behind a class noun. */
export function extractCodeLists(
  body: string,
  points: readonly ItemList[],
  rules: ItemRules,
  nouns: QuantityRules,
): ItemList[] {
  const headed = new Set(points.flatMap(({ entries }) => entries.map(({ at }) => at.end)));
  return [...body.matchAll(CODES)].flatMap((match): ItemList[] => {
    const noun = findNounBefore(body, match.index, nouns);
    const name = stripLeadingVerb(body.slice(noun.start, noun.end), rules);
    const codes = [...(match[1] ?? '').matchAll(/[0-9]{2,3}/g)];
    const inside = match.index + 1;
    if (codes.length === 1) {
      // A code at the end of a heading is already that of its numbered point.
      if (name === '' || headed.has(match.index + match[0].length)) return [];
      const at = { start: noun.end - name.length, end: match.index + match[0].length };
      return [{ form: 'name', listOf: '', total: null, entries: [{ name, number: Number(match[1]), at }] }];
    }
    const entries = codes.map((code) =>
      createEntry(body, { start: inside + code.index, end: inside + code.index + code[0].length }, Number(code[0])),
    );
    return [{ form: 'name', listOf: name, total: null, entries }];
  });
}
