import type { Repair } from '../../domain/notice.js';
import { isMaskRule } from './injections.js';
import type { RepairRules } from './rules.js';

export interface RepairTally {
  /** Number of repairs by rule, the most frequent first. */
  readonly byRule: ReadonlyMap<string, number>;
  /** Number of restored injected phrases by replacement. */
  readonly restored: ReadonlyMap<string, number>;
  /** Number of injected phrases replaced by the mask. */
  readonly masked: number;
}

/** Counts recorded repairs for the report of an index run. */
export function tallyRepairs(repairs: Iterable<Repair>, rules: RepairRules): RepairTally {
  const replacements = new Map<string, string>();
  for (const { name, contexts } of rules.injections) {
    for (const context of contexts) replacements.set(`${name}/${context.name}`, context.replacement);
  }
  const byRule = new Map<string, number>();
  const restored = new Map<string, number>();
  let masked = 0;
  for (const { rule } of repairs) {
    add(byRule, rule);
    const replacement = replacements.get(rule);
    if (replacement !== undefined) add(restored, replacement);
    if (isMaskRule(rule)) masked++;
  }
  return { byRule: new Map([...byRule].sort((a, b) => b[1] - a[1])), restored, masked };
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
