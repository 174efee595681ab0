import { dayInShanghai } from '../domain/day.js';
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

/**
 * Deletes what has outlived its use, once a day in Shanghai. One step: returns
 * how many rows went, or null when it was done today already. To be called
 * now and then; an hour between is often enough.
 */
export function createRetention(
  state: Pick<StateStore, 'prune' | 'marks'>,
  kept: KeptDays,
  now: () => Date,
): () => Promise<number | null> {
  return async () => {
    const today = dayInShanghai(now());
    if ((await state.marks.get(MARK)) === today) return null;
    const rows = await state.prune(limitsAt(now(), kept));
    await state.marks.set(MARK, today);
    return rows;
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
