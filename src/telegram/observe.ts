import type { MiddlewareFn, Transformer } from 'grammy';
import type { Metrics } from '../app/metrics.js';
import { withRequest } from '../app/request-scope.js';

/** The first of all middleware: counts the update and gives the lines logged for it one id. */
export function observeUpdates(metrics: Pick<Metrics, 'update'>): MiddlewareFn {
  return ({ update }, next) => {
    metrics.update(kindOf(update));
    // Telegram's own number: an update that is delivered twice shows as such.
    return withRequest(String(update.update_id), next);
  };
}

/** The one field beside the number. Only kinds that were asked for arrive, so they are few. */
function kindOf(update: object): string {
  return Object.keys(update).find((field) => field !== 'update_id') ?? 'unknown';
}

/** Tells of every getUpdates that succeeded, also of an empty one. */
export function watchPolling(onSuccess: () => void): Transformer {
  return async (prev, method, payload, signal) => {
    const response = await prev(method, payload, signal);
    if (method === 'getUpdates' && response.ok) onSuccess();
    return response;
  };
}
