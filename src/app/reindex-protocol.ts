import { z } from 'zod';
import { runSummarySchema } from './reindex-summary.js';

/** What the bot tells the child process that runs the index. */
export const reindexJobSchema = z.object({
  dataDir: z.string(),
  sources: z.array(z.string()),
  dryRun: z.boolean(),
  sourceMaxBytes: z.number(),
});
export type ReindexJob = z.infer<typeof reindexJobSchema>;

/** How far a run is. `file` is the base name of the file being read. */
const progressSchema = z.object({
  stage: z.enum(['reading', 'repairing', 'saving', 'indexing']),
  file: z.string().nullable(),
  done: z.number(),
  total: z.number(),
});
export type ReindexProgress = z.infer<typeof progressSchema>;

/** How many notices a run stored. `refreshed`: with the same content, of which more or other facts are known now. */
const savedSchema = z.object({ new: z.number(), changed: z.number(), refreshed: z.number() });
export type Saved = z.infer<typeof savedSchema>;

/** What the child tells the bot; after `done` or `failed` it ends. */
export const reindexEventSchema = z.discriminatedUnion('kind', [
  progressSchema.extend({ kind: z.literal('progress') }),
  /** Stored for good, whatever becomes of the run. Not told when nothing was. */
  savedSchema.extend({ kind: z.literal('saved') }),
  z.object({ kind: z.literal('done'), summary: runSummarySchema }),
  /** In the words of an operator. What can be recorded of it, the child has recorded. */
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type ReindexEvent = z.infer<typeof reindexEventSchema>;
