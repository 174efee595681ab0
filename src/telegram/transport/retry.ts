import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { autoRetry } from '@grammyjs/auto-retry';
import type { Api, Transformer } from 'grammy';
import type { Logger } from 'pino';
import type { RateLimiter } from '../../notify/delivery/rate-limiter.js';
import { classifyError } from './classify-error.js';

/** Matches methods that count towards Telegram's limits: new and edited messages, not chat actions or callbacks. */
const RATE_LIMITED_METHODS = /^(?:send(?!ChatAction$)|edit(?:Message)|forward|copy)/;
/** Longest wait for the limiter, as for a 429 (below): a later reply is useless. */
const MAX_LIMITER_WAIT_MS = 120_000;
/**
 * Delays between attempts of one call after a network fault: about a minute in total, longer than a restart of a proxy
 * or of the Bot API server. A call that the server took before the connection broke is then sent twice; the Bot API has
 * no idempotency key, so the alternative is to lose it.
 */
const NETWORK_RETRY_DELAYS_MS: readonly number[] = [300, 1000, 2000, 4000, 8000, 15_000, 30_000];
/** Longest wait for a 429: a group takes 20 messages a minute and asks for up to a minute; later is useless. */
const LONGEST_FLOOD_WAIT_S = 120;
const FLOOD_ATTEMPTS = 5;

/**
 * Installs rate limiting and retries on an Api. From the innermost out: the limiter, if given (each attempt takes a
 * place); retries of network faults (own code with `rethrowHttpErrors`, since auto-retry's attempts are unbounded);
 * retries of 429 and 5xx (auto-retry; obeys `retry_after`, 5xx wait 3, 6, 12 … s); the signal that ends all waiting at
 * shutdown. getUpdates is not retried here: the polling loop handles its own faults.
 */
export function installRetries(
  api: Api,
  options: {
    log: Logger;
    signal: AbortSignal;
    networkDelaysMs?: readonly number[] | undefined;
    limiter?: RateLimiter | undefined;
  },
): void {
  const flood = autoRetry({
    maxRetryAttempts: FLOOD_ATTEMPTS,
    maxDelaySeconds: LONGEST_FLOOD_WAIT_S,
    rethrowHttpErrors: true,
    rethrowInternalServerErrors: false,
  });
  // Every call in flight adds a listener; Node would warn of a leak.
  setMaxListeners(0, options.signal);
  const network = retryNetworkFaults(options.log, options.networkDelaysMs ?? NETWORK_RETRY_DELAYS_MS);
  if (options.limiter !== undefined) api.config.use(limitRate(options.limiter));
  api.config.use(exceptPolling(network), exceptPolling(flood), withDefaultSignal(options.signal));
}

/**
 * Passes replies through the limiter shared by all sends, ahead of queued deliveries. Must be the innermost
 * transformer, so that every retry passes again. When the wait would be too long, returns Telegram's own 429 response.
 */
function limitRate(limiter: RateLimiter): Transformer {
  return async (prev, method, payload, signal) => {
    if (!RATE_LIMITED_METHODS.test(method)) return prev(method, payload, signal);
    const chatId = chatIdOf(payload);
    const permit = await limiter.acquire(chatId, 'interactive', {
      maxWaitMs: MAX_LIMITER_WAIT_MS,
      signal: toNativeSignal(signal),
    });
    if (permit.kind === 'wait') {
      if (signal?.aborted === true) return prev(method, payload, signal);
      const retryAfter = Math.ceil(permit.ms / 1000);
      const description = `Too Many Requests: retry after ${retryAfter}`;
      return { ok: false, error_code: 429, description, parameters: { retry_after: retryAfter } };
    }
    try {
      const response = await prev(method, payload, signal);
      const retryAfter = response.ok ? undefined : response.parameters?.retry_after;
      permit.finish(retryAfter === undefined ? 'answered' : { retryAfterMs: retryAfter * 1000 });
      return response;
    } catch (error) {
      permit.finish('unanswered');
      throw error;
    }
  };
}

function chatIdOf(payload: object): number | null {
  return 'chat_id' in payload && typeof payload.chat_id === 'number' ? payload.chat_id : null;
}

function retryNetworkFaults(log: Logger, delaysMs: readonly number[]): Transformer {
  return async (prev, method, payload, signal) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await prev(method, payload, signal);
      } catch (error) {
        const delayMs = delaysMs[attempt];
        const isFinal = classifyError(error).kind !== 'unreachable' || delayMs === undefined;
        if (isFinal || signal?.aborted === true) throw error;
        log.warn({ method, attempt: attempt + 1, delayMs, err: error }, '调用 Telegram 时网络出错，稍后重试');
        // Ends early at shutdown; the fault is then final.
        await sleep(delayMs, undefined, { signal: toNativeSignal(signal) }).catch(() => {
          throw error;
        });
      }
    }
  };
}

function exceptPolling(transformer: Transformer): Transformer {
  return (prev, method, payload, signal) =>
    method === 'getUpdates' ? prev(method, payload, signal) : transformer(prev, method, payload, signal);
}

/** Signal type of the abort-controller package, which grammY declares; at run time any AbortSignal works. */
type GrammySignal = Parameters<Transformer>[3];

/** Returns grammY's signal as a native one, for functions that use only what both have. */
export function toNativeSignal(signal: GrammySignal): AbortSignal | undefined {
  return signal as unknown as AbortSignal | undefined;
}

function withDefaultSignal(signal: AbortSignal): Transformer {
  return (prev, method, payload, given) => prev(method, payload, given ?? (signal as unknown as GrammySignal));
}
