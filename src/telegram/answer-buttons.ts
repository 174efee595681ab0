import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { AnswerExtras } from '../app/answer-extras.js';
import { commandMessages as m } from '../messages/commands.js';
import { offerRows, type Offers } from './buttons.js';
import { calendarData } from './panels/calendar.js';
import { fullTextData } from './panels/full-text.js';
import { reminderData } from './panels/reminder.js';
import { voteRow } from './panels/votes.js';

/** Telegram's limit for text to copy, in characters. */
const COPY_LIMIT = 256;
const MOST_PHONES = 3;

export interface UnderAnswer {
  /** Null where nothing was answered, or the notice is gone. */
  readonly extras: AnswerExtras | null;
  readonly offers: Offers;
  /** Null when the question could not be logged: it cannot be voted on then. */
  readonly questionId: number | null;
}

/** What can be done with an answer, the other notices, and the vote. Undefined when there is nothing. */
export function buttonsUnder({ extras, offers, questionId }: UnderAnswer): InlineKeyboardMarkup | undefined {
  const rows = [
    ...(extras === null ? [] : [phoneRow(extras), actionRow(extras)]),
    ...offerRows(offers, 0),
    questionId === null ? [] : voteRow(questionId),
  ].filter((row) => row.length > 0);
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}

function phoneRow({ phones }: AnswerExtras): InlineKeyboardButton[] {
  const usable = phones.filter((phone) => phone.length <= COPY_LIMIT).slice(0, MOST_PHONES);
  return usable.map((phone) => ({
    text: usable.length === 1 ? m.buttons.copyPhone : m.buttons.copyNumber(phone),
    copy_text: { text: phone },
  }));
}

function actionRow({ stored, offer }: AnswerExtras): InlineKeyboardButton[] {
  const forPeriod =
    offer === null
      ? []
      : [
          { text: m.buttons.remind, callback_data: reminderData(offer.ref) },
          { text: m.buttons.calendar, callback_data: calendarData(offer.ref) },
        ];
  return [...forPeriod, { text: m.buttons.fullText, callback_data: fullTextData(stored.key) }];
}

/** Under a notice's beginning: the rest of it. */
export function openingButtons(key: number): InlineKeyboardMarkup {
  return { inline_keyboard: [[{ text: m.buttons.fullText, callback_data: fullTextData(key) }]] };
}
