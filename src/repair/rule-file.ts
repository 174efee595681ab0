import { z } from 'zod';

const literals = z.array(z.string().min(1)).min(1);

const context = z
  .object({
    name: z.string().min(1),
    replacement: z.string().min(1),
    /** One of these stands right before the phrase; `{名}` is a token. */
    before: literals.optional(),
    /** One of these stands right after the phrase. With both lists, both must fit. */
    after: literals.optional(),
    /** Fits only when the notice's other occurrences, decided by themselves, all take this replacement. */
    needsCompanion: z.boolean().default(false),
  })
  .refine((value) => value.before !== undefined || value.after !== undefined, { error: 'before / after' });

const injection = z.object({
  name: z.string().min(1),
  phrase: z.string().min(2),
  /** Other spellings of the phrase of the same length (traditional forms), in any mixture. */
  variants: z.array(z.string()).default([]),
  contexts: z.array(context),
});

const token = z.union([
  z.object({ words: literals }),
  /** A run of such characters: `chars` is a list of single characters or the name `Han`. */
  z.object({ chars: z.string().min(1), min: z.number().int().min(0), max: z.number().int().min(1).max(40) }),
]);

const suspicious = z.object({
  heads: literals,
  tails: literals,
  maxBetween: z.number().int().min(0).max(20),
  minOccurrences: z.number().int().min(2),
  minDistinctContexts: z.number().int().min(1),
  /** Legitimate terms: a find that contains one is none. */
  allow: z.array(z.string().min(1)),
  /** Characters with which a sentence fits around a legitimate term. */
  fitsBefore: z.string(),
  fitsAfter: z.string(),
});

/** The schema of `data/repairs.json`. */
export const ruleFile = z.object({
  about: z.string(),
  mask: z.string().min(1),
  interrogatives: literals,
  /** Characters that may lie between the phrase and its context. */
  skip: z.object({ before: z.string(), after: z.string() }),
  tokens: z.record(z.string(), token),
  injections: z.array(injection),
  suspicious,
});

export type ContextRule = z.infer<typeof context>;
export type InjectionRule = z.infer<typeof injection>;
export type TokenRule = z.infer<typeof token>;
export type SuspiciousRule = z.infer<typeof suspicious>;
