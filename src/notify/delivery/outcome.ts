import type { ClaimedDelivery, DeliveryOutcome } from '../../domain/delivery.js';
import { deliveryMessages } from '../../messages/delivery.js';
import type { FinalSendVerdict } from './classify-result.js';

const { reason } = deliveryMessages;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Back-off after a fault of the server or the network. */
const FIRST_BACKOFF_MS = 2 * SECOND_MS;
const LONGEST_BACKOFF_MS = 10 * MINUTE_MS;
const SHORTEST_BACKOFF_MS = SECOND_MS;
/** Delays after a refusal that may be withdrawn. Up to a fifth is added, to spread a thousand retries over time. */
const FIRST_DELAYS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];
/** Delays over a day: a group muted for the night reopens, and an administrator notices within the day. */
const DAY_OF_DELAYS_MS = [...FIRST_DELAYS_MS, ...Array.from({ length: 24 }, () => HOUR_MS)];
/**
 * Delays before each retry; after the last, the delivery is given up. An unlisted refusal most likely concerns the
 * message, so that a day of retries is of no use.
 */
const RETRY_DELAYS_MS = {
  closed: DAY_OF_DELAYS_MS,
  closedTopic: DAY_OF_DELAYS_MS,
  unknown: [...FIRST_DELAYS_MS, HOUR_MS],
} as const;

/**
 * Converts a verdict to the outcome that is recorded after an attempt.
 *
 * @param error error text of the server or the network, for the ledger
 * @param random from 0 up to but not including 1
 */
export function toDeliveryOutcome(
  delivery: ClaimedDelivery,
  verdict: FinalSendVerdict,
  error: string,
  { now, random }: { readonly now: Date; readonly random: () => number },
): DeliveryOutcome {
  const inMs = (ms: number): string => new Date(now.getTime() + Math.ceil(ms)).toISOString();
  const { kind } = verdict;
  switch (kind) {
    case 'sent':
    case 'migrated':
      return verdict;
    case 'gone':
    case 'rejected':
      return { kind, error };
    case 'closed':
    case 'closedTopic':
    case 'unknown': {
      const delayMs = RETRY_DELAYS_MS[kind][delivery.refusals];
      if (delayMs === undefined) return { kind: kind === 'closed' ? 'gone' : 'rejected', error: reason.gaveUp(error) };
      return {
        kind: 'refused',
        notBefore: inMs(delayMs * (1 + random() / 5)),
        error,
        keepsQueuePosition: kind === 'closed',
      };
    }
    case 'flood':
      return {
        kind: 'later',
        notBefore: inMs(verdict.retryAfterMs),
        error: reason.flood(verdict.retryAfterMs / SECOND_MS),
      };
    case 'fault':
    case 'token':
      return { kind: 'later', notBefore: inMs(backOffMs(delivery.attempts, random)), error };
  }
}

/** Computes the back-off with full jitter: from a second up to a bound that doubles with each attempt. */
function backOffMs(attempts: number, random: () => number): number {
  const bound = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempts, 20));
  return SHORTEST_BACKOFF_MS + random() * (bound - SHORTEST_BACKOFF_MS);
}
