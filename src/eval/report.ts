import { open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { VIOLATIONS } from '../answering/compose/invariants.js';
import { OperatorError } from '../domain/errors.js';
import { parseJson } from '../domain/parse-json.js';
import { failureReason } from '../ingest/source/find-files.js';
import { evalMessages as m } from '../messages/eval.js';

/** Version of the format. Raise it when fields below change their meaning; other versions are not compared. */
const VERSION = 1;
const NAME = 'bulletin-bot eval';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

const verdicts = z.object({ right: count, saidWrongly: count, refusedWrongly: count });

const rowFields = z.object({
  id: z.string(),
  question: z.string(),
  kind: z.enum(['answer', 'choices', 'none']),
  answer: z.string(),
  /** Title of the answer's notice; null when there is none. */
  noticeTitle: z.string().nullable(),
  ms: z.number().nonnegative(),
  violations: z.array(z.enum(VIOLATIONS)),
});

const judgedFields = rowFields.extend({
  verdict: z.enum(['right', 'said wrongly', 'refused wrongly']),
  /** Whether the right answer is a refusal. */
  refuse: z.boolean(),
  faults: z.array(z.object({ kind: z.enum(['missing', 'forbidden', 'other notice']), texts: z.array(z.string()) })),
});
const questionRow = judgedFields.extend({ form: z.literal('question'), type: z.string() });
/** `id` is the dialogue's id with the number of the turn, from 1: `d1#2`. */
const turnRow = judgedFields.extend({ form: z.literal('turn') });
const goldRow = rowFields.extend({
  form: z.literal('gold'),
  /** Rank of the right notice among the candidates, from 1; null when it is not among them. */
  rank: count.nullable(),
  rougeL: share,
  /** Whether the first 400 characters of answer and quote hold four fifths of the gold; see `coversGold`. */
  covered: z.boolean(),
});
const row = z.discriminatedUnion('form', [questionRow, turnRow, goldRow]);

export const reportSchema = z.object({
  report: z.literal(NAME),
  version: z.literal(VERSION),
  /** Time of the measurement, ISO 8601; with `--now` the given instant. */
  at: z.iso.datetime(),
  asked: count,
  /** Verdicts on the single questions, by type in the order of the file. */
  types: z.array(verdicts.extend({ type: z.string() })),
  judged: verdicts,
  /** Number of single questions that must be refused, and how many of these were. */
  refusals: z.object({ expected: count, right: count }),
  /** A dialogue is right when all its turns are. Null without dialogues. */
  dialogues: z.object({ count, right: count, turns: verdicts }).nullable(),
  /** Retrieval and answer figures of the questions with a gold text. Null without any. */
  gold: z
    .object({ count, r1: share, r3: share, r10: share, mrr: share, rougeL: share, covered: share, refused: share })
    .nullable(),
  /** Numbers of answers that violate each invariant; all 0 in a correct program. */
  invariants: z.object({
    answers: count,
    noQuote: count,
    quoteNotInNotice: count,
    digitLock: count,
    noticeNotStored: count,
  }),
  /** Time from question to answer. */
  timeMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  rows: z.array(row),
});

/** Result of an evaluation: plain data, kept as JSON and compared with the next one. */
export type EvalReport = z.infer<typeof reportSchema>;
export type VerdictCounts = z.infer<typeof verdicts>;
export type EvalRow = z.infer<typeof row>;
export type JudgedRow = z.infer<typeof questionRow> | z.infer<typeof turnRow>;
export type GoldRow = z.infer<typeof goldRow>;

export const reportHead = { report: NAME, version: VERSION } as const;

/** Reads a report that an earlier run wrote. Throws an `OperatorError` naming the file when it is not a report. */
export async function readReport(file: string): Promise<EvalReport> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new OperatorError(m.reportUnreadable(file, failureReason(cause)), { cause });
  }
  const result = reportSchema.safeParse(parseJson(text));
  if (!result.success) throw new OperatorError(m.notAReport(file), { cause: result.error });
  return result.data;
}

/**
 * Writes a report atomically: to a temporary file beside `file`, which is then renamed. Throws an `OperatorError`
 * naming the file.
 */
export async function writeReport(file: string, report: EvalReport): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(report, null, 1)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new OperatorError(m.reportUnwritable(file, failureReason(cause)), { cause });
  }
}
