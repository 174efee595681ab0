import { createHash } from 'node:crypto';
import ical, { ICalAlarmType, type ICalEventData } from 'ical-generator';
import { addDays } from '../domain/day.js';
import type { Moment } from '../domain/fact.js';
import { instantAt } from '../domain/moment.js';
import type { PlainDate } from '../domain/notice.js';
import type { FactRef } from '../domain/reminder.js';
import { dayWords } from '../messages/days.js';
import { ShanghaiDate } from './shanghai-date.js';

const ZONE = 'Asia/Shanghai';
const PRODUCT = '//bulletin-bot//notices//ZH';
/** An all-day event rings at 08:30 of the day before, when there is still a day to act. */
const ALL_DAY_ALARM_SECONDS = 15.5 * 3600;
const TIMED_ALARM_SECONDS = 2 * 3600;
/** What is shown in a calendar as the event of a moment. */
const MOMENT_MINUTES = 30;

export interface CalendarEntry {
  readonly title: string;
  /** `start` null: only the end counts. Full dates; not both null. */
  readonly period: { readonly start: Moment | null; readonly end: Moment | null };
  readonly notice: { readonly title: string; readonly date: PlainDate | null; readonly url: string | null };
  /** Literal words of the notice that state it, or ''. */
  readonly quote: string;
  /** See `calendarUid`. */
  readonly uid: string;
  /** Grows with the notice's version: by it a calendar knows a later file from an earlier one. */
  readonly sequence: number;
  /** When the file is made. */
  readonly now: Date;
}

/** The same for the same fact of the same notice, in whichever version: importing again updates the event. */
export function calendarUid({ noticeId, type, label }: FactRef): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([noticeId, type, label]))
    .digest('hex');
  return `${hash.slice(0, 32)}@bulletin-bot`;
}

/** An iCalendar file (RFC 5545) of one event: all day where no time of day is stated, else in Asia/Shanghai. */
export function calendarFile(entry: CalendarEntry): string {
  const { title, notice, quote, uid, sequence, now } = entry;
  const when = timesOf(entry.period);
  const source = `《${notice.title}》${notice.date === null ? '' : ` ${dayWords(notice.date)}`}`;
  const url = webUrl(notice.url);
  // The calendar itself has no zone: with one, DTSTAMP would lose the UTC that RFC 5545 wants of it.
  const calendar = ical({ prodId: PRODUCT, timezone: { name: null, generator: zoneDefinition } });
  const event = calendar.createEvent({
    ...when,
    id: uid,
    sequence,
    stamp: now,
    summary: plain(title),
    description: plain([quote, source, url].filter((line) => line !== null && line !== '').join('\n')),
    ...(url === null ? {} : { url }),
  });
  const trigger = when.allDay === true ? ALL_DAY_ALARM_SECONDS : TIMED_ALARM_SECONDS;
  event.createAlarm({ type: ICalAlarmType.display, trigger, description: plain(title) });
  return `${calendar.toString()}\r\n`;
}

/** China has had one zone without summer time since 1992. */
function zoneDefinition(): string {
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${ZONE}`,
    'BEGIN:STANDARD',
    'DTSTART:19920101T000000',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0800',
    'TZNAME:CST',
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\n');
}

function timesOf({
  start,
  end,
}: CalendarEntry['period']): Pick<ICalEventData, 'start' | 'end' | 'allDay' | 'timezone'> {
  const first = start ?? end;
  const last = end ?? start;
  if (first === null || last === null) throw new Error('a calendar entry needs a day');
  if (first.time === null || last.time === null) {
    // Without a zone the library reads the UTC fields; the end of all-day events is the day after.
    const day = (date: PlainDate): Date => new Date(`${date}T00:00:00Z`);
    return { allDay: true, start: day(first.date), end: day(addDays(last.date, 1)) };
  }
  const from = instantAt(first.date, first.time);
  const to = instantAt(last.date, last.time);
  const length = MOMENT_MINUTES * 60_000;
  // A deadline is the end of its event, a beginning the start of it.
  const isMoment = from.getTime() >= to.getTime();
  const [begin, finish] = !isMoment
    ? [from, to]
    : start === null
      ? [new Date(to.getTime() - length), to]
      : [from, new Date(from.getTime() + length)];
  return { timezone: ZONE, start: new ShanghaiDate(begin), end: new ShanghaiDate(finish) };
}

/** RFC 5545 allows no control characters in a text, and what is no character cannot be written as UTF-8. */
function plain(text: string): string {
  return text.replaceAll('\r', '').replace(/(?!\n)[\p{Cc}\p{Surrogate}]/gu, ' ');
}

/**
 * As the URL parser writes it, so that no line break gets into the file. The
 * library escapes ; and , as in texts, which a URI must not be.
 */
function webUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return /^https?:$/.test(parsed.protocol) ? parsed.href.replaceAll(';', '%3B').replaceAll(',', '%2C') : null;
}
