import { z } from 'zod';
import { isOfOtherPlace, type RankedNotice, type Ranking } from '../retrieval/retrieve.js';
import { coveredWeight, heaviestWindow } from '../retrieval/windows.js';
import type { Question } from '../question/understand.js';

/** Sentences that together may support an answer. */
const WINDOW_SENTENCES = 3;

export const FEATURES = ['window', 'coverage', 'rarestMissing', 'otherPlace'] as const;
export type SupportFeatures = Record<(typeof FEATURES)[number], number>;

export const supportSchema = z.object({
  about: z.string(),
  threshold: z.number().min(0).max(1),
  bias: z.number(),
  weights: z.object({
    window: z.number(),
    coverage: z.number(),
    rarestMissing: z.number(),
    otherPlace: z.number(),
  }),
});
export type SupportModel = z.infer<typeof supportSchema>;

/**
 * What speaks for and against a notice holding the answer, each 0 … 1 and all
 * relative to the question, so that long and short questions compare:
 * the share of the question's weight in the best few sentences with the title,
 * the share in the whole notice, the share of its heaviest absent term, and
 * whether it is of another place than the question names.
 */
export function supportFeatures(question: Question, ranked: RankedNotice, ranking: Ranking): SupportFeatures {
  const { terms, totalWeight } = ranking;
  const all = [ranked.titleMatches, ...ranked.matches];
  const window = heaviestWindow(ranked.matches, terms, WINDOW_SENTENCES);
  const inWindow = [ranked.titleMatches, ...(window === null ? [] : ranked.matches.slice(window.from, window.to + 1))];
  const present = new Set(all.flat());
  const missing = terms.filter((_, t) => !present.has(t)).map(({ weight }) => weight);
  const heaviest = Math.max(0, ...terms.map(({ weight }) => weight));
  const share = (weight: number): number => (totalWeight === 0 ? 0 : weight / totalWeight);
  return {
    window: share(coveredWeight(inWindow, terms)),
    coverage: share(coveredWeight(all, terms)),
    rarestMissing: heaviest === 0 ? 1 : Math.max(0, ...missing) / heaviest,
    otherPlace: isOfOtherPlace(ranked.notice, question.places) ? 1 : 0,
  };
}

/** The probability that the notice supports an answer, by the calibrated model. */
export function supportOf(values: SupportFeatures, { bias, weights }: SupportModel): number {
  const sum = FEATURES.reduce((total, name) => total + weights[name] * values[name], bias);
  return 1 / (1 + Math.exp(-sum));
}
