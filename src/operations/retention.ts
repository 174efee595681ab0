import { addDays, dayInShanghai } from '../domain/dates.js';
import type { RetentionLimits, StateStore } from '../store/state-store.js';

const DAY_MS = 86_400_000;
/** Retention periods in days; /privacy states the same numbers. */
export interface RetentionDays {
  readonly questionDays: number;
  readonly toldDays: number;
  readonly deliveryDays: number;
  /** For chats that blocked the bot. */
  readonly inactiveDays: number;
  /** For the audit log of admin commands. */
  readonly auditDays: number;
}

export function createRetentionDays(questionLogDays: number): RetentionDays {
  return { questionDays: questionLogDays, toldDays: 180, deliveryDays: 30, inactiveDays: 30, auditDays: 365 };
}

const LAST_PRUNED_CHECKPOINT = 'pruned-on';
/** Name of the mark that lists the days on which deletion was put off, separated by blanks; '' for none. */
const PUT_OFF_CHECKPOINT = 'prune-put-off-on';
/** Longest normal gap, in days, between two deletions: a bot that is off over holidays is back within it. */
const MAX_DAYS_BETWEEN_PRUNES = 10;
/** Days put off after a longer gap; a wrong clock shows by then: certificates fail, deadlines read as past. */
const PUT_OFF_DAYS = 7;

/** Result of a step. `put-off`: the last one is so long ago that the clock may be wrong; returned once a day. */
export type PruneResult =
  | { readonly kind: 'done'; readonly rows: number }
  | { readonly kind: 'put-off'; readonly today: string; readonly lastDay: string };

/**
 * Creates the step that deletes expired rows, once a day in Shanghai; to be called about once an hour. It returns what
 * was done, or null when that was today already.
 *
 * A clock that is a year ahead would delete the whole log of questions at once, and no row tells, because the newest
 * have their time from the same clock. But the last deletion was dated by the clock as it was before: when today is
 * more than `MAX_DAYS_BETWEEN_PRUNES` after it, deletion is put off for `PUT_OFF_DAYS` further days, in which the clock would
 * have been put right. A bot that was off for long deletes those days later.
 */
export function createRetentionStep(
  state: Pick<StateStore, 'prune' | 'marks'>,
  retention: RetentionDays,
  now: () => Date,
): () => Promise<PruneResult | null> {
  return async () => {
    const today = dayInShanghai(now());
    const lastDay = await state.marks.get(LAST_PRUNED_CHECKPOINT);
    if (lastDay === today) return null;
    const putOffOn = ((await state.marks.get(PUT_OFF_CHECKPOINT)) ?? '').split(' ').filter((day) => day !== '');
    if (lastDay !== null && today > addDays(lastDay, MAX_DAYS_BETWEEN_PRUNES)) {
      if (putOffOn.includes(today)) return null;
      if (putOffOn.length < PUT_OFF_DAYS) {
        await state.marks.set(PUT_OFF_CHECKPOINT, [...putOffOn, today].join(' '));
        return { kind: 'put-off', today, lastDay };
      }
    }
    const rows = await state.prune(computeLimits(now(), retention));
    await state.marks.set(LAST_PRUNED_CHECKPOINT, today);
    if (putOffOn.length > 0) await state.marks.set(PUT_OFF_CHECKPOINT, '');
    return { kind: 'done', rows };
  };
}

function computeLimits(now: Date, retention: RetentionDays): RetentionLimits {
  const daysAgo = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString();
  return {
    questionsBefore: daysAgo(retention.questionDays),
    deliveriesBefore: daysAgo(retention.deliveryDays),
    announcedBefore: daysAgo(retention.toldDays),
    inactiveBefore: daysAgo(retention.inactiveDays),
    auditBefore: daysAgo(retention.auditDays),
  };
}
