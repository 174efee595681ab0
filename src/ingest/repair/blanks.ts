import type { Repair } from '../../domain/notice.js';
import { columnGaps, type ColumnGaps } from './column-gaps.js';
import type { Edit } from './edit-buffer.js';
import { addressRanges, isQuestionMarkAt, isLatinQuestionMarkAt } from './question-marks.js';

/** A run of blanks and of `?` that stand for lost blanks, and its replacement. */
interface BlankRun {
  readonly start: number;
  readonly end: number;
  readonly to: string;
  readonly rule: string;
}

const RUN = /[\s\u0085?]+/gu;
const HAN = /^\p{Script=Han}$/u;
const WORD = /[\p{L}\p{N}]/u;

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
  const rule = run.includes('?')
    ? 'lost-blank'
    : run.includes('\u00a0')
      ? 'non-breaking-space'
      : run.includes('\u3000')
        ? 'full-width-blank'
        : hasBreak
          ? 'line-break'
          : 'blank-run';
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
  return token.length <= 2 && HAN.test(token);
}

function endsWithSingle(token: string): boolean {
  return HAN.test(token.slice(-1)) && !WORD.test(token.slice(-2, -1));
}

function startsWithSingle(token: string): boolean {
  return HAN.test(token.slice(0, 1)) && !WORD.test(token.slice(1, 2));
}
