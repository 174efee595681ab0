import { z } from 'zod';
import { addDays, dayInShanghai, weekdayOf } from '../domain/day.js';
import type { PlainDate } from '../domain/notice.js';
import { fold } from '../text/fold.js';

export const recencySchema = z.object({
  about: z.string(),
  windows: z.array(
    z.object({
      cue: z.string().min(1),
      window: z.enum(['today', 'yesterday', 'week', 'last-week', 'month', 'last-month', 'newest']),
    }),
  ),
  /** Words that may stand beside a cue without asking for anything more. */
  fillers: z.array(z.string().min(1)),
});
export type Recency = z.infer<typeof recencySchema>;

/** Days, both inclusive; null at the start means however long ago. */
export interface DayRange {
  readonly from: PlainDate | null;
  readonly to: PlainDate;
}

/**
 * The days that a question for news means (今天有什么通知, 最近的公告) at the given
 * moment, in Asia/Shanghai; null when the question asks for anything besides.
 * 最近 and 最新 mean the newest there are, however old.
 */
export function recentDays(text: string, recency: Recency, now: Date): DayRange | null {
  const folded = fold(text);
  const found = recency.windows.find(({ cue }) => folded.includes(cue));
  if (found === undefined) return null;
  const rest = [found.cue, ...recency.fillers].reduce((left, word) => left.replaceAll(word, ''), folded);
  if (/[\p{L}\p{N}]/u.test(rest)) return null;
  return rangeOf(found.window, now);
}

function rangeOf(window: Recency['windows'][number]['window'], now: Date): DayRange {
  const today = dayInShanghai(now);
  const back = (days: number): PlainDate => addDays(today, -days);
  const weekday = (weekdayOf(today) + 6) % 7;
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  const lastOfPrevious = addDays(firstOfMonth, -1);
  switch (window) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: back(1), to: back(1) };
    case 'week':
      return { from: back(weekday), to: today };
    case 'last-week':
      return { from: back(weekday + 7), to: back(weekday + 1) };
    case 'month':
      return { from: firstOfMonth, to: today };
    case 'last-month':
      return { from: `${lastOfPrevious.slice(0, 7)}-01`, to: lastOfPrevious };
    case 'newest':
      return { from: null, to: today };
  }
}
