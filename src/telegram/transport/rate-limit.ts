import type { Transformer } from 'grammy';
import type { RateLimiter } from '../../notify/delivery/rate-limiter.js';

/** Matches methods that count towards Telegram's limits: new and edited messages, not chat actions or callbacks. */
const RATE_LIMITED_METHODS = /^(?:send(?!ChatAction$)|edit(?:Message)|forward|copy)/;
/** Longest wait for the limiter, as for a 429 (retry.ts): a later reply is useless. */
const MAX_LIMITER_WAIT_MS = 120_000;

/**
 * Passes replies through the limiter shared by all sends, ahead of queued deliveries. Must be the innermost
 * transformer, so that every retry passes again. When the wait would be too long, returns Telegram's own 429 response.
 */
export function limitRate(limiter: RateLimiter): Transformer {
  return async (prev, method, payload, signal) => {
    if (!RATE_LIMITED_METHODS.test(method)) return prev(method, payload, signal);
    const chatId = chatIdOf(payload);
    const place = await limiter.acquire(chatId, 'interactive', {
      maxWaitMs: MAX_LIMITER_WAIT_MS,
      // At run time any AbortSignal works, and grammY's type only lacks members that are not used.
      signal: signal as unknown as AbortSignal | undefined,
    });
    if (place.kind === 'wait') {
      if (signal?.aborted === true) return prev(method, payload, signal);
      const retryAfter = Math.ceil(place.ms / 1000);
      const description = `Too Many Requests: retry after ${retryAfter}`;
      return { ok: false, error_code: 429, description, parameters: { retry_after: retryAfter } };
    }
    try {
      const response = await prev(method, payload, signal);
      const retryAfter = response.ok ? undefined : response.parameters?.retry_after;
      place.finish(retryAfter === undefined ? 'answered' : { retryAfterMs: retryAfter * 1000 });
      return response;
    } catch (error) {
      place.finish('unanswered');
      throw error;
    }
  };
}

function chatIdOf(payload: object): number | null {
  return 'chat_id' in payload && typeof payload.chat_id === 'number' ? payload.chat_id : null;
}
