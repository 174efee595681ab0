import type { EvalReport, EvalRow, GoldRow, JudgedRow } from './report.js';

/** Names of the figures in a report. A figure is null when the report has no questions of its kind. */
export type FigureName =
  | 'right'
  | 'saidWrongly'
  | 'refusedWrongly'
  | 'refusalsRight'
  | 'dialoguesRight'
  | 'turnsRight'
  | 'r1'
  | 'r3'
  | 'r10'
  | 'mrr'
  | 'rougeL'
  | 'covered'
  | 'refused'
  | 'violations'
  | 'p50Ms'
  | 'p99Ms';

export interface FigureChange {
  readonly figure: FigureName;
  readonly before: number | null;
  readonly after: number | null;
}

/** Rows of the same question in two reports. */
export interface RowChange {
  readonly before: EvalRow;
  readonly after: EvalRow;
}

export interface Comparison {
  /** Time of the earlier report, ISO 8601. */
  readonly since: string;
  readonly better: readonly RowChange[];
  readonly worse: readonly RowChange[];
  readonly same: number;
  /** Questions only in the later, and only in the earlier report. Unless both are 0, figures are of different sets. */
  readonly added: number;
  readonly removed: number;
  /** Figures that differ. */
  readonly figures: readonly FigureChange[];
}

/** Smallest difference of ROUGE-L that counts: it moves a little with every change of wording. */
const ROUGE_STEP = 0.1;

/**
 * Compares two reports question by question. Questions are the same when form, id and wording are; one whose wording
 * changed counts as removed and added.
 */
export function compareReports(before: EvalReport, after: EvalReport): Comparison {
  const earlier = new Map(before.rows.map((row) => [identityOf(row), row]));
  const better: RowChange[] = [];
  const worse: RowChange[] = [];
  let common = 0;
  for (const row of after.rows) {
    const key = identityOf(row);
    const old = earlier.get(key);
    if (old === undefined) continue;
    earlier.delete(key);
    common++;
    const step = differenceOf(old, row);
    if (step > 0) better.push({ before: old, after: row });
    else if (step < 0) worse.push({ before: old, after: row });
  }
  return {
    since: before.at,
    better,
    worse,
    same: common - better.length - worse.length,
    added: after.rows.length - common,
    removed: before.rows.length - common,
    figures: figureChanges(before, after),
  };
}

function identityOf({ form, id, question }: EvalRow): string {
  return JSON.stringify([form, id, question]);
}

/** Returns a number > 0 when the later answer is better, < 0 when it is worse. A violated invariant weighs most. */
function differenceOf(before: EvalRow, after: EvalRow): number {
  const broken = before.violations.length - after.violations.length;
  if (broken !== 0) return broken;
  if (before.form === 'gold') return after.form === 'gold' ? goldDifference(before, after) : 0;
  return after.form === 'gold' ? 0 : VERDICT_RANK[after.verdict] - VERDICT_RANK[before.verdict];
}

const VERDICT_RANK: Readonly<Record<JudgedRow['verdict'], number>> = {
  right: 2,
  'refused wrongly': 1,
  'said wrongly': 0,
};

/** Compares by what the reader sees (coverage, then ROUGE-L); by rank only where that stayed the same. */
function goldDifference(before: GoldRow, after: GoldRow): number {
  if (before.covered !== after.covered) return after.covered ? 1 : -1;
  const rouge = after.rougeL - before.rougeL;
  if (Math.abs(rouge) >= ROUGE_STEP) return rouge;
  return depthOf(before) - depthOf(after);
}

/** Returns how many of the cut-offs 1, 3 and 10 a rank misses; 3 when the notice is not a candidate. */
function depthOf({ rank }: GoldRow): number {
  return [1, 3, 10].filter((depth) => rank === null || rank > depth).length;
}

function figureChanges(before: EvalReport, after: EvalReport): FigureChange[] {
  const old = figuresOf(before);
  return figuresOf(after)
    .map(([figure, value], i) => ({ figure, before: old[i]?.[1] ?? null, after: value }))
    .filter((change) => change.before !== change.after);
}

function figuresOf(report: EvalReport): (readonly [FigureName, number | null])[] {
  const { judged, refusals, dialogues, gold, invariants, timeMs } = report;
  const { noQuote, quoteNotInNotice, digitLock, noticeNotStored } = invariants;
  const single = report.types.length > 0;
  return [
    ['right', single ? judged.right : null],
    ['saidWrongly', single ? judged.saidWrongly : null],
    ['refusedWrongly', single ? judged.refusedWrongly : null],
    ['refusalsRight', single ? refusals.right : null],
    ['dialoguesRight', dialogues?.right ?? null],
    ['turnsRight', dialogues?.turns.right ?? null],
    ['r1', gold?.r1 ?? null],
    ['r3', gold?.r3 ?? null],
    ['r10', gold?.r10 ?? null],
    ['mrr', gold?.mrr ?? null],
    ['rougeL', gold?.rougeL ?? null],
    ['covered', gold?.covered ?? null],
    ['refused', gold?.refused ?? null],
    ['violations', noQuote + quoteNotInNotice + digitLock + noticeNotStored],
    ['p50Ms', timeMs.p50],
    ['p99Ms', timeMs.p99],
  ];
}
