import type { InlineKeyboardMarkup } from 'grammy/types';
import { parseExpiry, lastDayOfPin, MAX_PINS, type Pins } from '../../operations/pins.js';
import { adminMessages } from '../../messages/admin.js';
import type { Message } from '../../render/message.js';
import { acknowledge, editInPlace } from '../ui/callback-response.js';
import { encodeCallbackData } from '../ui/callback-data.js';
import { truncateLabel } from '../../render/button-layout.js';
import { note, reply } from '../ui/reply.js';
import type { AdminButton, AdminCommand } from './dependencies.js';

const m = adminMessages.pin;
const QUESTION_LENGTH = 100;
/** In UTF-16 units; most of a message's 4096 stay free for the texts beside the answer. */
const ANSWER_LENGTH = 1000;
const SHOWN = 20;
const EXCERPT_LENGTH = 60;
/** Matches `=>`, also with the full-width characters that input methods produce. */
const ARROW = /[=＝][>＞]/;

const remove: AdminButton = {
  prefix: 'ap',
  async press(ctx, [id, ...more], { pins, log }) {
    const removed = id !== undefined && more.length === 0 && (await pins.remove(id));
    await acknowledge(ctx, log, removed ? m.removed : m.gone);
    await editInPlace(ctx, listOf(pins), buttonsOf(pins));
  },
};

export const pin: AdminCommand = {
  name: 'pin',
  buttons: [remove],
  async run(ctx, argument, { pins, now }) {
    if (argument === '') {
      await reply(ctx, [...listOf(pins), ...note(m.usage)], { buttons: buttonsOf(pins) });
      return;
    }
    await reply(ctx, note(await add(argument, ctx.from.id, pins, now())));
  },
};

async function add(argument: string, userId: number, pins: Pins, now: Date): Promise<string> {
  const [question = '', answer = '', expiry = null, ...more] = argument.split(ARROW).map((part) => part.trim());
  if (question === '' || answer === '' || more.length > 0) return m.usage;
  if (question.length > QUESTION_LENGTH || answer.length > ANSWER_LENGTH) {
    return m.tooLong(QUESTION_LENGTH, ANSWER_LENGTH);
  }
  const expiresAt = parseExpiry(expiry, now);
  if (expiresAt === null) return m.badExpiry;
  const added = await pins.add(question, answer, userId, expiresAt);
  if (added.kind === 'too-many') return m.tooMany(MAX_PINS);
  return added.kind === 'no-subject' ? m.noSubject : m.added(question, lastDayOfPin(expiresAt));
}

function listOf(pins: Pins): Message {
  const all = pins.list();
  if (all.length === 0) return note(m.none);
  const lines = all
    .slice(0, SHOWN)
    .map(({ question, answer, expiresAt }, i) =>
      m.line(i + 1, question, truncateLabel(answer, EXCERPT_LENGTH), lastDayOfPin(expiresAt)),
    );
  return note([m.title, ...lines, ...(all.length > SHOWN ? [m.more(all.length - SHOWN)] : [])].join('\n'));
}

function buttonsOf(pins: Pins): InlineKeyboardMarkup {
  const rows = pins
    .list()
    .slice(0, SHOWN)
    .map(({ id }, i) => [{ text: m.remove(i + 1), callback_data: encodeCallbackData('ap', id) }]);
  return { inline_keyboard: rows };
}
