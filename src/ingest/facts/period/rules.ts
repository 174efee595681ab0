import { z } from 'zod';
import { CUED_PERIOD_TYPES } from '../../../domain/fact.js';

const words = z.array(z.string().min(1));
const relative = z.array(
  z.object({ word: z.string().min(1), from: z.enum(['publication', 'text']), add: z.int().min(-3).max(3) }),
);
const bounds = z.object({ before: words, after: words, afterUnless: words });

/** The vocabulary of periods: `periods.json`. */
export const periodRulesSchema = z.object({
  about: z.string(),
  /** 去年, 次年: an offset from the day of publication or from the previous date in the text. */
  relativeYears: relative,
  relativeMonths: relative,
  sameDay: words,
  nextDay: words,
  /** Words before recurring hours (工作时间, 咨询), which belong to no stated date. */
  officeHours: words,
  /** Words of a period whose start is open (截至, 前). */
  until: bounds,
  /** Words of a period whose end is open (自, 起). */
  from: bounds,
  /** Events in 自…之日起 that take place on the notice's own day (公示, 印发). */
  publicationEvents: words,
  /** Words before (每年3月1日) or behind (5日内) a number that make it no date. */
  spoiledBefore: words,
  spoiledAfter: z.object({ year: words, month: words, day: words }),
  /** Words beside which a year alone is a date; elsewhere it is part of a name. */
  yearAlone: z.object({ before: words, after: words }),
  /** Labels after which a bare duration is a period (公示期7天). */
  durations: words,
  durationFillers: words,
  /** Phrases after a label in place of a date (另行通知). */
  unsettled: words,
  /** Nouns that end a label (时间 in 报名时间). */
  heads: words,
  /** Words of a label that make a single day the end of the period (截止). */
  deadlineHeads: words,
  /** Modifiers that, with one of the heads, name no event (具体时间). */
  genericLabels: words,
  /** Words right before a date without a year that place it after the notice (最迟). */
  due: words,
  /** Words between a date and the date that replaces it (改为). */
  changes: words,
  /** Last words, and below them first words, of a line that addresses the reader (各位同学：). */
  salutations: words,
  salutationOpenings: words,
  /** Words removed between a label and its date (将于, 定为). */
  dropBefore: words,
  /** Words removed at the start of a subject or predicate because they name no event (请, 各单位). */
  emptySubjects: words,
  issuerEndings: words,
  /** Words that may follow a signature date (附件, 抄送). */
  signatureClosers: words,
  citing: words,
  /** Words right behind a cue that make it the name of a thing, not of an event (报名表). */
  nounTails: words,
  /** Words that contain a cue as part of another word (改革开放). */
  misleading: words,
  types: z.array(z.object({ type: z.enum(CUED_PERIOD_TYPES), priority: z.int(), cues: words, weak: words })),
});
export type PeriodRules = z.infer<typeof periodRulesSchema>;
