/**
 * Reads the development questions beside the project (`../shared/eval`) for the measuring scripts. They are no part of
 * the project; without them the scripts print a message and exit.
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
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => schema.parse(JSON.parse(line)));
}

export const readPolicyQuestions = (): PolicyQuestion[] => readLines(sharedFiles.policyQuestions, policyQuestion);
export const readExportQuestions = (): ExportQuestion[] => readLines(sharedFiles.exportQuestions, exportQuestion);

/** Questions with the content of a right answer, and the notices that they are asked of. */
export interface LabelledSet {
  readonly name: string;
  readonly notices: string;
  readonly questions: readonly ExportQuestion[];
  /** Current time of the questions. */
  readonly at: Date;
}

const FIXTURES = fileURLToPath(new URL('../test/fixtures/', import.meta.url));

/** Returns all sets: the shared one and those of the project's tests. */
export function labelledSets(): LabelledSet[] {
  const set = (name: string, notices: string, questions: string, at: string): LabelledSet => ({
    name,
    notices,
    questions: readLines(questions, exportQuestion),
    at: new Date(at),
  });
  const styles = (name: string, at: string): LabelledSet =>
    set(name, `${FIXTURES}${name}/notices.jsonl`, `${FIXTURES}${name}/questions.jsonl`, at);
  return [
    set('export', sharedFiles.export, sharedFiles.exportQuestions, '2024-03-14T09:00:00+08:00'),
    set('export-2', sharedFiles.export, `${FIXTURES}export/questions.jsonl`, '2024-03-10T10:00:00+08:00'),
    styles('styles', '2025-03-20T10:00:00+08:00'),
    styles('styles-2', '2025-04-10T10:00:00+08:00'),
    styles('styles-3', '2025-04-10T10:00:00+08:00'),
    styles('styles-4', '2025-09-15T10:00:00+08:00'),
    styles('styles-5', '2025-09-15T10:00:00+08:00'),
    styles('styles-6', '2025-09-15T10:00:00+08:00'),
    set('policies-2', sharedFiles.policies, `${FIXTURES}policies/questions.jsonl`, '2020-03-14T10:00:00+08:00'),
  ];
}

/** Exits with a message when the development sets are missing. */
export function requireDevSets(): void {
  if (existsSync(sharedFiles.policies)) return;
  console.error('The development questions (../shared/eval) are not beside the project; nothing was measured.');
  process.exit(1);
}
