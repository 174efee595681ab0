import type { Transformer } from 'grammy';
import type { Limiter } from '../delivery/limiter.js';

/** What Telegram counts: messages new and edited. Chat actions and answers to buttons are not. */
const COUNTED = /^(?:send(?!ChatAction$)|edit(?:Message)|forward|copy)/;
/** As long as a call waits for a 429 (retry.ts): longer waits answer nobody. */
const PATIENCE_MS = 120_000;

/**
 * Lets replies pass the one limiter of all sends, before what is owed. Stands
 * innermost, so that a repeated call passes again. Where the wait would be too
 * long, the answer is the 429 that Telegram itself would give.
 */
export function paced(limiter: Limiter): Transformer {
  return async (prev, method, payload, signal) => {
    if (!COUNTED.test(method)) return prev(method, payload, signal);
    const chatId = chatIdOf(payload);
    const place = await limiter.place(chatId, 'interactive', { patienceMs: PATIENCE_MS, signal });
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
