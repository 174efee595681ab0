import { Composer, InputFile, type Context } from 'grammy';
import type { PeriodRef, ReminderOffer } from '../../notify/reminders/reminder-service.js';
import { isPreciseToDay } from '../../domain/dates.js';
import { commandMessages as m } from '../../messages/commands.js';
import { notifyMessages } from '../../messages/notify.js';
import { describeSubject, formatTitle } from '../../notify/format-facts.js';
import { renderCalendarFile, calendarUid } from '../../render/calendar-file.js';
import { acknowledge } from '../ui/callback-response.js';
import { encodeCallbackData, decodeCallbackData } from '../ui/callback-data.js';
import { fileNameOf } from '../ui/file-name.js';
import { replyParameters } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

/** Prefix; followed by key, version and index of the period. */
const CALENDAR = 'i';

export function calendarCallbackData({ key, version, index }: PeriodRef): string {
  return encodeCallbackData(CALENDAR, key, version, index);
}

/** Handles 加入日历 under an answer: sends a calendar file; importing it again updates the entry. */
export function createCalendarHandler({ services, log, now }: FeatureDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('callback_query:data', async (ctx, next) => {
    const { data, message } = ctx.callbackQuery;
    const [key, version, index, ...more] = decodeCallbackData(data, CALENDAR) ?? [];
    if (key === undefined || version === undefined || index === undefined || more.length > 0) {
      await next();
      return;
    }
    const offer = await services.reminders.resolveOffer({ key, version, index });
    if (offer === null) {
      await acknowledge(ctx, log, m.reminder.gone);
      return;
    }
    const acknowledged = acknowledge(ctx, log);
    try {
      const { notice } = offer.stored;
      const file = new InputFile(Buffer.from(calendarOf(offer, now()), 'utf8'), fileNameOf(notice.title, 'ics'));
      await ctx.replyWithDocument(file, {
        caption: m.calendarCaption(entryTitle(offer)),
        ...replyParameters(message?.message_id),
      });
    } finally {
      await acknowledged;
    }
  });
  return composer;
}

function entryTitle({ fact, edge, stored }: ReminderOffer): string {
  const texts = notifyMessages.calendarFile;
  return (edge === 'end' ? texts.ends : texts.takesPlace)(describeSubject(fact), formatTitle(stored.notice.title));
}

function calendarOf(offer: ReminderOffer, now: Date): string {
  const { fact, due, edge, stored } = offer;
  const { id, title, publishedOn: date, url, body } = stored.notice;
  const lasts = fact.end !== null && isPreciseToDay(fact.end) ? fact.end : null;
  return renderCalendarFile({
    title: entryTitle(offer),
    period: edge === 'end' ? { start: null, end: due } : { start: due, end: lasts },
    notice: { title, date, url },
    quote: body.slice(fact.span.start, fact.span.end),
    uid: calendarUid({ noticeId: id, type: fact.type, label: fact.label }),
    sequence: stored.version,
    now,
  });
}
