import type { Violation } from '../answering/compose/invariants.js';
import {
  reportHead,
  type EvalReport,
  type EvalRow,
  type GoldRow,
  type JudgedRow,
  type VerdictCounts,
} from './report.js';

/** Computes the figures over all rows. The caller counts `dialogues`, as it knows which turns belong together. */
export function summarise(
  rows: readonly EvalRow[],
  dialogues: { readonly count: number; readonly right: number },
  at: Date,
): EvalReport {
  const questions = rows.filter((row) => row.form === 'question');
  const gold = rows.filter((row) => row.form === 'gold');
  const types = new Map<string, JudgedRow[]>();
  for (const row of questions) {
    const ofType = types.get(row.type);
    if (ofType === undefined) types.set(row.type, [row]);
    else ofType.push(row);
  }
  const refusals = questions.filter(({ refuse }) => refuse);
  return {
    ...reportHead,
    at: at.toISOString(),
    asked: rows.length,
    types: [...types].map(([type, ofType]) => ({ type, ...countVerdicts(ofType) })),
    judged: countVerdicts(questions),
    refusals: { expected: refusals.length, right: refusals.filter(({ verdict }) => verdict === 'right').length },
    dialogues:
      dialogues.count === 0 ? null : { ...dialogues, turns: countVerdicts(rows.filter((row) => row.form === 'turn')) },
    gold: gold.length === 0 ? null : goldFigures(gold),
    invariants: {
      answers: rows.filter(({ kind }) => kind === 'answer').length,
      noQuote: countViolations(rows, 'no-quote'),
      quoteNotInNotice: countViolations(rows, 'quote-not-in-notice'),
      digitLock: countViolations(rows, 'digits-not-in-notice'),
      noticeNotStored: countViolations(rows, 'notice-not-stored'),
    },
    timeMs: quantiles(rows.map(({ ms }) => ms)),
    rows: [...rows],
  };
}

function countVerdicts(rows: readonly JudgedRow[]): VerdictCounts {
  const count = (wanted: JudgedRow['verdict']): number => rows.filter(({ verdict }) => verdict === wanted).length;
  return { right: count('right'), saidWrongly: count('said wrongly'), refusedWrongly: count('refused wrongly') };
}

function countViolations(rows: readonly EvalRow[], violation: Violation): number {
  return rows.filter(({ violations }) => violations.includes(violation)).length;
}

function goldFigures(rows: readonly GoldRow[]): NonNullable<EvalReport['gold']> {
  const mean = (measure: (row: GoldRow) => number): number =>
    rounded(rows.reduce((sum, row) => sum + measure(row), 0) / rows.length, 4);
  const within = (depth: number): number => mean(({ rank }) => Number(rank !== null && rank <= depth));
  return {
    count: rows.length,
    r1: within(1),
    r3: within(3),
    r10: within(10),
    mrr: mean(({ rank }) => (rank === null ? 0 : 1 / rank)),
    rougeL: mean((row) => row.rougeL),
    covered: mean(({ covered }) => Number(covered)),
    refused: mean(({ kind }) => Number(kind === 'none')),
  };
}

/** Computes quantiles by nearest rank: the smallest value that at least that share of values does not exceed. */
function quantiles(values: readonly number[]): EvalReport['timeMs'] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0, 3);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
