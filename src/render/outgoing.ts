import type { OutgoingButton, OutgoingMessage } from '../domain/delivery.js';
import type { Message } from './message.js';
import { renderTelegram } from './telegram-html.js';

/** About what a phone shows of a button in one line. */
const LABEL_LENGTH = 24;

/** A message as it is owed, in as many parts as Telegram's limit needs; the buttons stand under the last. */
export function outgoing(message: Message, buttons: readonly (readonly OutgoingButton[])[] = []): OutgoingMessage[] {
  const parts = renderTelegram(message);
  return parts.map(({ html }, i) => ({ html, buttons: i === parts.length - 1 ? buttons : [] }));
}

/** A button that shows a stored notice: `n:` and its key, far below Telegram's 64 bytes of callback data. */
export function noticeButton(key: number, label: string): OutgoingButton {
  return { text: shortLabel(label), data: `n:${key}` };
}

const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Whole characters in one line; never empty, since Telegram refuses an empty label. */
function shortLabel(label: string): string {
  const line = label
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  // So many units hold more than any label, however long the text.
  const room = LABEL_LENGTH * 4;
  const characters = Array.from(CHARACTERS.segment(line.slice(0, room)), ({ segment }) => segment);
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return '…';
  if (characters.length <= LABEL_LENGTH && line.length <= room) return line;
  return `${characters.slice(0, LABEL_LENGTH - 1).join('')}…`;
}
