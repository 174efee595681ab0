import { z } from 'zod';
import { addDays, dayInShanghai, weekdayOf } from '../../domain/dates.js';
import type { PlainDate } from '../../domain/notice.js';
import { fold } from '../../text/fold.js';
import { blankOutWords } from '../../text/word-list.js';

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
  /** The same beside the name of a column. */
  ofColumn: z.array(z.string().min(1)),
});
export type RecencyRules = z.infer<typeof recencySchema>;

/** Range of days, both inclusive; without a lower bound where `from` is null. */
export interface DayRange {
  readonly from: PlainDate | null;
  readonly to: PlainDate;
}

/** New notices that a question asks for: of which days, and of which column where it names one. */
export interface NewsQuery extends DayRange {
  readonly column: string | null;
}

/**
 * Reads a question for new notices (今天有什么通知, 最近的公告, 教育动态里有什么) at the given moment, in
 * Asia/Shanghai. Null when the question asks for anything else. 最近 and 最新 mean the newest notices of any age, and
 * so does a column alone.
 */
export function parseNewsQuery(
  text: string,
  recency: RecencyRules,
  columns: ReadonlySet<string>,
  now: Date,
): NewsQuery | null {
  const folded = fold(text);
  const column = [...columns].find((name) => folded.includes(fold(name))) ?? null;
  const left = column === null ? folded : folded.replaceAll(fold(column), ' ');
  const found = recency.windows.find(({ cue }) => left.includes(cue));
  if (found === undefined && column === null) return null;
  const cues = found === undefined ? [] : [found.cue];
  const fillers = [...cues, ...recency.fillers, ...(column === null ? [] : recency.ofColumn)];
  if (/[\p{L}\p{N}]/u.test(blankOutWords(left, fillers))) return null;
  return { ...rangeOf(found?.window ?? 'newest', now), column };
}

function rangeOf(window: RecencyRules['windows'][number]['window'], now: Date): DayRange {
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
