import { z } from 'zod';
import { readDataFile } from '../../config/data-file.js';
import { CUED_PERIOD_TYPES } from '../../domain/fact.js';

const words = z.array(z.string().min(1));
const relative = z.array(
  z.object({ word: z.string().min(1), from: z.enum(['publication', 'text']), add: z.int().min(-3).max(3) }),
);
const bounds = z.object({ before: words, after: words, afterUnless: words });

const periodRulesSchema = z.object({
  about: z.string(),
  /** 去年, 次年: counted from the day of publication or from the date last read in the text. */
  relativeYears: relative,
  relativeMonths: relative,
  sameDay: words,
  nextDay: words,
  /** Hours behind these are those of every day. */
  officeHours: words,
  /** Words that leave the start open. */
  until: bounds,
  /** Words that leave the end open. */
  from: bounds,
  /** What happens on the day in 自…之日起, as far as that day is the notice's own. */
  publicationEvents: words,
  /** A number behind or before these is no date (每年3月1日, 5日内). */
  spoiledBefore: words,
  spoiledAfter: z.object({ year: words, month: words, day: words }),
  /** A year alone is a date only beside one of these; elsewhere it is part of a name. */
  yearAlone: z.object({ before: words, after: words }),
  /** 公示期7天: labels after which a bare duration is a period. */
  durations: words,
  durationFillers: words,
  /** What stands after a label in place of a date (另行通知). */
  unsettled: words,
  /** The last words of a label (报名时间). */
  heads: words,
  /** A label with one of these makes a single day the end of the period. */
  deadlineHeads: words,
  /** With one of the heads these say nothing of what happens (具体时间). */
  genericLabels: words,
  /** Right before a date without a year: it lies ahead. */
  due: words,
  /** Between a date and the one that takes its place. */
  changes: words,
  /** Last and first words of a line that addresses the reader (各位同学：). */
  salutations: words,
  salutationOpenings: words,
  /** Words between a label and its date. */
  dropBefore: words,
  /** Words before a date that say nothing of what happens then. */
  emptySubjects: words,
  issuerEndings: words,
  /** What may follow a signature date. */
  signatureClosers: words,
  citing: words,
  /** A cue with one of these right behind it names a thing, not what happens (报名表). */
  nounTails: words,
  /** Words in which a cue is part of another word (改革开放). */
  misleading: words,
  types: z.array(z.object({ type: z.enum(CUED_PERIOD_TYPES), priority: z.int(), cues: words, weak: words })),
});
export type PeriodRules = z.infer<typeof periodRulesSchema>;

/** Reads the words by which periods are recognised. Throws an `OperatorError` naming the file. */
export function loadPeriodRules(path: string): PeriodRules {
  return readDataFile(path, periodRulesSchema);
}
