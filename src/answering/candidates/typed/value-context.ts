import type { Span } from '../../../domain/fact.js';
import { clauseAround } from './term-overlap.js';

/** Context that distinguishes one value in a notice from others of its kind. */
export interface ValueContext {
  /** Its clause, and clauses of the same item without a value: those belong to the value before them. */
  readonly part: Span;
  /** Head of its line: 急诊电话：, 什么时候登记？, the name of a row. */
  readonly head: Span;
  /** Heading line above it: 二、停车管理. */
  readonly heading: Span;
}

const ITEM_ENDS = '；;。！？!?\n';
const LONGEST_ITEM = 200;
const LONGEST_HEAD = 24;
/** Upper bound, in UTF-16 units, on the name of a row without a mark after it. */
const LONGEST_NAME = 12;
const LONGEST_HEADING = 24;
const LONGEST_LEAD = 60;
/** Upper bound on the lines searched upwards for a heading. */
const MOST_LINES = 16;
const LIST_MARK = /^[\s★●◆■□·•*—-]*(?:[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十甲乙丙丁]{1,3})[)）.、．]|[①-⑳])?\s*$/;
const NUMBERED = /^\s*[一二三四五六七八九十]{1,3}、/;
const NOWHERE: Span = { start: 0, end: 0 };

/** Context shared by all values of one line. */
interface ValueLine extends Span {
  readonly head: Span;
  /** Offset in the body from which its head no longer applies. */
  readonly headEnds: number;
  readonly heading: Span;
}

/** Returns the setting of each value; values are given in order. Each line is read once. */
export function readValueContexts(body: string, places: readonly Span[]): ValueContext[] {
  let line: ValueLine | null = null;
  return places.map((at, i) => {
    if (line === null || at.start > line.end) line = lineAt(body, at, places, i);
    return {
      part: partOf(body, at, places[i - 1], places[i + 1]),
      head: at.start < line.headEnds ? line.head : NOWHERE,
      heading: line.heading,
    };
  });
}

/** Reads a line, given the first value in it. */
function lineAt(body: string, at: Span, places: readonly Span[], first: number): ValueLine {
  const line = lineAround(body, at);
  const isNumbered = NUMBERED.test(body.slice(line.start, line.start + 8));
  return {
    ...line,
    ...headOf(body, line, at),
    heading: isNumbered ? NOWHERE : headingOf(body, line, places, first),
  };
}

function partOf(body: string, at: Span, before: Span | undefined, after: Span | undefined): Span {
  const item = itemAround(body, at);
  const own = clauseAround(body, at);
  const previous = before !== undefined && before.end > item.start ? before : null;
  const next = after !== undefined && after.start < item.end ? after : null;
  const opens = LIST_MARK.test(body.slice(Math.max(item.start, previous?.end ?? 0), at.start));
  const start = previous === null ? item.start : Math.max(own.start, Math.min(previous.end, at.start));
  if (next === null) return { start, end: item.end };
  const nextClause = clauseAround(body, next).start;
  // Words of a clause follow a value that opens it (8:00 北楼 9:00 南楼), else they precede it.
  const end = nextClause > at.end ? nextClause : opens ? next.start : at.end;
  return { start, end: Math.max(end, at.end) };
}

function itemAround(body: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from > 0 && start - from < LONGEST_ITEM && !ITEM_ENDS.includes(body.charAt(from - 1))) from--;
  while (to < body.length && to - end < LONGEST_ITEM && !ITEM_ENDS.includes(body.charAt(to))) to++;
  return { start: from, end: to };
}

function lineAround(body: string, { start, end }: Span): Span {
  const stop = body.indexOf('\n', end);
  return { start: body.lastIndexOf('\n', start - 1) + 1, end: stop === -1 ? body.length : stop };
}

/** Finds the head of a line: a question or 【…】 applies to all of it, words with a colon up to the next full stop. */
function headOf(body: string, line: Span, first: Span): Pick<ValueLine, 'head' | 'headEnds'> {
  const opening = body.slice(line.start, Math.min(first.start, line.start + 2 * LONGEST_HEAD));
  const mark = /[：:？?】]/.exec(opening);
  if (mark !== null && mark.index <= LONGEST_HEAD) {
    const head = { start: line.start, end: line.start + mark.index + 1 };
    const stop = /[：:]/.test(mark[0]) ? body.indexOf('。', head.end) : -1;
    return { head, headEnds: stop === -1 ? Infinity : stop };
  }
  const isName = first.start - line.start <= LONGEST_NAME && !/[，,。；;]/.test(body.slice(line.start, first.start));
  return { head: isName ? { start: line.start, end: first.start } : NOWHERE, headEnds: Infinity };
}

function headingOf(body: string, line: Span, places: readonly Span[], first: number): Span {
  let end = line.start - 1;
  for (let i = 0, last = first - 1; i < MOST_LINES && end > 0; i++) {
    const start = body.lastIndexOf('\n', end - 1) + 1;
    const words = body.slice(start, end).trimEnd();
    const holdsPlace = (places[last]?.end ?? -1) > start;
    // …按下列日程： introduces what stands below, also where it gives a day of its own.
    if (/[：:]$/.test(words)) return { start: Math.max(start, end - LONGEST_LEAD), end };
    if (!holdsPlace || NUMBERED.test(words)) {
      if (words.length > 1 && words.length <= LONGEST_HEADING && !/[。；;，,]/.test(words)) return { start, end };
      if (NUMBERED.test(words)) return { start, end: Math.min(end, start + LONGEST_HEADING) };
    }
    while ((places[last]?.start ?? -1) >= start) last--;
    end = start - 1;
  }
  return NOWHERE;
}
