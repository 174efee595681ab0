import { z } from 'zod';
import type { RankingFeatures } from './ranking-features.js';
import type { Regions } from './regions.js';

/** Schema of `data/ranking.json`. */
export const rankingSchema = z.object({
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

export function rankingScore(features: RankingFeatures, { weights }: RankingModel): number {
  return RANKING_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], 0);
}
