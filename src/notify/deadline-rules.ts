import { z } from 'zod';
import { CUED_PERIOD_TYPES } from '../domain/fact.js';

/** Schema of `data/notify.json`. */
export const notifyRulesSchema = z.object({
  about: z.string(),
  /** Edge at which a period of that type is a deadline; types that are missing never are. */
  deadlines: z.partialRecord(z.enum(CUED_PERIOD_TYPES), z.enum(['start', 'end'])),
  /** Types that are listed only under a label that ends in one of the heads. */
  headed: z.object({ types: z.array(z.enum(CUED_PERIOD_TYPES)), heads: z.array(z.string().min(1)) }),
});
export type NotifyRules = z.infer<typeof notifyRulesSchema>;
