import type { InlineKeyboardMarkup } from 'grammy/types';
import type { AskService } from '../app/ask-service.js';
import type { Answer } from '../domain/answer.js';
import { CHOICES_SHOWN, type Message } from '../render/message.js';

/** Telegram's limit is 64 bytes; `n:` and a stored key stay far below it. */
const NOTICE_DATA = /^n:(0|[1-9]\d{0,14})$/;
/** About what a phone shows of a button in one line. */
const LABEL_LENGTH = 24;

export function noticeData(key: number): string {
  return `n:${String(key)}`;
}

/** The key of the notice a button stands for, or null for data that no button of ours has. */
export function noticeKeyIn(data: string): number | null {
  const key = NOTICE_DATA.exec(data)?.[1];
  return key === undefined ? null : Number(key);
}

/**
 * A button for every notice that the message lists, with its number there;
 * under an answer, for the best other notices. Undefined when there is none.
 */
export function candidateButtons(
  answer: Answer,
  message: Message,
  ask: Pick<AskService, 'keyOf'>,
): InlineKeyboardMarkup | undefined {
  const rows = offered(answer, message).flatMap(({ id, label }) => {
    const key = ask.keyOf(id);
    return key === null ? [] : [[{ text: label, callback_data: noticeData(key) }]];
  });
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}

function offered(answer: Answer, message: Message): { id: string; label: string }[] {
  const listed = message.find((block) => block.kind === 'choices');
  if (listed !== undefined) {
    return listed.items.map(({ id, title }, i) => ({ id, label: `${String(i + 1)}. ${shorten(title)}` }));
  }
  if (answer.kind !== 'answer') return [];
  return answer.candidates
    .filter((candidate) => candidate.id !== answer.notice.id)
    .slice(0, CHOICES_SHOWN)
    .map(({ id, title }) => ({ id, label: shorten(title) }));
}

const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Whole characters only; never empty, since Telegram refuses an empty label. */
function shorten(title: string): string {
  const line = title
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  // The first hundred units hold more than any label, however long the title.
  const characters = Array.from(CHARACTERS.segment(line.slice(0, 100)), ({ segment }) => segment);
  if (characters.length === 0) return '…';
  if (characters.length <= LABEL_LENGTH && line.length <= 100) return line;
  return `${characters.slice(0, LABEL_LENGTH - 1).join('')}…`;
}
