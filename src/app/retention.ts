import { addDays, dayInShanghai } from '../domain/day.js';
import type { PruneLimits, StateStore } from '../store/state-store.js';

const DAY_MS = 86_400_000;
/** Retention periods in days; /privacy states the same numbers. */
export interface KeptDays {
  readonly questionDays: number;
  readonly toldDays: number;
  readonly deliveryDays: number;
  /** For chats that blocked the bot. */
  readonly inactiveDays: number;
  /** For the audit log of admin commands. */
  readonly auditDays: number;
}

export function keptDays(questionLogDays: number): KeptDays {
  return { questionDays: questionLogDays, toldDays: 180, deliveryDays: 30, inactiveDays: 30, auditDays: 365 };
}

const MARK = 'pruned-on';
/** Name of the mark that lists the days on which deletion was put off, separated by blanks; '' for none. */
const PUT_OFF_MARK = 'prune-put-off-on';
/** Longest normal gap, in days, between two deletions: a bot that is off over holidays is back within it. */
const MOST_DAYS_BETWEEN = 10;
/** Days put off after a longer gap; a wrong clock shows by then: certificates fail, deadlines read as past. */
const DAYS_PUT_OFF = 7;

/** Result of a step. `put-off`: the last one is so long ago that the clock may be wrong; returned once a day. */
export type Pruning =
  | { readonly kind: 'done'; readonly rows: number }
  | { readonly kind: 'put-off'; readonly today: string; readonly lastDay: string };

/**
 * Creates the step that deletes expired rows, once a day in Shanghai; to be called about once an hour. It returns what
 * was done, or null when that was today already.
 *
 * A clock that is a year ahead would delete the whole log of questions at once, and no row tells, because the newest
 * have their time from the same clock. But the last deletion was dated by the clock as it was before: when today is
 * more than `MOST_DAYS_BETWEEN` after it, deletion is put off for `DAYS_PUT_OFF` further days, in which the clock would
 * have been put right. A bot that was off for long deletes those days later.
 */
export function createRetention(
  state: Pick<StateStore, 'prune' | 'marks'>,
  kept: KeptDays,
  now: () => Date,
): () => Promise<Pruning | null> {
  return async () => {
    const today = dayInShanghai(now());
    const lastDay = await state.marks.get(MARK);
    if (lastDay === today) return null;
    const putOffOn = ((await state.marks.get(PUT_OFF_MARK)) ?? '').split(' ').filter((day) => day !== '');
    if (lastDay !== null && today > addDays(lastDay, MOST_DAYS_BETWEEN)) {
      if (putOffOn.includes(today)) return null;
      if (putOffOn.length < DAYS_PUT_OFF) {
        await state.marks.set(PUT_OFF_MARK, [...putOffOn, today].join(' '));
        return { kind: 'put-off', today, lastDay };
      }
    }
    const rows = await state.prune(limitsAt(now(), kept));
    await state.marks.set(MARK, today);
    if (putOffOn.length > 0) await state.marks.set(PUT_OFF_MARK, '');
    return { kind: 'done', rows };
  };
}

function limitsAt(now: Date, kept: KeptDays): PruneLimits {
  const daysAgo = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString();
  return {
    questionsBefore: daysAgo(kept.questionDays),
    deliveriesBefore: daysAgo(kept.deliveryDays),
    toldBefore: daysAgo(kept.toldDays),
    inactiveBefore: daysAgo(kept.inactiveDays),
    auditBefore: daysAgo(kept.auditDays),
  };
}
