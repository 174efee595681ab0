import { addDays, dayInShanghai } from '../domain/day.js';
import type { PruneLimits, StateStore } from '../store/state-store.js';

const DAY_MS = 86_400_000;
/** Days that things are kept; /privacy tells readers the same numbers. */
export interface KeptDays {
  readonly questionDays: number;
  readonly toldDays: number;
  readonly deliveryDays: number;
  /** Of chats that blocked the bot. */
  readonly inactiveDays: number;
  /** Who used or tried the admin's commands. */
  readonly auditDays: number;
}

export function keptDays(questionLogDays: number): KeptDays {
  return { questionDays: questionLogDays, toldDays: 180, deliveryDays: 30, inactiveDays: 30, auditDays: 365 };
}

const MARK = 'pruned-on';
/** The days on which it was put off, between blanks; '' when none were. */
const PUT_OFF_MARK = 'prune-put-off-on';
/** A bot that is off over holidays is back within this. */
const MOST_DAYS_BETWEEN = 10;
/** A clock that is wrong shows within a week: certificates do not hold, deadlines read as past. */
const DAYS_PUT_OFF = 7;

/** `put-off`: so much time since the last that the clock may be wrong; told once a day. */
export type Pruning =
  | { readonly kind: 'done'; readonly rows: number }
  | { readonly kind: 'put-off'; readonly today: string; readonly lastDay: string };

/**
 * Deletes what has outlived its use, once a day in Shanghai. One step: returns
 * what was done, or null when that was today already. To be called now and
 * then; an hour between is often enough.
 *
 * A clock that is a year ahead would delete the whole log of questions at once,
 * and no row tells: the newest have their time from the same clock. But the
 * last deletion was by the clock as it was before: when the present day is far
 * behind it, deleting is put off until so many further days have come that the
 * clock would have been put right. A bot that was off for long deletes those
 * days later.
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
