import { readFileSync, writeFileSync } from 'node:fs';
import { UNIT_FEATURES } from '../../src/answering/scoring/unit-features.js';
import { dataFiles } from '../../src/bootstrap/data-files.js';

const FILE = `${dataFiles.directory}scorer.json`;

/**
 * Replaces the scorer by one of zeros where its features are no longer those of the program, which would not start
 * otherwise. train.py writes the trained one.
 */
export function replaceForeignScorer(): void {
  const scorer = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly features: readonly string[] };
  if (scorer.features.join() === UNIT_FEATURES.join()) return;
  const zeros = UNIT_FEATURES.map(() => 0);
  const untrained = {
    about: 'Untrained: the features changed. Run scripts/training/train.py.',
    features: UNIT_FEATURES,
    mean: zeros,
    spread: zeros.map(() => 1),
    unit: [{ weights: [zeros], bias: [0] }],
    none: [{ weights: [[...zeros, ...zeros]], bias: [0] }],
    calibration: { slope: 1, bias: 0 },
  };
  writeFileSync(FILE, JSON.stringify(untrained));
  console.log('data/scorer.json is untrained now: its features changed');
}
