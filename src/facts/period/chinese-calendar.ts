import chineseDays from 'chinese-days';
import type { WorkingDayCalendar } from './working-days.js';

/** The years whose holidays the library holds; of others it silently takes plain weekdays. */
const FIRST_YEAR = 2004;
const LAST_YEAR = 2026;
/** A stated period of working days is short; a longer one is a mistake somewhere. */
const MOST_DAYS = 400;
const DAY_MS = 86_400_000;

/** Working days of mainland China, with holidays and shifted weekends, for the years that are known. */
export const chineseCalendar: WorkingDayCalendar = {
  count(from, to) {
    const years = [from, to].map((date) => Number(date.slice(0, 4)));
    if (years.some((year) => year < FIRST_YEAR || year > LAST_YEAR)) return null;
    const first = Date.parse(`${from}T00:00:00Z`);
    const days = (Date.parse(`${to}T00:00:00Z`) - first) / DAY_MS + 1;
    if (!(days >= 1 && days <= MOST_DAYS)) return null;
    const dates = Array.from({ length: days }, (_, i) => new Date(first + i * DAY_MS).toISOString().slice(0, 10));
    return dates.filter((date) => chineseDays.isWorkday(date)).length;
  },
};
