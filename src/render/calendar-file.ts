import { createHash } from 'node:crypto';
import ical, { ICalAlarmType, type ICalEventData } from 'ical-generator';
import { addDays, instantAt } from '../domain/dates.js';
import type { TimePoint } from '../domain/fact.js';
import type { PlainDate } from '../domain/notice.js';
import type { FactRef } from '../domain/reminder.js';
import { formatDay } from '../messages/format-day.js';

const ZONE = 'Asia/Shanghai';
const PRODUCT = '//bulletin-bot//notices//ZH';
/** Lead time of the alarm: an all-day event rings at 08:30 on the day before, when there is still a day to act. */
const ALL_DAY_ALARM_SECONDS = 15.5 * 3600;
const TIMED_ALARM_SECONDS = 2 * 3600;
/** Length of the event that stands for a single instant. */
const MOMENT_MINUTES = 30;

export interface CalendarEntry {
  readonly title: string;
  /** `start` null: only the end counts. Dates are full (`YYYY-MM-DD`); at most one of the two is null. */
  readonly period: { readonly start: TimePoint | null; readonly end: TimePoint | null };
  readonly notice: { readonly title: string; readonly date: PlainDate | null; readonly url: string | null };
  /** Literal quote from the notice that states the period, or ''. */
  readonly quote: string;
  /** See `calendarUid`. */
  readonly uid: string;
  /** SEQUENCE (RFC 5545): grows with the notice's version; a calendar tells by it a later file from an earlier one. */
  readonly sequence: number;
  /** Creation time of the file (DTSTAMP). */
  readonly now: Date;
}

/** Returns the UID of a fact's event, the same in every version of the notice: importing again updates the event. */
export function calendarUid({ noticeId, type, label }: FactRef): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([noticeId, type, label]))
    .digest('hex');
  return `${hash.slice(0, 32)}@bulletin-bot`;
}

/** Renders an iCalendar file (RFC 5545) of one event: all-day when a time of day is missing, else in Asia/Shanghai. */
export function renderCalendarFile(entry: CalendarEntry): string {
  const { title, notice, quote, uid, sequence, now } = entry;
  const when = timesOf(entry.period);
  const source = `《${notice.title}》${notice.date === null ? '' : ` ${formatDay(notice.date)}`}`;
  const url = webUrl(notice.url);
  // The calendar itself has no zone: with one, the library would not write DTSTAMP in UTC, as RFC 5545 requires.
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

/** Returns the VTIMEZONE block. China has had one zone without summer time since 1992. */
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
    // Without a zone the library reads the UTC fields; the end of an all-day event is exclusive.
    const day = (date: PlainDate): Date => new Date(`${date}T00:00:00Z`);
    return { allDay: true, start: day(first.date), end: day(addDays(last.date, 1)) };
  }
  const from = instantAt(first.date, first.time);
  const to = instantAt(last.date, last.time);
  const length = MOMENT_MINUTES * 60_000;
  // A single instant: a deadline ends its event, a start time begins it.
  const isMoment = from.getTime() >= to.getTime();
  const [begin, finish] = !isMoment
    ? [from, to]
    : start === null
      ? [new Date(to.getTime() - length), to]
      : [from, new Date(from.getTime() + length)];
  return { timezone: ZONE, start: new ShanghaiDate(begin), end: new ShanghaiDate(finish) };
}

/** Replaces control characters (forbidden by RFC 5545) and lone surrogates (invalid in UTF-8) by blanks; drops `\r`. */
function plain(text: string): string {
  return text.replaceAll('\r', '').replace(/(?!\n)[\p{Cc}\p{Surrogate}]/gu, ' ');
}

/**
 * Returns an http(s) URL as the URL parser serialises it (without line breaks), else null. Percent-encodes ; and ,
 * because the library would escape them with a backslash, which is invalid in a URI.
 */
function webUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return /^https?:$/.test(parsed.protocol) ? parsed.href.replaceAll(';', '%3B').replaceAll(',', '%2C') : null;
}

/**
 * An instant whose local fields are those of Asia/Shanghai, whatever zone the
 * process runs in. `internal`, `withTimeZone` and `tzComponents` are how
 * ical-generator recognises a date that knows its zone.
 */
class ShanghaiDate extends Date {
  /** The same instant shifted, so that its UTC fields are Shanghai's local ones (no summer time there). */
  readonly internal: Date;

  constructor(instant: Date) {
    super(instant);
    this.internal = new Date(instant.getTime() + 8 * 3_600_000);
  }

  withTimeZone(): this {
    return this;
  }

  tzComponents(): [sign: string, hours: string, minutes: string] {
    return ['+', '08', '00'];
  }

  override getFullYear(): number {
    return this.internal.getUTCFullYear();
  }

  override getMonth(): number {
    return this.internal.getUTCMonth();
  }

  override getDate(): number {
    return this.internal.getUTCDate();
  }

  override getHours(): number {
    return this.internal.getUTCHours();
  }

  override getMinutes(): number {
    return this.internal.getUTCMinutes();
  }

  override getSeconds(): number {
    return this.internal.getUTCSeconds();
  }
}
