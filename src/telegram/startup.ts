import { GrammyError, HttpError, type Bot } from 'grammy';
import { OperatorError } from '../domain/errors.js';
import { telegramOperatorMessages as m } from '../messages/telegram.js';

/** getMe, with the patience of every call (`beResilient`); afterwards the bot knows its own name. */
export async function introduce(bot: Bot, apiRoot: string | undefined): Promise<void> {
  try {
    bot.botInfo = await bot.api.getMe();
  } catch (error) {
    throw operatorError(error, apiRoot);
  }
}

/**
 * What the operator can do about a failed call. The cause is not kept: that of
 * a network fault holds the URL with the token, that of a refusal the payload
 * with the webhook secret, and nobody knows where this error will be printed.
 */
export function operatorError(error: unknown, apiRoot = 'https://api.telegram.org'): Error {
  if (error instanceof GrammyError) {
    // A token of the wrong shape makes a path that the server does not know: 404.
    const isToken = error.error_code === 401 || (error.error_code === 404 && error.method === 'getMe');
    return new OperatorError(isToken ? m.tokenInvalid : m.startRefused(`${error.method}：${error.description}`));
  }
  if (error instanceof HttpError) return new OperatorError(m.unreachable(withoutPath(apiRoot), faultOf(error)));
  return error instanceof Error ? error : new Error(String(error));
}

/** ECONNREFUSED, ENOTFOUND …; for an answer that is no JSON, say, there is none. */
function faultOf({ error }: HttpError): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A self-hosted server's address may carry a password or a secret path. */
function withoutPath(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** grammY refuses a root that ends in a slash; people write one. */
export function clientRoot(apiRoot: string | undefined): { apiRoot?: string } {
  return apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, '') };
}
