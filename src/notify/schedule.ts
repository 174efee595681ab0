import { Cron } from 'croner';
import { addDays, dayInShanghai } from '../domain/day.js';
import type { SubscriptionSettings } from '../domain/subscription.js';
import { notifyOperatorMessages as m } from '../messages/notify.js';
import { calendarCovers, isWorkday, LAST_CALENDAR_YEAR } from '../text/chinese-calendar.js';

const ZONE = 'Asia/Shanghai';
/** The longest run of days off is nine or ten (Spring Festival with what joins it); three times that is a mistake. */
const MOST_DAYS_OFF = 30;
/** How long before the holidays run out the operator is told: those of a year are announced in the November before. */
const WARN_DAYS = 31;

type Schedule = Pick<SubscriptionSettings, 'time' | 'days' | 'weekday'>;

/**
 * The first time after `after`, and never at it, at which the settings want a
 * digest. Workdays of years whose holidays are not known yet are Monday to
 * Friday, see `calendarWarning`.
 */
export function nextDigestAt(settings: Schedule, after: Date): Date {
  const cron = new Cron(patternOf(settings), { timezone: ZONE });
  let next = nextRun(cron, after);
  if (settings.days !== 'workdays') return next;
  for (let days = 0; days < MOST_DAYS_OFF; days += 1) {
    if (isWorkday(dayInShanghai(next))) return next;
    next = nextRun(cron, next);
  }
  throw new Error(`no workday in ${MOST_DAYS_OFF} days after ${after.toISOString()}`);
}

/**
 * True for a time further off than two digests: a clock that was ahead put it
 * there. One less than that stays, so that a clock set back does not repeat the
 * digest of that time.
 */
export function isAstray(nextAt: Date, settings: Schedule, now: Date): boolean {
  return nextAt > nextDigestAt(settings, nextDigestAt(settings, now));
}

/** What the operator should know of the calendar, or null while its years suffice. */
export function calendarWarning(now: Date): string | null {
  const soon = addDays(dayInShanghai(now), WARN_DAYS);
  return calendarCovers(soon) ? null : m.calendarEnds(LAST_CALENDAR_YEAR);
}

function patternOf({ time, days, weekday }: Schedule): string {
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3, 5))];
  return `0 ${minute} ${hour} * * ${days === 'weekly' ? weekday : '*'}`;
}

function nextRun(cron: Cron, after: Date): Date {
  const next = cron.nextRun(after);
  if (next === null) throw new Error(`no digest after ${after.toISOString()}`);
  return next;
}
