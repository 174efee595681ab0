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
  /** Null when there is no answer, or its notice is no longer stored. */
  readonly extras: AnswerExtras | null;
  readonly offers: Offers;
  /** Null when the question was not logged and therefore cannot be voted on. */
  readonly questionId: number | null;
}

/** Builds the keyboard under an answer: phone numbers, actions, other notices, votes. Undefined when it is empty. */
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

/** Builds the keyboard under a notice's opening: a button that sends the full text. */
export function openingButtons(key: number): InlineKeyboardMarkup {
  return { inline_keyboard: [[{ text: m.buttons.fullText, callback_data: fullTextData(key) }]] };
}
