import { z } from 'zod';
import { PASSAGE_FEATURES, type PassageFeatures } from './passage-features.js';

/** Schema of `data/evidence.json`. */
export const passageModelSchema = z.object({
  about: z.string(),
  weights: z.record(z.enum(PASSAGE_FEATURES), z.number()),
});

/** Linear model that selects a passage of a notice. */
export interface PassageModel {
  readonly weights: Readonly<PassageFeatures>;
}

export function passageScore(features: PassageFeatures, { weights }: PassageModel): number {
  let score = 0;
  for (const name of PASSAGE_FEATURES) score += weights[name] * features[name];
  return score;
}
