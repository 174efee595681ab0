import type { ClaimedDelivery, DeliveryOutcome } from '../domain/delivery.js';
import { deliveryMessages } from '../messages/delivery.js';
import { classify, type KnownRefusals } from './classify.js';
import type { Limiter } from './limiter.js';
import { outcomeOf } from './outcome.js';
import { reduce, type Reduction } from './reduce.js';
import type { Send } from './send.js';

const { reason } = deliveryMessages;

/** Longest wait for the limiter; then the message is postponed, so that others do not wait behind it. */
const PATIENCE_MS = 5000;

export interface AttemptDeps {
  readonly send: Send;
  readonly limiter: Limiter;
  readonly refusals: KnownRefusals;
  readonly now: () => Date;
  readonly random: () => number;
}

export interface Attempted {
  readonly outcome: DeliveryOutcome;
  /** Parts left out because Telegram refused them. */
  readonly without: readonly Reduction[];
  /** Telegram's error when it refused the token, else null. */
  readonly tokenRefused: string | null;
}

/**
 * Sends a message, leaving out, one after another, the parts that Telegram refuses; each try waits for the limiter. The
 * signal ends the wait for the limiter, not a request in flight. Never rejects, because `send` does not.
 */
export async function attempt(
  delivery: ClaimedDelivery,
  { send, limiter, refusals, now, random }: AttemptDeps,
  signal?: AbortSignal,
): Promise<Attempted> {
  const without: Reduction[] = [];
  const ended = (outcome: DeliveryOutcome): Attempted => ({ outcome, without, tokenRefused: null });
  for (let parcel: Parameters<typeof reduce>[0] = delivery; ;) {
    const place = await limiter.place(parcel.chatId, 'bulk', { patienceMs: PATIENCE_MS, signal });
    if (place.kind === 'wait') {
      if (signal?.aborted === true) {
        return ended({ kind: 'later', notBefore: delivery.notBefore, error: reason.stopping });
      }
      const notBefore = new Date(now().getTime() + Math.ceil(place.ms)).toISOString();
      return ended({ kind: 'later', notBefore, error: reason.paced });
    }
    const result = await send(parcel, parcel.message);
    const verdict = classify(result, refusals);
    if (result.kind === 'unanswered') place.finish('unanswered');
    else place.finish(verdict.kind === 'flood' ? verdict : 'answered');

    const error = result.kind === 'refused' ? result.description : result.kind === 'sent' ? '' : result.error;
    if (verdict.kind !== 'reduce') {
      const outcome = outcomeOf(delivery, verdict, error, { now: now(), random });
      return { outcome, without, tokenRefused: verdict.kind === 'token' ? error : null };
    }
    const reduced = reduce(parcel, verdict.part);
    if (reduced === null) return ended({ kind: 'rejected', error });
    without.push(verdict.part);
    parcel = reduced;
  }
}
