import { setMaxListeners } from 'node:events';
import { autoRetry } from '@grammyjs/auto-retry';
import { HttpError, type Api, type Transformer } from 'grammy';
import type { Logger } from 'pino';
import type { Limiter } from '../delivery/limiter.js';
import { paced } from './paced.js';
import { pause } from './pause.js';

/**
 * Waits between tries of one call after a network fault: about a minute
 * altogether, which outlives a restart of a proxy or of the Bot API server.
 * A call that the server had taken before the connection broke is then sent
 * twice; without an idempotency key in the Bot API the other choice is to lose it.
 */
const NETWORK_RETRY_DELAYS_MS: readonly number[] = [300, 1000, 2000, 4000, 8000, 15_000, 30_000];
/** A group may send 20 messages a minute, so its 429 asks for up to a minute; longer waits answer nobody. */
const LONGEST_FLOOD_WAIT_S = 120;
const FLOOD_ATTEMPTS = 5;

/**
 * Makes every call of this Api patient, in this order from the inside: the
 * limiter, if there is one (each try takes its turn), network faults (ours:
 * auto-retry's own has no bound on attempts, so `rethrowHttpErrors`), then 429 and 5xx (auto-retry; `retry_after` is obeyed,
 * 5xx wait 3, 6, 12 … s), then the signal that ends all waiting at shutdown.
 * getUpdates is left alone: the polling loop has its own way with faults.
 */
export function beResilient(
  api: Api,
  options: {
    log: Logger;
    signal: AbortSignal;
    networkDelaysMs?: readonly number[] | undefined;
    limiter?: Limiter | undefined;
  },
): void {
  const flood = autoRetry({
    maxRetryAttempts: FLOOD_ATTEMPTS,
    maxDelaySeconds: LONGEST_FLOOD_WAIT_S,
    rethrowHttpErrors: true,
    rethrowInternalServerErrors: false,
  });
  // Every call under way listens to it; Node would take that for a leak.
  setMaxListeners(0, options.signal);
  const network = retryNetworkFaults(options.log, options.networkDelaysMs ?? NETWORK_RETRY_DELAYS_MS);
  if (options.limiter !== undefined) api.config.use(paced(options.limiter));
  api.config.use(exceptPolling(network), exceptPolling(flood), stopWith(options.signal));
}

function retryNetworkFaults(log: Logger, delaysMs: readonly number[]): Transformer {
  return async (prev, method, payload, signal) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await prev(method, payload, signal);
      } catch (error) {
        const delayMs = delaysMs[attempt];
        if (!(error instanceof HttpError) || delayMs === undefined || signal?.aborted === true) throw error;
        log.warn({ method, attempt: attempt + 1, delayMs, err: error }, '调用 Telegram 时网络出错，稍后重试');
        await pause(delayMs, signal);
        // The pause ends early at shutdown: the fault is then the last word.
        if (isAborted(signal)) throw error;
      }
    }
  };
}

/** Behind a function because the compiler takes the first look at `aborted` for the last. */
const isAborted = (signal: { readonly aborted: boolean } | undefined): boolean => signal?.aborted === true;

function exceptPolling(transformer: Transformer): Transformer {
  return (prev, method, payload, signal) =>
    method === 'getUpdates' ? prev(method, payload, signal) : transformer(prev, method, payload, signal);
}

/** grammY's type is that of the abort-controller package; at run time any AbortSignal does. */
type GrammySignal = Parameters<Transformer>[3];

function stopWith(signal: AbortSignal): Transformer {
  return (prev, method, payload, given) => prev(method, payload, given ?? (signal as unknown as GrammySignal));
}
