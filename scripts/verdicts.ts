/**
 * Asks every question set and compares each verdict with the committed ledger
 * (test/sets/<role>/<topic>/verdicts.tsv); exits with 1 where anything differs.
 * Usage: npm run verdicts [-- --update] [set …]; `--update` writes the ledgers.
 */
import { writeFileSync } from 'node:fs';
import { loadProgram } from './collections.js';
import { questionSets } from './question-sets.js';
import { compareSet } from './verdicts/compare-set.js';
import { countVerdicts, formatLedger } from './verdicts/ledger.js';

const args = process.argv.slice(2);
const update = args.includes('--update');
const names = args.filter((arg) => !arg.startsWith('--'));
const chosen = questionSets().filter(({ name }) => names.length === 0 || names.includes(name));
if (chosen.length === 0) {
  console.error(
    `No such set; there are: ${questionSets()
      .map(({ name }) => name)
      .join(', ')}`,
  );
  process.exit(2);
}

const program = loadProgram();
for (const set of chosen) {
  if (!set.isPresent) {
    console.error(`NOT RUN: ${set.name} (its files lie beside the project and are not on this machine)`);
    continue;
  }
  const { rows, violations, differences } = await compareSet(set, program);
  console.log(`${set.name}: ${countVerdicts(rows)}`);
  for (const line of differences) console.log(line);
  for (const violation of violations) console.error(`INVARIANT BROKEN: ${set.name} ${violation}`);
  if (update) writeFileSync(set.verdicts, formatLedger(set.name, rows));
  if (violations.length > 0 || (differences.length > 0 && !update)) process.exitCode = 1;
}
