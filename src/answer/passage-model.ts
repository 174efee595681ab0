import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readDataFile } from '../config/data-file.js';
import { PASSAGE_FEATURES, type PassageFeatures } from './passage-features.js';

const evidenceSchema = z.object({
  about: z.string(),
  weights: z.record(z.enum(PASSAGE_FEATURES), z.number()),
});

/** What chooses among a notice's passages. */
export interface PassageModel {
  readonly weights: Readonly<PassageFeatures>;
}

/** Reads `evidence.json`; throws an `OperatorError` when it is not as it should be. */
function loadPassageModel(dataDirectory: string): PassageModel {
  const { weights } = readDataFile(join(dataDirectory, 'evidence.json'), evidenceSchema);
  return { weights };
}

/** Beside `src` and beside `dist`. */
const DATA = fileURLToPath(new URL('../../data/', import.meta.url));
let shipped: PassageModel | null = null;

/** The model that ships with the program, read once, when first used. */
export function shippedPassageModel(): PassageModel {
  shipped ??= loadPassageModel(DATA);
  return shipped;
}

export function passageScore(features: PassageFeatures, { weights }: PassageModel): number {
  let score = 0;
  for (const name of PASSAGE_FEATURES) score += weights[name] * features[name];
  return score;
}
