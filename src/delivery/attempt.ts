import type { ClaimedDelivery, DeliveryOutcome } from '../domain/delivery.js';
import { deliveryMessages } from '../messages/delivery.js';
import { classify, type KnownRefusals } from './classify.js';
import type { Limiter } from './limiter.js';
import { outcomeOf } from './outcome.js';
import { reduce, type Reduction } from './reduce.js';
import type { Send } from './send.js';

const { reason } = deliveryMessages;

/** A message that finds no place within this goes back, so that others do not wait behind it. */
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
  /** What was left out because Telegram objected to it. */
  readonly without: readonly Reduction[];
  /** What Telegram said of the token, when it refused it. */
  readonly tokenRefused: string | null;
}

/**
 * Sends a message, leaving out, one after another, the parts that Telegram
 * objects to; each try takes its turn. The signal ends the wait for a turn, not
 * a request that is under way. Never rejects, for `send` does not.
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
