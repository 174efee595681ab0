import { Api } from 'grammy';
import { toOperatorError } from './operator-error.js';

/** Time-out of the only attempt, in seconds; short, because an operator waits at a terminal. */
const TIMEOUT_S = 10;

/** Returns the username of the token's bot (one getMe call). Rejects with an OperatorError that lacks the token. */
export async function fetchBotUsername(token: string, apiRoot: string | undefined): Promise<string> {
  const api = new Api(token, {
    timeoutSeconds: TIMEOUT_S,
    ...(apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, '') }),
  });
  try {
    return (await api.getMe()).username;
  } catch (error) {
    throw toOperatorError(error, apiRoot);
  }
}
