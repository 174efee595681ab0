import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { AnswerExtras } from '../ui/answer-extras.js';
import { commandMessages as m } from '../../messages/commands.js';
import { buildOfferRows, type OfferedNotices } from '../ui/offered-notices.js';
import { calendarCallbackData } from './calendar.js';
import { fullTextCallbackData } from './full-text.js';
import { reminderCallbackData } from './reminder-panel.js';
import { buildVoteRow } from './votes.js';

/** Telegram's limit for text to copy, in characters. */
const COPY_LIMIT = 256;
const MOST_PHONES = 3;

export interface AnswerButtonsOptions {
  /** Null when there is no answer, or its notice is no longer stored. */
  readonly extras: AnswerExtras | null;
  readonly offers: OfferedNotices;
  /** Null when the question was not logged and therefore cannot be voted on. */
  readonly questionId: number | null;
}

/** Builds the keyboard under an answer: phone numbers, actions, other notices, votes. Undefined when it is empty. */
export function buildAnswerButtons({
  extras,
  offers,
  questionId,
}: AnswerButtonsOptions): InlineKeyboardMarkup | undefined {
  const rows = [
    ...(extras === null ? [] : [phoneRow(extras), actionRow(extras)]),
    ...buildOfferRows(offers, 0),
    questionId === null ? [] : buildVoteRow(questionId),
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

function actionRow({ stored, reminderOffer }: AnswerExtras): InlineKeyboardButton[] {
  const forPeriod =
    reminderOffer === null
      ? []
      : [
          { text: m.buttons.remind, callback_data: reminderCallbackData(reminderOffer.ref) },
          { text: m.buttons.calendar, callback_data: calendarCallbackData(reminderOffer.ref) },
        ];
  return [...forPeriod, { text: m.buttons.fullText, callback_data: fullTextCallbackData(stored.key) }];
}

/** Builds the keyboard under a notice's opening: a button that sends the full text. */
export function buildOpeningButtons(key: number): InlineKeyboardMarkup {
  return { inline_keyboard: [[{ text: m.buttons.fullText, callback_data: fullTextCallbackData(key) }]] };
}
