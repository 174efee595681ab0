import { Api } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { OutgoingButton, OutgoingMessage } from '../../domain/delivery.js';
import type { SendMessage, SendResult } from '../../notify/delivery/send.js';
import { createRedactor, type Redactor } from '../../operations/redact.js';
import { classifyError } from './classify-error.js';
import { apiRootOption } from './connect.js';

/** Time-out of a send. Nobody waits for it, but a hung connection occupies one of the sender's places. */
const TIMEOUT_S = 20;

/** Creates the function that sends queued deliveries. Its Api has no retries: the ledger says when to try again. */
export function createDeliverySender(options: {
  readonly token: string;
  readonly apiRoot?: string | undefined;
  readonly timeoutSeconds?: number;
}): SendMessage {
  const { token, apiRoot, timeoutSeconds = TIMEOUT_S } = options;
  const api = new Api(token, { timeoutSeconds, ...apiRootOption(apiRoot) });
  const redact = createRedactor(token);
  return async ({ chatId, threadId }, { html, buttons }) => {
    try {
      const { message_id: messageId } = await api.sendMessage(chatId, html, {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(threadId === null ? {} : { message_thread_id: threadId }),
        ...toReplyMarkup(buttons),
      });
      return { kind: 'sent', messageId };
    } catch (error) {
      return toSendResult(error, redact);
    }
  };
}

/** Converts composed buttons to the `reply_markup` of a send call; an empty object when there are none. */
export function toReplyMarkup(buttons: OutgoingMessage['buttons']): { reply_markup?: InlineKeyboardMarkup } {
  return buttons.length === 0
    ? {}
    : { reply_markup: { inline_keyboard: buttons.map((row) => row.map(toInlineButton)) } };
}

function toInlineButton(button: OutgoingButton): InlineKeyboardButton {
  const { text } = button;
  if ('data' in button) return { text, callback_data: button.data };
  if ('url' in button) return { text, url: button.url };
  return { text, copy_text: { text: button.copy } };
}

function toSendResult(error: unknown, redact: Redactor): SendResult {
  const failure = classifyError(error);
  // The underlying error names the fault; the text of the HttpError holds the URL with the token.
  if (failure.kind === 'unreachable') return { kind: 'unanswered', error: redact(String(failure.fault)) };
  if (failure.kind === 'other') return { kind: 'unanswered', error: redact(String(error)) };
  return { kind: 'refused', ...failure.refusal, description: redact(failure.refusal.description) };
}
