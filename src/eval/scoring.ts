/** Scoring of one answer: the rules of a golden set, and the measures against gold text. */
import type { Answer } from '../domain/answer.js';
import type { AnswerLine } from '../render/answer-line.js';

/** Squared beta of ROUGE-L's F-measure: recall counts a little more than precision. */
const BETA_SQUARED = 1.2 * 1.2;
/** Length of answer and quote, in UTF-16 units, that counts as shown, and the share of the gold that it must hold. */
const SHOWN_LENGTH = 400;
const COVERED_SHARE = 0.8;
/** Number of first candidates that may be the right notice, besides that of the answer. */
const CANDIDATES_COUNTED = 3;

/** Normalises a text for comparison: NFKC, without white space. */
export const normaliseForComparison = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/** Returns the length of the longest common subsequence, in UTF-16 units. Time O(|a| × |b|). */
export function longestCommonSubsequence(a: string, b: string): number {
  let previous = new Uint32Array(b.length + 1);
  let row = new Uint32Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      row[j] = a[i - 1] === b[j - 1] ? (previous[j - 1] ?? 0) + 1 : Math.max(previous[j] ?? 0, row[j - 1] ?? 0);
    }
    [previous, row] = [row, previous];
  }
  return previous[b.length] ?? 0;
}

/** Computes ROUGE-L (Lin 2004) over characters, beta 1.2: 0 … 1, and 0 when either text is blank. */
export function rougeL(gold: string, answer: string): number {
  const [wanted, given] = [normaliseForComparison(gold), normaliseForComparison(answer)];
  const common = longestCommonSubsequence(wanted, given);
  if (common === 0) return 0;
  const recall = common / wanted.length;
  const precision = common / given.length;
  return ((1 + BETA_SQUARED) * recall * precision) / (recall + BETA_SQUARED * precision);
}

/** Returns whether the shown text holds at least four fifths of the gold text; false for a blank gold text. */
export function coversGold(gold: string, { answer, quote }: Pick<AnswerLine, 'answer' | 'quote'>): boolean {
  const wanted = normaliseForComparison(gold);
  const shown = normaliseForComparison(`${answer}\n${quote}`.slice(0, SHOWN_LENGTH));
  return wanted !== '' && longestCommonSubsequence(wanted, shown) / wanted.length >= COVERED_SHARE;
}

/** Expectation of a golden-set question on its answer. */
export interface Expectation {
  readonly expect: {
    /** Texts that must all occur in the shown text. */
    readonly all: readonly string[];
    /** Lists of alternatives; one text of each list must occur. */
    readonly any: readonly (readonly string[])[];
    /** Texts that must not occur. */
    readonly none: readonly string[];
  };
  /** Part of the right notice's title; null when any notice will do. */
  readonly source: string | null;
  /** True when the notices do not state it, so that any answer is wrong. */
  readonly refuse: boolean;
}

/** `said wrongly` (said as a fact, but not right) is worse than `refused wrongly` (nothing right is said or shown). */
export type AnswerVerdict = 'right' | 'said wrongly' | 'refused wrongly';

/** Why an answer is not what was expected; `texts` are the expected words, the forbidden one, or the title's part. */
export interface Fault {
  readonly kind: 'missing' | 'forbidden' | 'other notice';
  readonly texts: readonly string[];
}

/** Judges an answer by its tier: what is only shown as near is not said, but right where it holds what is expected. */
export function judgeAnswer(question: Expectation, answer: Pick<Answer, 'kind'>, line: AnswerLine): AnswerVerdict {
  const isRefused = answer.kind === 'none';
  const isSaid = !isRefused && line.sure;
  if (question.refuse) return isSaid ? 'said wrongly' : 'right';
  if (!isRefused && findFaults(question, line).length === 0) return 'right';
  return isSaid ? 'said wrongly' : 'refused wrongly';
}

/** Fields of an answer that are scored. */
type ShownAnswer = Pick<AnswerLine, 'text' | 'notice' | 'candidates'>;

/** Returns the faults of an answer to an answerable question; empty when it is right. */
export function findFaults({ expect, source }: Omit<Expectation, 'refuse'>, line: ShownAnswer): Fault[] {
  const shown = normaliseForComparison(line.text);
  const has = (expected: string): boolean => shown.includes(normaliseForComparison(expected));
  const faults: Fault[] = [...expect.all.map((text) => [text]), ...expect.any]
    .filter((alternatives) => !alternatives.some(has))
    .map((texts) => ({ kind: 'missing', texts }));
  for (const text of expect.none.filter(has)) faults.push({ kind: 'forbidden', texts: [text] });
  if (
    source !== null &&
    !titlesOf(line).some((title) => normaliseForComparison(title).includes(normaliseForComparison(source)))
  ) {
    faults.push({ kind: 'other notice', texts: [source] });
  }
  return faults;
}

function titlesOf({ notice, candidates }: ShownAnswer): string[] {
  const first = candidates.slice(0, CANDIDATES_COUNTED).map(({ title }) => title);
  return notice === null ? first : [notice.title, ...first];
}

/** Returns the rank of the right notice among the candidates, from 1; null when it is not among them. */
export function rankOf(noticeId: string, { candidates }: Pick<AnswerLine, 'candidates'>): number | null {
  const at = candidates.findIndex(({ id }) => id === noticeId);
  return at < 0 ? null : at + 1;
}
