import { Api, type Bot } from 'grammy';
import { OperatorError } from '../../domain/errors.js';
import { telegramOperatorMessages as m } from '../../messages/telegram.js';
import { classifyError } from './classify-error.js';

/** Time-out of `fetchBotUsername`, in seconds; short, because an operator waits at a terminal. */
const TIMEOUT_S = 10;

/** Returns the client option for an API root, without trailing slashes, which grammY refuses. */
export function apiRootOption(apiRoot: string | undefined): { apiRoot?: string } {
  return apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, '') };
}

/** Returns the username of the token's bot (one getMe call). Rejects with an OperatorError that lacks the token. */
export async function fetchBotUsername(token: string, apiRoot: string | undefined): Promise<string> {
  const api = new Api(token, { timeoutSeconds: TIMEOUT_S, ...apiRootOption(apiRoot) });
  try {
    return (await api.getMe()).username;
  } catch (error) {
    throw toOperatorError(error, apiRoot);
  }
}

/** Fetches the bot's own user (getMe, with the retries of `installRetries`) and stores it in `bot.botInfo`. */
export async function fetchBotInfo(bot: Bot, apiRoot: string | undefined): Promise<void> {
  try {
    bot.botInfo = await bot.api.getMe();
  } catch (error) {
    throw toOperatorError(error, apiRoot);
  }
}

/**
 * Converts a failed call to an error that tells the operator what to do. Drops the cause, since the error may be
 * printed anywhere: a network fault holds the URL with the token, a refusal the payload with the webhook secret.
 */
export function toOperatorError(error: unknown, apiRoot = 'https://api.telegram.org'): Error {
  const failure = classifyError(error);
  if (failure.kind === 'other') return error instanceof Error ? error : new Error(String(error));
  if (failure.kind === 'unreachable') return new OperatorError(m.unreachable(withoutPath(apiRoot), failure.code));
  if (failure.kind === 'unauthorised') return new OperatorError(m.tokenInvalid);
  return new OperatorError(m.startRefused(`${failure.method}：${failure.refusal.description}`));
}

/** Returns only the origin: the address of a self-hosted server may carry a password or a secret path. */
function withoutPath(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
