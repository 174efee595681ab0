import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCases } from '../../src/eval/cases.js';

const SHARED = new URL('../../../shared/eval/', import.meta.url);
const sets = ['tianjin-questions.jsonl', 'policies-questions.jsonl'].map((name) =>
  fileURLToPath(new URL(name, SHARED)),
);
const present = sets.every((path) => existsSync(path));
if (!present) console.warn('../shared/eval is not beside the project: its question files are not read.');

describe.skipIf(!present)('the development questions', () => {
  it('are read without a problem', async () => {
    const { cases, problems } = await readCases(sets);
    expect(problems).toEqual([]);
    expect(cases.length).toBe(741);
  });
});
