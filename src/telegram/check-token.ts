import { Api } from 'grammy';
import { operatorError } from './startup.js';

/** Someone waits at a terminal: one try, not long. */
const TIMEOUT_S = 10;

/** Asks Telegram once whose token this is. Rejects with an OperatorError, without the token in it. */
export async function usernameOf(token: string, apiRoot: string | undefined): Promise<string> {
  const api = new Api(token, {
    timeoutSeconds: TIMEOUT_S,
    ...(apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, '') }),
  });
  try {
    return (await api.getMe()).username;
  } catch (error) {
    throw operatorError(error, apiRoot);
  }
}
