import { existsSync, readFileSync } from 'node:fs';
import type { Program } from '../collections.js';
import type { QuestionSet } from '../question-sets.js';
import { describeDiff, diffLedgers, isEmptyDiff, parseLedger } from './ledger.js';
import { runSet, type SetRun } from './run-set.js';

export interface SetComparison extends SetRun {
  /** What differs from the committed ledger, for a person; empty when nothing does. */
  readonly differences: readonly string[];
}

/** Asks the set and compares the verdicts with its ledger. A missing ledger counts as an empty one. */
export async function compareSet(set: QuestionSet, program: Program): Promise<SetComparison> {
  const run = await runSet(set, program);
  const before = existsSync(set.verdicts) ? parseLedger(readFileSync(set.verdicts, 'utf8')) : [];
  const diff = diffLedgers(before, run.rows);
  return { ...run, differences: isEmptyDiff(diff) ? [] : describeDiff(set.name, diff) };
}
