import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readDataFile } from '../../config/data-file.js';
import type { RankingFeatures } from './ranking-features.js';
import { loadRegions, type Regions } from './regions.js';

const rankingSchema = z.object({
  about: z.string(),
  weights: z.object({
    bm25: z.number(),
    sentence: z.number(),
    window: z.number(),
    coverage: z.number(),
    phrase: z.number(),
    lateness: z.number(),
    titleAsked: z.number(),
    regionHead: z.number(),
    regionMentioned: z.number(),
    otherRegionTitle: z.number(),
    otherRegionHead: z.number(),
    uncalledRegion: z.number(),
    otherYear: z.number(),
  }),
});
type RankingWeights = z.infer<typeof rankingSchema>['weights'];

/** Linear model that orders the candidates of a search. */
export interface RankingModel {
  readonly weights: RankingWeights;
  readonly regions: Regions;
}

export const RANKING_FEATURES = Object.keys(rankingSchema.shape.weights.shape) as readonly (keyof RankingWeights)[];

/** Reads `ranking.json` and `regions.json`. Throws an `OperatorError` that names the invalid file. */
function loadRankingModel(dataDirectory: string): RankingModel {
  const { weights } = readDataFile(join(dataDirectory, 'ranking.json'), rankingSchema);
  return { weights, regions: loadRegions(dataDirectory) };
}

/** The same path from `src` and from `dist`. */
const DATA = fileURLToPath(new URL('../../../data/', import.meta.url));
let shipped: RankingModel | null = null;

/** Returns the model that ships with the program, read at the first call. */
export function shippedRankingModel(): RankingModel {
  shipped ??= loadRankingModel(DATA);
  return shipped;
}

export function rankingScore(features: RankingFeatures, { weights }: RankingModel): number {
  return RANKING_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], 0);
}
