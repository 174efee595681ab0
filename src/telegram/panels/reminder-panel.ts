import { Composer, type Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { dayInShanghai } from '../../domain/dates.js';
import type { TimePoint } from '../../domain/fact.js';
import {
  REMINDER_CHOICES,
  MAX_REMINDERS,
  type PeriodRef,
  type ReminderOffer,
} from '../../notify/reminders/reminder-service.js';
import { listReminderTimes } from '../../notify/reminders/reminder-times.js';
import { commandMessages as m } from '../../messages/commands.js';
import { describeEdge, formatTimePoint, formatTitle } from '../../notify/format-facts.js';
import { acknowledge, editInPlace } from '../ui/callback-response.js';
import { encodeCallbackData, decodeCallbackData } from '../ui/callback-data.js';
import { chatTargetOf } from '../middleware/chat-target.js';
import { note, reply } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

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

interface ReminderAction {
  readonly kind: (typeof PREFIXES)[number];
  readonly ref: PeriodRef;
  readonly mask: number;
}

export function reminderCallbackData({ key, version, index }: PeriodRef): string {
  return encodeCallbackData(OPEN, key, version, index);
}

function parseReminderAction(data: string): ReminderAction | null {
  for (const kind of PREFIXES) {
    const numbers = decodeCallbackData(data, kind);
    if (numbers === null) continue;
    const [key, version, index, mask, ...more] = numbers;
    if (key === undefined || version === undefined || index === undefined || more.length > 0) return null;
    if (kind === OPEN) return mask === undefined ? { kind, ref: { key, version, index }, mask: MASKS - 1 } : null;
    return mask === undefined || mask >= MASKS ? null : { kind, ref: { key, version, index }, mask };
  }
  return null;
}

/** Handles 提醒我 under an answer. The panel's state is held by its buttons, so that a restart loses nothing. */
export function createReminderHandler({ services, log, now }: FeatureDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.callbackQuery(CANCEL, async (ctx) => {
    await acknowledge(ctx, log);
    await editInPlace(ctx, note(m.reminder.cancelled));
  });
  composer.on('callback_query:data', async (ctx, next) => {
    const action = parseReminderAction(ctx.callbackQuery.data);
    if (action === null) {
      await next();
      return;
    }
    const target = chatTargetOf(ctx);
    const offer = target === null ? null : await services.reminders.resolveOffer(action.ref);
    if (target === null || offer === null) {
      await acknowledge(ctx, log, m.reminder.gone);
      return;
    }
    const chosen = daysIn(action.mask, offer);
    if (action.kind === CONFIRM && chosen.length === 0) {
      await acknowledge(ctx, log, m.reminder.chooseAtLeastOne);
      return;
    }
    const acknowledged = acknowledge(ctx, log);
    try {
      if (action.kind === OPEN) {
        await reply(ctx, panelText(offer, now()), {
          replyTo: ctx.callbackQuery.message?.message_id,
          buttons: panelButtons(offer, action.mask),
        });
      } else if (action.kind === TOGGLE) {
        await editInPlace(ctx, panelText(offer, now()), panelButtons(offer, action.mask));
      } else {
        const outcome = await services.reminders.set(target, target.type, ctx.from.id, offer, chosen);
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
  if (outcome === 'too-many') return m.reminder.tooMany(MAX_REMINDERS);
  if (outcome === 'past') return m.reminder.past;
  return m.reminder.set(
    chosen.map((days) => reminderTimeText(days, due)),
    describeEdge(fact, edge),
    formatTimePoint(due, now),
  );
}

function daysIn(mask: number, { choices }: ReminderOffer): number[] {
  return REMINDER_CHOICES.filter((days, bit) => (mask & (1 << bit)) !== 0 && choices.includes(days));
}

function panelText({ stored, fact, edge, due }: ReminderOffer, now: Date) {
  return note(m.reminder.choose(formatTitle(stored.notice.title), describeEdge(fact, edge), formatTimePoint(due, now)));
}

function panelButtons(
  { ref: { key, version, index }, choices, due }: ReminderOffer,
  mask: number,
): InlineKeyboardMarkup {
  const toggles = REMINDER_CHOICES.flatMap((days, bit) => {
    if (!choices.includes(days)) return [];
    const isOn = (mask & (1 << bit)) !== 0;
    const label = reminderTimeText(days, due);
    const data = encodeCallbackData(TOGGLE, key, version, index, mask ^ (1 << bit));
    return [{ text: isOn ? m.buttons.chosen(label) : label, callback_data: data }];
  });
  return {
    inline_keyboard: [
      toggles,
      [
        { text: m.buttons.confirm, callback_data: encodeCallbackData(CONFIRM, key, version, index, mask) },
        { text: m.buttons.cancel, callback_data: CANCEL },
      ],
    ],
  };
}

/** Says when a reminder is sent; one for something due early in the day is sent the evening before. */
export function reminderTimeText(daysBefore: number, due: TimePoint): string {
  const [at] = listReminderTimes(due, [daysBefore]);
  const isEve = daysBefore === 0 && at !== undefined && dayInShanghai(at) < due.date;
  return isEve ? m.buttons.remindEve : m.buttons.remindOn(daysBefore);
}
