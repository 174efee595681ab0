import type { ClaimedDelivery, DeliveryOutcome } from '../../domain/delivery.js';
import { deliveryMessages } from '../../messages/delivery.js';
import { classifySendResult, type KnownRefusals } from './classify-result.js';
import type { RateLimiter } from './rate-limiter.js';
import { toDeliveryOutcome } from './outcome.js';
import { omitPart, type OmittablePart } from './omit-part.js';
import type { SendMessage } from './send.js';

const { reason } = deliveryMessages;

/** Longest wait for the limiter; then the message is postponed, so that others do not wait behind it. */
const PATIENCE_MS = 5000;

export interface AttemptDependencies {
  readonly send: SendMessage;
  readonly limiter: RateLimiter;
  readonly refusals: KnownRefusals;
  readonly now: () => Date;
  readonly random: () => number;
}

export interface AttemptResult {
  readonly outcome: DeliveryOutcome;
  /** Parts left out because Telegram refused them. */
  readonly without: readonly OmittablePart[];
  /** Telegram's error when it refused the token, else null. */
  readonly tokenRefused: string | null;
}

/**
 * Sends a message, leaving out, one after another, the parts that Telegram refuses; each try waits for the limiter. The
 * signal ends the wait for the limiter, not a request in flight. Never rejects, because `send` does not.
 */
export async function attemptDelivery(
  delivery: ClaimedDelivery,
  { send, limiter, refusals, now, random }: AttemptDependencies,
  signal?: AbortSignal,
): Promise<AttemptResult> {
  const without: OmittablePart[] = [];
  const ended = (outcome: DeliveryOutcome): AttemptResult => ({ outcome, without, tokenRefused: null });
  for (let parcel: Parameters<typeof omitPart>[0] = delivery; ;) {
    const place = await limiter.acquire(parcel.chatId, 'bulk', { maxWaitMs: PATIENCE_MS, signal });
    if (place.kind === 'wait') {
      if (signal?.aborted === true) {
        return ended({ kind: 'later', notBefore: delivery.notBefore, error: reason.stopping });
      }
      const notBefore = new Date(now().getTime() + Math.ceil(place.ms)).toISOString();
      return ended({ kind: 'later', notBefore, error: reason.paced });
    }
    const result = await send(parcel, parcel.message);
    const verdict = classifySendResult(result, refusals);
    if (result.kind === 'unanswered') place.finish('unanswered');
    else place.finish(verdict.kind === 'flood' ? verdict : 'answered');

    const error = result.kind === 'refused' ? result.description : result.kind === 'sent' ? '' : result.error;
    if (verdict.kind !== 'reduce') {
      const outcome = toDeliveryOutcome(delivery, verdict, error, { now: now(), random });
      return { outcome, without, tokenRefused: verdict.kind === 'token' ? error : null };
    }
    const reduced = omitPart(parcel, verdict.part);
    if (reduced === null) return ended({ kind: 'rejected', error });
    without.push(verdict.part);
    parcel = reduced;
  }
}
