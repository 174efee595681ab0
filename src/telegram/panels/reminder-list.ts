import { Composer, type Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { ListedReminder } from '../../notify/reminders/reminder-service.js';
import { commandMessages as m } from '../../messages/commands.js';
import { describeEdge, formatTimePoint, formatTitle } from '../../notify/format-facts.js';
import type { Message } from '../../render/message.js';
import { acknowledge, editInPlace } from '../ui/callback-response.js';
import { fetchChatRole } from '../middleware/chat-role.js';
import { encodeCallbackData, decodeCallbackData } from '../ui/callback-data.js';
import { chatTargetOf } from '../middleware/chat-target.js';
import { note } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';
import { reminderTimeText } from './reminder-panel.js';

/** Prefix; followed by the reminder's id. */
const REMOVE = 'rd';
/** Upper bound on reminders listed, soonest first: as many as one message and one phone screen show. */
const MOST_SHOWN = 10;

/** Builds the list with a button to remove each reminder; null when there are none. */
export function buildReminderList(
  reminders: readonly ListedReminder[],
  now: Date,
): { message: Message; buttons: InlineKeyboardMarkup } | null {
  if (reminders.length === 0) return null;
  const shown = reminders.slice(0, MOST_SHOWN);
  const lines = shown.map((reminder, i) => {
    const when = reminder.daysBefore.map((days) => reminderTimeText(days, reminder.due));
    const title = formatTitle(reminder.noticeTitle);
    return m.reminder.line(
      i + 1,
      describeEdge(reminder, reminder.edge),
      formatTimePoint(reminder.due, now),
      title,
      when,
    );
  });
  if (reminders.length > shown.length) lines.push(m.reminder.more(reminders.length - shown.length));
  return {
    message: [
      { kind: 'lead', text: m.reminder.list },
      { kind: 'note', text: lines.join('\n') },
    ],
    buttons: {
      inline_keyboard: shown.map(({ id }, i) => [
        { text: m.buttons.removeReminder(i + 1), callback_data: encodeCallbackData(REMOVE, id) },
      ]),
    },
  };
}

export function createReminderListHandler({ services, log, now }: FeatureDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('callback_query:data', async (ctx, next) => {
    const [id, ...more] = decodeCallbackData(ctx.callbackQuery.data, REMOVE) ?? [];
    if (id === undefined || more.length > 0) {
      await next();
      return;
    }
    const target = chatTargetOf(ctx);
    if (target === null) {
      await acknowledge(ctx, log, m.reminder.unknown);
      return;
    }
    const by = { chatId: target.chatId, userId: ctx.from.id };
    let outcome = await services.reminders.remove(id, { ...by, isAdmin: false });
    // Only in this case does the role have to be asked from Telegram.
    if (outcome === 'of-another' && (await fetchChatRole(ctx, log)) === 'admin') {
      outcome = await services.reminders.remove(id, { ...by, isAdmin: true });
    }
    await acknowledge(ctx, log, TEXTS[outcome]);
    if (outcome === 'of-another') return;
    const left = buildReminderList(await services.reminders.list(target), now());
    if (left === null) await editInPlace(ctx, note(m.reminder.none));
    else await editInPlace(ctx, left.message, left.buttons);
  });
  return composer;
}

const TEXTS = {
  removed: m.reminder.removed,
  unknown: m.reminder.unknown,
  'of-another': m.reminder.ofAnother,
} as const;
