import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readDataFile } from '../../config/data-file.js';
import { PASSAGE_FEATURES, type PassageFeatures } from './passage-features.js';

const evidenceSchema = z.object({
  about: z.string(),
  weights: z.record(z.enum(PASSAGE_FEATURES), z.number()),
});

/** Linear model that selects a passage of a notice. */
export interface PassageModel {
  readonly weights: Readonly<PassageFeatures>;
}

/** Reads `evidence.json`. Throws an `OperatorError` when it does not fit the schema. */
function loadPassageModel(dataDirectory: string): PassageModel {
  const { weights } = readDataFile(join(dataDirectory, 'evidence.json'), evidenceSchema);
  return { weights };
}

/** The same path from `src` and from `dist`. */
const DATA = fileURLToPath(new URL('../../../data/', import.meta.url));
let shipped: PassageModel | null = null;

/** Returns the model that ships with the program, read at the first call. */
export function shippedPassageModel(): PassageModel {
  shipped ??= loadPassageModel(DATA);
  return shipped;
}

export function passageScore(features: PassageFeatures, { weights }: PassageModel): number {
  let score = 0;
  for (const name of PASSAGE_FEATURES) score += weights[name] * features[name];
  return score;
}
