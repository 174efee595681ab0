import { z } from 'zod';
import { VIOLATIONS } from '../answer/invariants.js';

/** Raise it when the fields below change their meaning; a report of another version is not compared. */
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
  /** Of the answer's notice; null when there is none. */
  noticeTitle: z.string().nullable(),
  ms: z.number().nonnegative(),
  violations: z.array(z.enum(VIOLATIONS)),
});

const judgedFields = rowFields.extend({
  verdict: z.enum(['right', 'said wrongly', 'refused wrongly']),
  /** The right thing was to refuse. */
  refuse: z.boolean(),
  faults: z.array(z.object({ kind: z.enum(['missing', 'forbidden', 'other notice']), texts: z.array(z.string()) })),
});
const questionRow = judgedFields.extend({ form: z.literal('question'), type: z.string() });
/** Its id is the dialogue's with the number of the turn: `d1#2`. */
const turnRow = judgedFields.extend({ form: z.literal('turn') });
const goldRow = rowFields.extend({
  form: z.literal('gold'),
  /** Of the right notice among the candidates, from 1; null when it is not there. */
  rank: count.nullable(),
  rougeL: share,
  /** Whether the first 400 characters of answer and quote hold four fifths of the gold. */
  covered: z.boolean(),
});
const row = z.discriminatedUnion('form', [questionRow, turnRow, goldRow]);

export const reportSchema = z.object({
  report: z.literal(NAME),
  version: z.literal(VERSION),
  /** When it was measured, ISO 8601; with `--now` the moment that was given. */
  at: z.iso.datetime(),
  asked: count,
  /** Single questions of the golden set, by type in the order of the file. */
  types: z.array(verdicts.extend({ type: z.string() })),
  judged: verdicts,
  /** Of the single questions: how many must be refused, and how many of these were. */
  refusals: z.object({ expected: count, right: count }),
  /** A dialogue is right when all its turns are. Null without dialogues. */
  dialogues: z.object({ count, right: count, turns: verdicts }).nullable(),
  /** Questions with a gold text. Null without any. */
  gold: z
    .object({ count, r1: share, r3: share, r10: share, mrr: share, rougeL: share, covered: share, refused: share })
    .nullable(),
  /** How many answers broke which promise; all 0 in a sound program. */
  invariants: z.object({
    answers: count,
    noQuote: count,
    quoteNotInNotice: count,
    digitLock: count,
    noticeNotStored: count,
  }),
  /** Of the whole answer. */
  timeMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  rows: z.array(row),
});

/** What an evaluation found: plain data, to be kept as JSON and compared with the next one. */
export type EvalReport = z.infer<typeof reportSchema>;
export type Verdicts = z.infer<typeof verdicts>;
export type EvalRow = z.infer<typeof row>;
export type JudgedRow = z.infer<typeof questionRow> | z.infer<typeof turnRow>;
export type GoldRow = z.infer<typeof goldRow>;

export const reportHead = { report: NAME, version: VERSION } as const;
