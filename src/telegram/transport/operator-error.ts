import { GrammyError, HttpError, type Bot } from 'grammy';
import { OperatorError } from '../../domain/errors.js';
import { telegramOperatorMessages as m } from '../../messages/telegram.js';

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
  if (error instanceof GrammyError) {
    // A token of the wrong shape makes a path that the server does not know: 404.
    const isToken = error.error_code === 401 || (error.error_code === 404 && error.method === 'getMe');
    return new OperatorError(isToken ? m.tokenInvalid : m.startRefused(`${error.method}：${error.description}`));
  }
  if (error instanceof HttpError) return new OperatorError(m.unreachable(withoutPath(apiRoot), faultOf(error)));
  return error instanceof Error ? error : new Error(String(error));
}

/** Returns the network error code (ECONNREFUSED, ENOTFOUND …); undefined for a response that is not JSON, say. */
function faultOf({ error }: HttpError): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Returns only the origin: the address of a self-hosted server may carry a password or a secret path. */
function withoutPath(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** Returns the client option for an API root, without trailing slashes, which grammY refuses. */
export function apiRootOption(apiRoot: string | undefined): { apiRoot?: string } {
  return apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, '') };
}
