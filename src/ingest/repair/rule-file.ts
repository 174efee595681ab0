import { z } from 'zod';

const literals = z.array(z.string().min(1)).min(1);

const context = z
  .object({
    name: z.string().min(1),
    replacement: z.string().min(1),
    /** Texts of which one must directly precede the phrase; `{名}` refers to a token. */
    before: literals.optional(),
    /** Texts of which one must directly follow the phrase. With both lists, both must match. */
    after: literals.optional(),
    /** Matches only when the notice's other occurrences, decided by their own contexts, all take this replacement. */
    needsCompanion: z.boolean().default(false),
  })
  .refine((value) => value.before !== undefined || value.after !== undefined, { error: 'before / after' });

const injection = z.object({
  name: z.string().min(1),
  phrase: z.string().min(2),
  /** Other spellings of the phrase (traditional forms), of the same length, matched in any mixture. */
  variants: z.array(z.string()).default([]),
  contexts: z.array(context),
});

const token = z.union([
  z.object({ words: literals }),
  /** A run of `min` to `max` characters from a set: `chars` lists them, or is the name `Han`. */
  z.object({ chars: z.string().min(1), min: z.number().int().min(0), max: z.number().int().min(1).max(40) }),
]);

const suspicious = z.object({
  heads: literals,
  tails: literals,
  maxBetween: z.number().int().min(0).max(20),
  minOccurrences: z.number().int().min(2),
  minDistinctContexts: z.number().int().min(1),
  /** Legitimate terms: a phrase that contains one is not reported. */
  allow: z.array(z.string().min(1)),
  /** Characters that can directly precede (`fitsBefore`) or follow (`fitsAfter`) a legitimate term in a sentence. */
  fitsBefore: z.string(),
  fitsAfter: z.string(),
});

/** Schema of `data/repairs.json`. */
export const ruleFile = z.object({
  about: z.string(),
  mask: z.string().min(1),
  interrogatives: literals,
  /** Characters that may occur between the phrase and its context. */
  skip: z.object({ before: z.string(), after: z.string() }),
  tokens: z.record(z.string(), token),
  injections: z.array(injection),
  suspicious,
});

export type ContextRule = z.infer<typeof context>;
export type InjectionRule = z.infer<typeof injection>;
export type TokenRule = z.infer<typeof token>;
export type SuspiciousRule = z.infer<typeof suspicious>;
