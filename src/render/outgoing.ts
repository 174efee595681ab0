import type { OutgoingButton, OutgoingMessage } from '../domain/delivery.js';
import { labelOf } from './label.js';
import type { Message } from './message.js';
import { inRows, NUMBERS_A_ROW } from './rows.js';
import { renderTelegram } from './telegram-html.js';

/** A message as it is owed, in as many parts as Telegram's limit needs; the buttons stand under the last. `now` as in `renderTelegram`. */
export function outgoing(
  message: Message,
  buttons: readonly (readonly OutgoingButton[])[] = [],
  now?: Date,
): OutgoingMessage[] {
  const parts = renderTelegram(message, now);
  return parts.map(({ html }, i) => ({ html, buttons: i === parts.length - 1 ? buttons : [] }));
}

/** A button that shows a stored notice: `n:` and its key, far below Telegram's 64 bytes of callback data. */
export function noticeButton(key: number, label: string): OutgoingButton {
  return { text: labelOf(label), data: `n:${key}` };
}

/** Buttons for the notices of a numbered list, in its order from 1: the titles stand in the text. */
export function numberButtons(keys: readonly number[]): OutgoingButton[][] {
  return inRows(
    keys.map((key, i) => noticeButton(key, `${i + 1}`)),
    NUMBERS_A_ROW,
  );
}
