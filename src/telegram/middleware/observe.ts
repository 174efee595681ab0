import type { MiddlewareFn, Transformer } from 'grammy';
import type { Metrics } from '../../operations/metrics-port.js';
import { runWithRequestId } from '../../operations/request-scope.js';

/** Counts the update and sets the request id of its log lines. Must be the first middleware. */
export function observeUpdates(metrics: Pick<Metrics, 'update'>): MiddlewareFn {
  return ({ update }, next) => {
    metrics.update(kindOf(update));
    // Telegram's update id, so that an update delivered twice is recognisable.
    return runWithRequestId(String(update.update_id), next);
  };
}

/** Returns the name of the only field besides `update_id`; few values, since only `ALLOWED_UPDATES` arrive. */
function kindOf(update: object): string {
  return Object.keys(update).find((field) => field !== 'update_id') ?? 'unknown';
}

/** Calls `onSuccess` after every getUpdates that succeeded, also an empty one. */
export function watchPolling(onSuccess: () => void): Transformer {
  return async (prev, method, payload, signal) => {
    const response = await prev(method, payload, signal);
    if (method === 'getUpdates' && response.ok) onSuccess();
    return response;
  };
}
