import { z } from 'zod';
import { runSummarySchema } from './run-report.js';

/** Message from the bot to the child process that indexes. */
export const reindexJobSchema = z.object({
  dataDir: z.string(),
  sources: z.array(z.string()),
  dryRun: z.boolean(),
  sourceMaxBytes: z.number(),
});
export type ReindexJob = z.infer<typeof reindexJobSchema>;

/** Progress of a run. `file`: base name of the file being read. */
const progressSchema = z.object({
  stage: z.enum(['reading', 'repairing', 'saving', 'indexing']),
  file: z.string().nullable(),
  done: z.number(),
  total: z.number(),
});
export type ReindexProgress = z.infer<typeof progressSchema>;

/** Numbers of notices that a run stored. `refreshed`: with unchanged content but more or other facts. */
const savedSchema = z.object({ new: z.number(), changed: z.number(), refreshed: z.number() });
export type SavedCounts = z.infer<typeof savedSchema>;

/** Message from the child to the bot; after `done` or `failed` the child ends. */
export const reindexEventSchema = z.discriminatedUnion('kind', [
  progressSchema.extend({ kind: z.literal('progress') }),
  /** Stored permanently, even if the run fails later. Not sent when nothing was stored. */
  savedSchema.extend({ kind: z.literal('saved') }),
  z.object({ kind: z.literal('done'), summary: runSummarySchema }),
  /** `message` is for the operator. The child has recorded the failed run if it could. */
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type ReindexEvent = z.infer<typeof reindexEventSchema>;
