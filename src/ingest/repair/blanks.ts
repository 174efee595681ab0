import type { Repair } from '../../domain/notice.js';
import { COMMON_HAN, isHanCharacter } from '../../text/han.js';
import type { Edit } from './edit-buffer.js';

/** A run of blanks and of `?` that stand for lost blanks, and its replacement. */
interface BlankRun {
  readonly start: number;
  readonly end: number;
  readonly to: string;
  readonly rule: string;
}

const RUN = /[\s\u0085?]+/gu;
const WORD = /[\p{L}\p{N}]/u;
/** Rule of a run by the characters in it; the first counts. */
const RULES = [
  ['?', 'lost-blank'],
  ['\u00a0', 'non-breaking-space'],
  ['\u3000', 'full-width-blank'],
] as const;

/**
 * Returns the edits that normalise blanks. A `?` that stands for a lost blank becomes a blank or a line break, a real
 * question mark becomes `？`, a run of blanks becomes one blank, two or more full-width blanks become one line break
 * (in a body only; other fields are one line), outer blanks are removed, and spaced-out characters are joined
 * (`教 师 处` → `教师处`). Blanks that separate the columns of a table are kept.
 */
export function blankEdits(text: string, field: Repair['field'], interrogative: RegExp): Edit[] {
  const questionMarks: Edit[] = [];
  const runs: BlankRun[] = [];
  const addresses = addressRanges(text);
  const gaps: ColumnGaps = field === 'body' ? columnGaps(text) : new Map();
  let address = 0;
  for (const { index, 0: found } of text.matchAll(RUN)) {
    const end = index + found.length;
    while ((addresses[address]?.end ?? Infinity) <= index) address++;
    if ((addresses[address]?.start ?? Infinity) <= index) continue;

    let start = index;
    const isOnlyMark = found.startsWith('?') && !found.includes('?', 1);
    if (isOnlyMark && isLatinQuestionMarkAt(text, index)) {
      start++;
    } else if (isOnlyMark && isQuestionMarkAt(text, index, interrogative)) {
      questionMarks.push({ start, end: start + 1, to: '？', rule: 'question-mark' });
      start++;
    }
    if (start === end) continue;
    const run = describeRun(text, start, end, field === 'body');
    const gap = found.includes('?') || run.to === '' ? undefined : gaps.get(start);
    runs.push(gap === undefined ? run : { ...run, to: gap, rule: 'column-gap' });
  }
  const joined = joinSingles(text, runs);
  return [...questionMarks, ...joined.filter((run) => text.slice(run.start, run.end) !== run.to)].sort(
    (a, b) => a.start - b.start,
  );
}

function describeRun(text: string, start: number, end: number, isBody: boolean): BlankRun {
  const run = text.slice(start, end);
  const isDamaged = /[?\u00a0]/.test(run);
  const isWide = run.indexOf('\u3000') !== run.lastIndexOf('\u3000');
  const hasBreak = /[\n\r\u0085\u2028\u2029]/.test(run);
  const rule = RULES.find(([character]) => run.includes(character))?.[1] ?? (hasBreak ? 'line-break' : 'blank-run');
  const at = { start, end, rule };
  if (start === 0 || end === text.length) return { ...at, to: '' };
  if (isBody && (hasBreak || isWide || (isDamaged && endsStatement(text, start, run)))) return { ...at, to: '\n' };
  const besidePunctuation = isCjkMark(text.charAt(start - 1)) || isCjkMark(text.charAt(end));
  return { ...at, to: isDamaged && besidePunctuation ? '' : ' ' };
}

/** Returns whether lost blanks were a paragraph's indent: those after a sentence end; after `；` only two or more. */
function endsStatement(text: string, start: number, run: string): boolean {
  const last = text.charAt(start - 1);
  if (last === '；') return run.length > 1;
  return /[。！？]/.test(/[”’」』）]/.test(last) ? text.charAt(start - 2) : last);
}

function isCjkMark(character: string): boolean {
  return /[\u3001\u3002\u300a-\u3011\u2018\u2019\u201c\u201d\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]/.test(
    character,
  );
}

/** Removes the blanks between three or more spaced-out single characters: `教 师 处` → `教师处`. */
function joinSingles(text: string, runs: readonly BlankRun[]): BlankRun[] {
  const result = [...runs];
  let chain: number[] = [];
  const close = (): void => {
    if (chain.length >= 2) {
      for (const i of chain) {
        const run = result[i];
        if (run !== undefined) result[i] = { ...run, to: '', rule: 'spaced-characters' };
      }
    }
    chain = [];
  };
  runs.forEach((run, i) => {
    const left = text.slice(runs[i - 1]?.end ?? 0, run.start);
    const right = text.slice(run.end, runs[i + 1]?.start ?? text.length);
    if (chain.length > 0 && !isSingle(left)) close();
    if (run.to !== '\n' && run.rule !== 'column-gap' && endsWithSingle(left) && startsWithSingle(right)) chain.push(i);
    else close();
  });
  close();
  return result;
}

function isSingle(token: string): boolean {
  return token.length <= 2 && isHanCharacter(token);
}

function endsWithSingle(token: string): boolean {
  return isHanCharacter(token.slice(-1)) && !WORD.test(token.slice(-2, -1));
}

function startsWithSingle(token: string): boolean {
  return isHanCharacter(token.slice(0, 1)) && !WORD.test(token.slice(1, 2));
}

/** Web addresses. A `?` inside one is text, not a lost blank; `addressRanges` excludes a run of `?` at the end. */
const ADDRESS = /(?:https?:\/\/|www\.)[\x21-\x7e]+/gi;
const CLAUSE_REACH = 60;
const CLAUSE_BREAK = /[。！？；，、：:;,!?\n“”‘’《》（）()]/;

interface AddressRange {
  readonly start: number;
  readonly end: number;
}

/** Returns the ranges of web addresses in a text that contains `?`, in order. */
function addressRanges(text: string): AddressRange[] {
  if (!text.includes('?')) return [];
  return Array.from(text.matchAll(ADDRESS), ({ index: start, 0: found }) => {
    let length = found.length;
    while (length > 0 && '?.,;)'.includes(found.charAt(length - 1))) length--;
    return { start, end: start + length };
  });
}

/** Returns whether the single `?` at `at` is a question mark: it ends a clause that contains an interrogative. */
function isQuestionMarkAt(text: string, at: number, interrogative: RegExp): boolean {
  if (/^[，。；、：！,.;:!]/.test(text.slice(at + 1, at + 2))) return false;
  const before = text.slice(Math.max(0, at - CLAUSE_REACH), at);
  let start = before.length;
  while (start > 0 && !CLAUSE_BREAK.test(before.charAt(start - 1))) start--;
  return interrogative.test(before.slice(start));
}

/** Returns whether the `?` at `at` is Latin text: between letters or digits, or at the end of an English question. */
function isLatinQuestionMarkAt(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.slice(at + 1, at + 3);
  if (/[A-Za-z0-9]/.test(before) && /^[A-Za-z0-9]/.test(after)) return true;
  return /[A-Za-z]/.test(before) && /^(?: [A-Za-z]|["')]|$)/.test(after);
}

/** Replacements of the runs of blanks that separate table columns, by the run's start offset. */
type ColumnGaps = ReadonlyMap<number, string>;

interface ColumnLine {
  /** Range without outer blanks. */
  readonly start: number;
  readonly end: number;
  /** Runs of blanks inside the line that separate columns. */
  readonly gaps: readonly { readonly start: number; readonly to: string }[];
  /** Tabs before and after the words: empty cells. */
  readonly head: string;
  readonly tail: string;
}

const LINE = /[^\n\r\u0085\u2028\u2029]+/g;
const BLANKS = /[ \t\u00a0\u3000]+/g;
const LONGEST_LINE = 240;
const LONGEST_CELL = 60;
/** Text that is not a table cell: a label (主办：甲 承办：乙), or prose (contains the end of a sentence). */
const NO_CELL = new RegExp(`^[${COMMON_HAN}]{2,8}[:：]|[。；！？]`);

/**
 * Finds the blanks that separate table columns: tabs between the words of at least two successive lines (as a browser
 * copies a table), and wide blanks that divide successive lines into equally many cells (two lines of three or more
 * cells, or three lines of two). Tabs are kept, also those of empty first and last cells; a wide blank becomes one
 * full-width blank. Linear in the length of the text.
 */
function columnGaps(text: string): ColumnGaps {
  const gaps = new Map<number, string>();
  if (!/[\t\u3000]|[ \u00a0]{2}/.test(text)) return gaps;
  for (const [part, least] of [
    [tabbed, () => 2],
    [widelySpaced, (line: ColumnLine) => (line.gaps.length > 1 ? 2 : 3)],
  ] as const) {
    let block: ColumnLine[] = [];
    let before = 0;
    const close = (): void => {
      const first = block.find((line) => line.gaps.length > 0);
      if (first !== undefined && block.filter((line) => line.gaps.length > 0).length >= least(first)) keep(block, gaps);
      block = [];
    };
    for (const { 0: words, index } of text.matchAll(LINE)) {
      if (words.trim() === '') continue;
      const line = part(words, index);
      if (line === null) close();
      else {
        // Rows separated by wide blanks must have equally many cells; a tab is sufficient evidence by itself.
        if (part === widelySpaced && line.gaps.length !== before) close();
        before = line.gaps.length;
        block.push(line);
      }
    }
    close();
  }
  return gaps;
}

function keep(block: readonly ColumnLine[], gaps: Map<number, string>): void {
  block.forEach((line, i) => {
    for (const { start, to } of line.gaps) gaps.set(start, to);
    const next = block[i + 1];
    // The run of blanks at the end of a line extends to the first word of the next line.
    const edges = `${line.tail}\n${next?.head ?? ''}`;
    if (edges !== '\n') gaps.set(line.end, edges);
  });
}

function tabbed(words: string, index: number): ColumnLine | null {
  return words.includes('\t') ? lineOf(words, index, (run) => run.replace(/[^\t]+/g, '')) : null;
}

function widelySpaced(words: string, index: number): ColumnLine | null {
  if (words.length > LONGEST_LINE || words.includes('\t')) return null;
  const line = lineOf(words, index, (run) => (run.length > 1 || run === '\u3000' ? '\u3000' : ''));
  const cells = words.trim().split(/[ \u00a0\u3000]{2,}|\u3000/);
  const isRow = line.gaps.length > 0 && cells.every((cell) => cell.length <= LONGEST_CELL && !NO_CELL.test(cell));
  return isRow ? line : null;
}

function lineOf(words: string, index: number, partedBy: (run: string) => string): ColumnLine {
  const start = index + (words.length - words.trimStart().length);
  const end = start + words.trim().length;
  const runs = Array.from(words.trim().matchAll(BLANKS), (run) => ({
    start: start + run.index,
    to: partedBy(run[0]),
  }));
  const tabs = (blanks: string): string => blanks.replace(/[^\t]+/g, '');
  return {
    start,
    end,
    gaps: runs.filter(({ to }) => to !== ''),
    head: tabs(words.slice(0, start - index)),
    tail: tabs(words.slice(end - index)),
  };
}
