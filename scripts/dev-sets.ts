/**
 * The development questions beside the project (`../shared/eval`), as the
 * measuring scripts read them. They are not part of the project; without them
 * the scripts say so and end.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SHARED = fileURLToPath(new URL('../../shared/', import.meta.url));

export const sharedFiles = {
  export: `${SHARED}corpus/tianjin-2024-03.txt`,
  exportQuestions: `${SHARED}eval/tianjin-questions.jsonl`,
  policies: `${SHARED}eval/policies.jsonl`,
  policyQuestions: `${SHARED}eval/policies-questions.jsonl`,
};

const policyQuestion = z.object({ id: z.string(), docid: z.string(), question: z.string(), answer: z.string() });
export type PolicyQuestion = z.infer<typeof policyQuestion>;

const exportQuestion = z.object({
  id: z.string(),
  q: z.string(),
  type: z.string(),
  expect: z.object({ all: z.array(z.string()), any: z.array(z.array(z.string())), none: z.array(z.string()) }),
  source: z.string().nullable(),
  refuse: z.boolean(),
});
export type ExportQuestion = z.infer<typeof exportQuestion>;

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => schema.parse(JSON.parse(line)));
}

export const readPolicyQuestions = (): PolicyQuestion[] => readLines(sharedFiles.policyQuestions, policyQuestion);
export const readExportQuestions = (): ExportQuestion[] => readLines(sharedFiles.exportQuestions, exportQuestion);

/** Ends the script with a word of explanation where the development sets are not at hand. */
export function requireDevSets(): void {
  if (existsSync(sharedFiles.policies)) return;
  console.error('The development questions (../shared/eval) are not beside the project; nothing was measured.');
  process.exit(1);
}
