import type { OutgoingButton, OutgoingMessage } from '../domain/delivery.js';
import { NUMBER_BUTTONS_PER_ROW, splitIntoRows, truncateLabel } from './button-layout.js';
import type { Message } from './message.js';
import { renderTelegram } from './telegram-html.js';

/** Renders a message in parts within Telegram's limit, with the buttons under the last. `now`: see `renderTelegram`. */
export function renderOutgoing(
  message: Message,
  buttons: readonly (readonly OutgoingButton[])[] = [],
  now?: Date,
): OutgoingMessage[] {
  const parts = renderTelegram(message, now);
  return parts.map(({ html }, i) => ({ html, buttons: i === parts.length - 1 ? buttons : [] }));
}

/** Returns a button that shows a stored notice. Callback data: `n:` and its key, far below Telegram's 64 bytes. */
export function noticeButton(key: number, label: string): OutgoingButton {
  return { text: truncateLabel(label), data: `n:${key}` };
}

/** Returns rows of buttons for a numbered list of notices, labelled from 1: the titles stand in the text. */
export function numberButtons(keys: readonly number[]): OutgoingButton[][] {
  return splitIntoRows(
    keys.map((key, i) => noticeButton(key, `${i + 1}`)),
    NUMBER_BUTTONS_PER_ROW,
  );
}
