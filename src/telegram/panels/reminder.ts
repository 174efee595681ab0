import { Composer, type Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { REMINDER_CHOICES, MOST_REMINDERS, type PeriodRef, type ReminderOffer } from '../../app/reminders.js';
import { commandMessages as m } from '../../messages/commands.js';
import { dueWords, momentWords, titleWords } from '../../notify/wording.js';
import { acknowledge, editInPlace } from '../acknowledge.js';
import { dataOf, numbersIn } from '../data.js';
import { placeOf } from '../place.js';
import { mornings } from './reminder-words.js';
import { note, reply } from '../reply.js';
import type { Tools } from '../services.js';

/** Prefix; followed by key, version and index of the period: opens the panel. */
const OPEN = 'r';
/** Followed by the same and the chosen days as a bit mask: shows the panel with them. */
const TOGGLE = 'rt';
/** Followed by the same as `TOGGLE`: sets the reminder. */
const CONFIRM = 'rs';
const CANCEL = 'rx';

const PREFIXES = [OPEN, TOGGLE, CONFIRM] as const;
/** Number of bit masks; one bit for each of `REMINDER_CHOICES`. */
const MASKS = 2 ** REMINDER_CHOICES.length;

interface Press {
  readonly kind: (typeof PREFIXES)[number];
  readonly ref: PeriodRef;
  readonly mask: number;
}

export function reminderData({ key, version, index }: PeriodRef): string {
  return dataOf(OPEN, key, version, index);
}

function pressIn(data: string): Press | null {
  for (const kind of PREFIXES) {
    const numbers = numbersIn(data, kind);
    if (numbers === null) continue;
    const [key, version, index, mask, ...more] = numbers;
    if (key === undefined || version === undefined || index === undefined || more.length > 0) return null;
    if (kind === OPEN) return mask === undefined ? { kind, ref: { key, version, index }, mask: MASKS - 1 } : null;
    return mask === undefined || mask >= MASKS ? null : { kind, ref: { key, version, index }, mask };
  }
  return null;
}

/** Handles 提醒我 under an answer. The panel's state is held by its buttons, so that a restart loses nothing. */
export function reminderPresses({ services, log, now }: Tools): Composer<Context> {
  const composer = new Composer<Context>();
  composer.callbackQuery(CANCEL, async (ctx) => {
    await acknowledge(ctx, log);
    await editInPlace(ctx, note(m.reminder.cancelled));
  });
  composer.on('callback_query:data', async (ctx, next) => {
    const press = pressIn(ctx.callbackQuery.data);
    if (press === null) {
      await next();
      return;
    }
    const place = placeOf(ctx);
    const offer = place === null ? null : await services.reminders.offer(press.ref);
    if (place === null || offer === null) {
      await acknowledge(ctx, log, m.reminder.gone);
      return;
    }
    const chosen = daysIn(press.mask, offer);
    if (press.kind === CONFIRM && chosen.length === 0) {
      await acknowledge(ctx, log, m.reminder.chooseAtLeastOne);
      return;
    }
    const acknowledged = acknowledge(ctx, log);
    try {
      if (press.kind === OPEN) {
        await reply(ctx, panelText(offer, now()), {
          replyTo: ctx.callbackQuery.message?.message_id,
          buttons: panelButtons(offer, press.mask),
        });
      } else if (press.kind === TOGGLE) {
        await editInPlace(ctx, panelText(offer, now()), panelButtons(offer, press.mask));
      } else {
        const outcome = await services.reminders.set(place, place.type, ctx.from.id, offer, chosen);
        await editInPlace(ctx, note(outcomeText(outcome, offer, chosen, now())));
      }
    } finally {
      await acknowledged;
    }
  });
  return composer;
}

function outcomeText(
  outcome: 'set' | 'too-many' | 'past',
  { fact, edge, due }: ReminderOffer,
  chosen: readonly number[],
  now: Date,
): string {
  if (outcome === 'too-many') return m.reminder.tooMany(MOST_REMINDERS);
  if (outcome === 'past') return m.reminder.past;
  return m.reminder.set(
    chosen.map((days) => mornings(days, due)),
    dueWords(fact, edge),
    momentWords(due, now),
  );
}

function daysIn(mask: number, { choices }: ReminderOffer): number[] {
  return REMINDER_CHOICES.filter((days, bit) => (mask & (1 << bit)) !== 0 && choices.includes(days));
}

function panelText({ stored, fact, edge, due }: ReminderOffer, now: Date) {
  return note(m.reminder.choose(titleWords(stored.notice.title), dueWords(fact, edge), momentWords(due, now)));
}

function panelButtons(
  { ref: { key, version, index }, choices, due }: ReminderOffer,
  mask: number,
): InlineKeyboardMarkup {
  const toggles = REMINDER_CHOICES.flatMap((days, bit) => {
    if (!choices.includes(days)) return [];
    const isOn = (mask & (1 << bit)) !== 0;
    const label = mornings(days, due);
    const data = dataOf(TOGGLE, key, version, index, mask ^ (1 << bit));
    return [{ text: isOn ? m.buttons.chosen(label) : label, callback_data: data }];
  });
  return {
    inline_keyboard: [
      toggles,
      [
        { text: m.buttons.confirm, callback_data: dataOf(CONFIRM, key, version, index, mask) },
        { text: m.buttons.cancel, callback_data: CANCEL },
      ],
    ],
  };
}
