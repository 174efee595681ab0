import { z } from 'zod';
import { isOfOtherPlace, type RankedNotice, type Ranking } from '../retrieval/retrieve.js';
import { coveredWeight, heaviestWindow } from '../retrieval/windows.js';
import type { Question } from '../question/understand.js';

/** Sentences that together may support an answer. */
const WINDOW_SENTENCES = 3;

export const FEATURES = [
  'bm25',
  'sentence',
  'window',
  'coverage',
  'numberMissing',
  'otherPlace',
  'otherRegion',
] as const;
export type SupportFeatures = Record<(typeof FEATURES)[number], number>;

export const supportSchema = z.object({
  about: z.string(),
  threshold: z.number().min(0).max(1),
  bias: z.number(),
  weights: z.record(z.enum(FEATURES), z.number()),
});
export type SupportModel = z.infer<typeof supportSchema>;

/**
 * What speaks for and against a notice holding the answer, all relative to the
 * question, so that long and short questions compare: the notice's score, the
 * share of the question's weight in the best sentence, in the best few with the
 * title, and in the whole notice; whether it lacks a number that the question
 * names; whether it names none of the question's places, or opens with others.
 */
export function supportFeatures(question: Question, ranked: RankedNotice, ranking: Ranking): SupportFeatures {
  const { terms, totalWeight } = ranking;
  const { bm25, sentence, otherRegionHead } = ranked.features;
  const all = [ranked.titleMatches, ...ranked.matches];
  const window = heaviestWindow(ranked.matches, terms, WINDOW_SENTENCES);
  const inWindow = [ranked.titleMatches, ...(window === null ? [] : ranked.matches.slice(window.from, window.to + 1))];
  const present = new Set(all.flat());
  const share = (weight: number): number => (totalWeight === 0 ? 0 : weight / totalWeight);
  return {
    bm25,
    sentence,
    window: share(coveredWeight(inWindow, terms)),
    coverage: share(coveredWeight(all, terms)),
    numberMissing: terms.some(({ term }, t) => NUMBER.test(term) && !present.has(t)) ? 1 : 0,
    otherPlace: isOfOtherPlace(ranked.notice, question.places) ? 1 : 0,
    otherRegion: otherRegionHead,
  };
}

/** A single digit counts something; longer ones name something. */
const NUMBER = /^[0-9]{2,}$/;

/** The probability that the notice supports an answer, by the calibrated model. */
export function supportOf(values: SupportFeatures, { bias, weights }: SupportModel): number {
  const sum = FEATURES.reduce((total, name) => total + weights[name] * values[name], bias);
  return 1 / (1 + Math.exp(-sum));
}
