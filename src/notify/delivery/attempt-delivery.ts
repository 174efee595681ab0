import type { ClaimedDelivery, DeliveryOutcome, QueuedDelivery } from '../../domain/delivery.js';
import { deliveryMessages } from '../../messages/delivery.js';
import {
  classifySendResult,
  type FinalSendVerdict,
  type KnownRefusals,
  type OmittablePart,
} from './classify-result.js';
import type { RateLimiter } from './rate-limiter.js';
import type { SendMessage } from './send.js';

const { reason } = deliveryMessages;

/** Longest wait for the limiter; then the message is postponed, so that others do not wait behind it. */
const MAX_LIMITER_WAIT_MS = 5000;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Bounds of the back-off after a fault of the server or the network. */
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

type SendableMessage = Pick<QueuedDelivery, 'chatId' | 'threadId' | 'message'>;

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
  for (let remaining: SendableMessage = delivery; ;) {
    const permit = await limiter.acquire(remaining.chatId, 'bulk', { maxWaitMs: MAX_LIMITER_WAIT_MS, signal });
    if (permit.kind === 'wait') {
      if (signal?.aborted === true) {
        return ended({ kind: 'later', notBefore: delivery.notBefore, error: reason.stopping });
      }
      const notBefore = new Date(now().getTime() + Math.ceil(permit.ms)).toISOString();
      return ended({ kind: 'later', notBefore, error: reason.paced });
    }
    const result = await send(remaining, remaining.message);
    const verdict = classifySendResult(result, refusals);
    if (result.kind === 'unanswered') permit.finish('unanswered');
    else permit.finish(verdict.kind === 'flood' ? verdict : 'answered');

    const error = result.kind === 'refused' ? result.description : result.kind === 'sent' ? '' : result.error;
    if (verdict.kind !== 'reduce') {
      const outcome = toDeliveryOutcome(delivery, verdict, error, { now: now(), random });
      return { outcome, without, tokenRefused: verdict.kind === 'token' ? error : null };
    }
    const reduced = omitPart(remaining, verdict.part);
    if (reduced === null) return ended({ kind: 'rejected', error });
    without.push(verdict.part);
    remaining = reduced;
  }
}

/** Returns the message without that part; null when it has no such part. */
export function omitPart({ chatId, threadId, message }: SendableMessage, part: OmittablePart): SendableMessage | null {
  switch (part) {
    case 'topic':
      return threadId === null ? null : { chatId, threadId: null, message };
    case 'buttons':
      return message.buttons.length === 0 ? null : { chatId, threadId, message: { ...message, buttons: [] } };
    case 'html': {
      const html = withoutTags(message.html);
      return html === message.html ? null : { chatId, threadId, message: { ...message, html } };
    }
  }
}

/** Removes tags, and escapes what is left of malformed ones: HTML without markup. */
function withoutTags(html: string): string {
  const text = html.replace(/<\/?[a-z][^<>]*>/gi, '');
  return text
    .replace(/&(?!(?:lt|gt|amp|quot|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/**
 * Converts a verdict to the outcome that is recorded after an attempt.
 *
 * @param error error text of the server or the network, for the ledger
 * @param random from 0 up to but not including 1
 */
function toDeliveryOutcome(
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
