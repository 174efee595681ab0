/**
 * Reads the list of question sets (test/sets/sets.json), the one place that says
 * which sets there are, what they are asked of, and whether they are training data.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
const SETS = join(PROJECT, 'test/sets');

const setFile = z.strictObject({
  about: z.string(),
  sets: z.array(
    z.strictObject({
      name: z.string().regex(/^(?:train|heldout)\/[a-z0-9-]+$/),
      notices: z.string(),
      questions: z.string(),
      dialogues: z.string().optional(),
      at: z.iso.datetime({ offset: true }),
    }),
  ),
});

export interface QuestionSet {
  /** Role and topic: `train/offices-linxi`, `heldout/city`. */
  readonly name: string;
  readonly role: 'train' | 'heldout';
  /** Absolute paths. */
  readonly notices: string;
  readonly questions: string;
  /** Null for a set without dialogues. */
  readonly dialogues: string | null;
  /** The ledger of verdicts; see scripts/verdicts/ledger.ts. */
  readonly verdicts: string;
  /** The moment taken for the present. */
  readonly at: Date;
  /** False when a file of the set lies beside the project (`../shared`): its texts are not copied into the ledger. */
  readonly isOwn: boolean;
  /** False when a file of the set is not on this machine. */
  readonly isPresent: boolean;
}

/** Returns all sets in the order of the list. Throws when the list is malformed. */
export function questionSets(): QuestionSet[] {
  const { sets } = setFile.parse(JSON.parse(readFileSync(join(SETS, 'sets.json'), 'utf8')));
  return sets.map(({ name, notices, questions, dialogues, at }) => {
    const files = [notices, questions, ...(dialogues === undefined ? [] : [dialogues])];
    return {
      name,
      role: name.startsWith('train/') ? 'train' : 'heldout',
      notices: join(PROJECT, notices),
      questions: join(PROJECT, questions),
      dialogues: dialogues === undefined ? null : join(PROJECT, dialogues),
      verdicts: join(SETS, name, 'verdicts.tsv'),
      at: new Date(at),
      isOwn: !notices.startsWith('..'),
      isPresent: files.every((file) => existsSync(join(PROJECT, file))),
    };
  });
}

/** Parses each line of a JSON Lines file that is neither blank nor a `#` comment. Throws on the first malformed one. */
export function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => schema.parse(JSON.parse(line)));
}
