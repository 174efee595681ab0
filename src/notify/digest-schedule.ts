import { Cron } from 'croner';
import { dayInShanghai } from '../domain/dates.js';
import type { SubscriptionSettings } from '../domain/subscription.js';
import { isWorkday } from '../text/chinese-calendar.js';

const ZONE = 'Asia/Shanghai';
/**
 * Upper bound on the search for a workday. The longest run of days off is nine or ten (Spring Festival with what joins
 * it); three times that is an error.
 */
const MAX_DAYS_OFF = 30;
type Schedule = Pick<SubscriptionSettings, 'time' | 'days' | 'weekday'>;

/**
 * Returns the first digest time strictly after `after`. In years whose holidays are not known yet, workdays are Monday
 * to Friday; see `calendarWarning`.
 */
export function nextDigestAt(settings: Schedule, after: Date): Date {
  const cron = new Cron(toCronPattern(settings), { timezone: ZONE });
  let next = findNextRun(cron, after);
  if (settings.days !== 'workdays') return next;
  for (let days = 0; days < MAX_DAYS_OFF; days += 1) {
    if (isWorkday(dayInShanghai(next))) return next;
    next = findNextRun(cron, next);
  }
  throw new Error(`no workday in ${MAX_DAYS_OFF} days after ${after.toISOString()}`);
}

/**
 * Returns whether a time is after the next two digests, as only a clock that was ahead can set it. A time before that
 * is kept, so that a clock set back does not repeat the digest of that time.
 */
export function isImplausiblyLate(nextAt: Date, settings: Schedule, now: Date): boolean {
  return nextAt > nextDigestAt(settings, nextDigestAt(settings, now));
}

function toCronPattern({ time, days, weekday }: Schedule): string {
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3, 5))];
  return `0 ${minute} ${hour} * * ${days === 'weekly' ? weekday : '*'}`;
}

function findNextRun(cron: Cron, after: Date): Date {
  const next = cron.nextRun(after);
  if (next === null) throw new Error(`no digest after ${after.toISOString()}`);
  return next;
}
