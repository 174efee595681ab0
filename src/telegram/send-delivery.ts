import { Api, GrammyError, HttpError } from 'grammy';
import type { Send, SendResult } from '../delivery/send.js';
import { keyboardFor } from './keyboard.js';
import { redact, type Redact } from './redact.js';
import { clientRoot } from './startup.js';

/** Nobody waits for it, but a hung connection holds one of the places of the sender. */
const TIMEOUT_S = 20;

/** Sends what is owed. Its own Api, without the retries of the bot's: when to try again is written in the ledger. */
export function createSend(options: {
  readonly token: string;
  readonly apiRoot?: string | undefined;
  readonly timeoutSeconds?: number;
}): Send {
  const { token, apiRoot, timeoutSeconds = TIMEOUT_S } = options;
  const api = new Api(token, { timeoutSeconds, ...clientRoot(apiRoot) });
  const clean = redact(token);
  return async ({ chatId, threadId }, { html, buttons }) => {
    try {
      const { message_id: messageId } = await api.sendMessage(chatId, html, {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(threadId === null ? {} : { message_thread_id: threadId }),
        ...keyboardFor(buttons),
      });
      return { kind: 'sent', messageId };
    } catch (error) {
      return resultOf(error, clean);
    }
  };
}

function resultOf(error: unknown, clean: Redact): SendResult {
  if (error instanceof GrammyError) {
    const { retry_after: retryAfter, migrate_to_chat_id: migratedTo } = error.parameters;
    return {
      kind: 'refused',
      code: error.error_code,
      description: clean(error.description),
      retryAfter: retryAfter ?? null,
      migratedTo: migratedTo ?? null,
    };
  }
  // What lies under a network error names the fault; its own text holds the URL with the token.
  const fault = error instanceof HttpError ? error.error : error;
  return { kind: 'unanswered', error: clean(String(fault)) };
}
