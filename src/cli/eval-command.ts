import { resolve } from 'node:path';
import { OperatorError } from '../domain/errors.js';
import { compareReports, type Comparison, type FigureChange } from '../eval/compare.js';
import { readCases, type CaseProblem } from '../eval/cases.js';
import { readReport, writeReport, type EvalReport, type EvalRow, type VerdictCounts } from '../eval/report.js';
import { runEval, type EvalSubject } from '../eval/run.js';
import { toSingleLine } from '../eval/single-line.js';
import { evalMessages as m } from '../messages/eval.js';
import { formatProblem } from '../messages/source.js';
import type { Io } from './io.js';

/** Largest number of problems printed; the rest are counted. */
const PROBLEMS_SHOWN = 20;
/** Largest number of changed questions printed for each direction without `--show`. */
const CHANGES_SHOWN = 20;
/** Longest excerpt of an answer or a title on a line, in UTF-16 units. */
const PIECE_LENGTH = 80;

export interface EvalCommandOptions {
  /** Path of a report to compare with, or null. May be the file of `out`: it is read first. */
  readonly compare: string | null;
  /** Path to write the report to, or null. */
  readonly out: string | null;
  /** Whether to print each question that was not answered well. */
  readonly show: boolean;
  /** Instant that the answers are given for; null: now. */
  readonly now: Date | null;
}

/**
 * Asks all questions of the files, prints the figures and writes the report. Throws an `OperatorError` before the first
 * question when no question is usable, `compare` is not a report, or `out` would overwrite a question file.
 */
export async function runEvalCommand(
  paths: readonly string[],
  subject: EvalSubject,
  io: Io,
  { compare, out, show, now }: EvalCommandOptions,
): Promise<void> {
  const earlier = compare === null ? null : await readReport(compare);
  const { cases, problems, files } = await readCases(paths);
  if (out !== null && files.some((file) => resolve(file) === resolve(out))) {
    throw new OperatorError(m.outIsQuestions(out), { exitCode: 2 });
  }
  printProblems(problems, io);
  const report = await runEval(cases, subject, now === null ? {} : { at: now });
  printEval(report, io, { show, comparison: earlier === null ? null : compareReports(earlier, report) });
  if (out !== null) {
    await writeReport(out, report);
    io.out(m.written(out));
  }
}

function printProblems(problems: readonly CaseProblem[], io: Io): void {
  if (problems.length === 0) return;
  io.err(m.problems(problems.length));
  for (const problem of problems.slice(0, PROBLEMS_SHOWN)) io.err(m.problem(formatProblem(problem, problem.message)));
  if (problems.length > PROBLEMS_SHOWN) io.err(m.moreProblems(problems.length - PROBLEMS_SHOWN));
}

/** Prints the figures of a report, what changed since another, and with `show` every question not answered well. */
function printEval(
  report: EvalReport,
  io: Io,
  { show, comparison }: { readonly show: boolean; readonly comparison: Comparison | null },
): void {
  const { types, judged, refusals, dialogues, gold } = report;
  const rows = types.map(({ type, ...counts }) => tableRow(short(type), counts));
  if (types.length > 0) rows.push(tableRow(m.total, judged));
  if (dialogues !== null) rows.push(tableRow(m.turns, dialogues.turns));
  if (rows.length > 0) printTable([[...m.columns], ...rows], io);
  if (refusals.expected > 0) io.out(m.refusals(refusals.right, refusals.expected));
  if (dialogues !== null) io.out(m.dialogues(dialogues.right, dialogues.count));
  if (gold !== null) {
    io.out(m.retrieval(gold));
    io.out(m.gold(gold));
  }
  io.out(m.invariants(report.invariants));
  io.out(m.times(report.timeMs));
  if (show) printFailures(report.rows, io);
  if (comparison !== null) printComparison(comparison, io, show ? Infinity : CHANGES_SHOWN);
}

function tableRow(name: string, { right, saidWrongly, refusedWrongly }: VerdictCounts): string[] {
  return [name, ...[right + saidWrongly + refusedWrongly, right, saidWrongly, refusedWrongly].map(String)];
}

/** Prints a table: the first column aligned left, the numbers right. */
function printTable(rows: readonly (readonly string[])[], io: Io): void {
  const widths = m.columns.map((_, column) =>
    rows.reduce((width, row) => Math.max(width, widthOf(row[column] ?? '')), 0),
  );
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const blanks = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
      return column === 0 ? cell + blanks : blanks + cell;
    });
    io.out(cells.join('  '));
  }
}

/** Returns the width in terminal columns: Chinese characters and full-width signs take two. */
const widthOf = (text: string): number => text.replace(/[\u1100-\u115f\u2e80-\uffe6]/g, '  ').length;

function printFailures(rows: readonly EvalRow[], io: Io): void {
  const failures = rows.filter((row) => row.violations.length > 0 || !isGood(row));
  if (failures.length === 0) return;
  io.out(m.notRight(failures.length));
  for (const row of failures) {
    io.out(m.row(stateOf(row), short(row.id), short(row.question)));
    io.out(m.rowAnswer(m.kinds[row.kind], short(row.answer), row.noticeTitle === null ? null : short(row.noticeTitle)));
    for (const detail of detailsOf(row)) io.out(m.rowDetail(short(detail)));
  }
}

function detailsOf(row: EvalRow): string[] {
  const details = brokenBy(row);
  if (row.form === 'gold') return details;
  if (row.refuse) details.push(m.mustRefuse);
  return [...details, ...row.faults.map(({ kind, texts }) => m.faults[kind](texts))];
}

const brokenBy = (row: EvalRow): string[] => row.violations.map((violation) => m.violations[violation]);

const isGood = (row: EvalRow): boolean => (row.form === 'gold' ? row.covered : row.verdict === 'right');

const stateOf = (row: EvalRow): string => (row.form === 'gold' ? m.goldState(row) : m.verdicts[row.verdict]);

function wholeState(row: EvalRow): string {
  const broken = brokenBy(row);
  return broken.length === 0 ? stateOf(row) : m.broken(stateOf(row), broken);
}

function printComparison(comparison: Comparison, io: Io, limit: number): void {
  const { since, better, worse, same, added, removed, figures } = comparison;
  io.out(m.since(since));
  if (added + removed > 0) io.out(m.otherSet(added, removed));
  for (const { figure, before, after } of figures) {
    const [was, is] = [figureText(figure, before), figureText(figure, after)];
    if (was !== is) io.out(m.figure(m.figures[figure], was, is));
  }
  io.out(m.changes(better.length, worse.length, same));
  for (const [how, changes] of [
    [m.worse, worse],
    [m.better, better],
  ] as const) {
    for (const { before, after } of changes.slice(0, limit)) {
      io.out(m.change(how, short(after.id), short(after.question), wholeState(before), wholeState(after)));
    }
    if (changes.length > limit) io.out(m.moreProblems(changes.length - limit));
  }
}

const SHARES: ReadonlySet<FigureChange['figure']> = new Set(['r1', 'r3', 'r10', 'mrr', 'rougeL', 'covered', 'refused']);

function figureText(figure: FigureChange['figure'], value: number | null): string {
  if (value === null) return m.noFigure;
  if (SHARES.has(figure)) return value.toFixed(3);
  return Number.isInteger(value) ? value.toString() : value.toFixed(1);
}

const short = (text: string): string => toSingleLine(text, PIECE_LENGTH);
