import { describe, expect, it } from 'vitest';
import { questionSets } from '../../scripts/question-sets.js';
import { compareSet } from '../../scripts/verdicts/compare-set.js';
import { countVerdicts } from '../../scripts/verdicts/ledger.js';
import { realAnalyser } from '../support/real-analyser.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';

const sets = questionSets();

for (const { name } of sets.filter(({ isPresent }) => !isPresent)) {
  console.warn(`NOT RUN: question set ${name} (its files lie beside the project and are not on this machine)`);
}

const program = { ...loadProgramData(), analyser: realAnalyser() };

describe.each(sets.filter(({ isPresent }) => isPresent))('the question set $name', (set) => {
  it('is answered as its ledger of verdicts says, and never against the invariants', async () => {
    const { rows, violations, differences } = await compareSet(set, program);
    console.log(`${set.name}: ${countVerdicts(rows)}`);
    expect(violations).toEqual([]);
    // A change on purpose: look at `npm run verdicts`, then `npm run verdicts -- --update`.
    expect(differences.join('\n')).toBe('');
  }, 300_000);
});
