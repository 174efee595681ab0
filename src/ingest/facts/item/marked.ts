import type { Span } from '../../../domain/fact.js';
import type { BracketPairs } from '../../../text/bracket-pairs.js';
import { findNounAfter, findNounBefore } from '../quantity/noun-phrases.js';
import type { QuantityRules } from '../quantity/rules.js';
import { createEntry, type ItemList } from './group.js';
import type { ItemRules } from './rules.js';
import { tailNoun, statedTotal, type TailReader } from './tail.js';

/** Text between two titles or quotations of one list: a bracketed note, 、 and a conjunction, each optional. */
const JOINT = /^(?:（[^（）]{1,60}）|\([^()]{1,60}\))?[\s、，,]{0,2}(?:和|及|与|以及|或|或者|并)?\s?$/;
const LONGEST_JOINT = 70;
const LONGEST_QUOTATION = 40;
const LONGEST_NOUN_BESIDE = 8;
const NOTE = /^(?:（[^（）]{1,60}）|\([^()]{1,60}\))/;

interface MarkedText {
  /** Span including the opening and the closing mark. */
  readonly outer: Span;
}

export interface MarkedOptions {
  readonly body: string;
  readonly brackets: BracketPairs;
  readonly rules: ItemRules;
  readonly nouns: QuantityRules;
  readonly readTail: TailReader;
}

/** Returns the 《titles》, those of one enumeration as one list. */
export function extractTitleLists(options: MarkedOptions): ItemList[] {
  const { body, rules, readTail } = options;
  return runs(options, '《', (gap) => JOINT.test(gap)).map((run) => {
    const end = run.at(-1)?.outer.end ?? 0;
    const note = NOTE.exec(body.slice(end, end + LONGEST_JOINT))?.[0].length ?? 0;
    const tail = readTail(body, end) ?? readTail(body, end + note);
    const entries = run.map(({ outer }) => createEntry(body, { start: outer.start + 1, end: outer.end - 1 }));
    const start = run[0]?.outer.start ?? 0;
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
  return runs(options, '“', sameTail)
    .filter((run) => run.length > 1 && run.every(({ outer }) => outer.end - outer.start > 3))
    .map((run) => {
      const end = run.at(-1)?.outer.end ?? 0;
      const start = run[0]?.outer.start ?? 0;
      const tail = readTail(body, end);
      return {
        form: 'name',
        listOf: tailNoun(tail) ?? nounBeside(options, start, end),
        total: statedTotal(tail, run.length),
        entries: run.map(({ outer }) => createEntry(body, { start: outer.start + 1, end: outer.end - 1 })),
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

/** Groups the marked texts, in text order, into runs whose gaps satisfy `joins`. */
function runs(
  { body, brackets }: MarkedOptions,
  opener: string,
  joins: (gap: string, firstGap: string | null) => boolean,
): MarkedText[][] {
  const found: MarkedText[][] = [];
  let run: MarkedText[] = [];
  let firstGap: string | null = null;
  let covered = 0;
  for (const [open, close] of [...brackets].sort(([a], [b]) => a - b)) {
    if (body.charAt(open) !== opener || open < covered || close === open + 1) continue;
    if (opener === '“' && close - open > LONGEST_QUOTATION) continue;
    covered = close + 1;
    const last = run.at(-1);
    const gap =
      last === undefined ? null : open - last.outer.end > LONGEST_JOINT ? null : body.slice(last.outer.end, open);
    if (gap !== null && joins(gap, firstGap ?? gap)) {
      firstGap ??= gap;
      run.push({ outer: { start: open, end: close + 1 } });
    } else {
      if (run.length > 0) found.push(run);
      run = [{ outer: { start: open, end: close + 1 } }];
      firstGap = null;
    }
  }
  if (run.length > 0) found.push(run);
  return found;
}
