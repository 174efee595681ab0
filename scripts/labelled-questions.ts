/**
 * The training questions as the fitting and measuring scripts read them. Some lie
 * beside the project (`../shared/eval`); without them the scripts say so and end.
 */
import { z } from 'zod';
import { questionSets, readLines, type QuestionSet } from './question-sets.js';

const policyQuestion = z.object({ id: z.string(), docid: z.string(), question: z.string(), answer: z.string() });
export type PolicyQuestion = z.infer<typeof policyQuestion>;

const labelledQuestion = z.object({
  id: z.string(),
  q: z.string(),
  type: z.string(),
  expect: z.object({ all: z.array(z.string()), any: z.array(z.array(z.string())), none: z.array(z.string()) }),
  source: z.string().nullable(),
  refuse: z.boolean(),
});
export type LabelledQuestion = z.infer<typeof labelledQuestion>;

/** Returns the set of that name. Throws when the list of sets has none. */
export function setNamed(name: string): QuestionSet {
  const set = questionSets().find((one) => one.name === name);
  if (set === undefined) throw new Error(`test/sets/sets.json has no set ${name}`);
  return set;
}

/** The set whose questions carry a gold text instead of expected words. */
const POLICIES = 'train/policies-gold';

/** Questions on one policy each, with the literal part of it that answers. */
export const policies = setNamed(POLICIES);
export const readPolicyQuestions = (): PolicyQuestion[] => readLines(policies.questions, policyQuestion);

/** A set of questions with what a right answer holds, and the notices that they are asked of. */
export interface LabelledSet extends QuestionSet {
  readonly labelled: readonly LabelledQuestion[];
}

export const readLabelled = (set: QuestionSet): LabelledSet => ({
  ...set,
  labelled: readLines(set.questions, labelledQuestion),
});

/** Returns every training set but the policies with gold texts, in the order of the list. */
export function labelledSets(): LabelledSet[] {
  return questionSets()
    .filter(({ name, role }) => role === 'train' && name !== POLICIES)
    .map(readLabelled);
}

/** Ends the script with a word of explanation where a training set is not at hand. */
export function requireTrainingSets(): void {
  const missing = questionSets().filter(({ role, isPresent }) => role === 'train' && !isPresent);
  if (missing.length === 0) return;
  console.error(`Not on this machine: ${missing.map(({ name }) => name).join(', ')}; nothing was measured.`);
  process.exit(1);
}
