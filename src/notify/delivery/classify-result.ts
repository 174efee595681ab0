import { z } from 'zod';
import type { SendResult } from './send.js';

const REFUSALS = ['gone', 'closed', 'closedTopic', 'topic', 'html', 'buttons', 'rejected'] as const;
type RefusalVerdict = (typeof REFUSALS)[number];

const refusalFileSchema = z.strictObject({
  about: z.string(),
  verdicts: z.record(z.enum(REFUSALS), z.string()),
  errors: z.array(z.strictObject({ verdict: z.enum(REFUSALS), descriptions: z.array(z.string().min(1)).min(1) })),
});

/** Known beginnings of error descriptions, in lower case, longest first. */
export type KnownRefusals = readonly (readonly [description: string, verdict: RefusalVerdict])[];

/** Schema of `data/telegram-errors.json`, which says what each verdict means. */
export const refusalSchema = refusalFileSchema.transform(({ errors }): KnownRefusals =>
  errors
    .flatMap(({ verdict, descriptions }) => descriptions.map((text) => [text.toLowerCase(), verdict] as const))
    .sort(([a], [b]) => b.length - a.length),
);

/** Part that can be left out so that the rest of a message still arrives. */
export type OmittablePart = 'topic' | 'html' | 'buttons';

/** Classification of a send result. `reduce`: Telegram refuses `part` of the message, which can be left out. */
export type SendVerdict = FinalSendVerdict | { readonly kind: 'reduce'; readonly part: OmittablePart };

export type FinalSendVerdict =
  | { readonly kind: 'sent'; readonly messageId: number }
  | { readonly kind: 'migrated'; readonly chatId: number }
  /** 429: this chat, or the whole bot, must wait. */
  | { readonly kind: 'flood'; readonly retryAfterMs: number }
  /** Fault of the server or the network: retried without limit. */
  | { readonly kind: 'fault' }
  /** Token refused (401, 404): nothing can be sent until an operator acts. */
  | { readonly kind: 'token' }
  /** Refusal with an unlisted description: assumed to concern the message. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'closedTopic' }
  | { readonly kind: 'rejected' };

/** Wait after a 429 that does not state one. */
const DEFAULT_RETRY_AFTER_S = 30;

export function classifySendResult(result: SendResult, known: KnownRefusals): SendVerdict {
  if (result.kind === 'sent') return result;
  if (result.kind === 'unanswered') return { kind: 'fault' };
  const { code, description, retryAfter, migratedTo } = result;
  if (migratedTo !== null) return { kind: 'migrated', chatId: migratedTo };
  if (code === 429 || retryAfter !== null) {
    return { kind: 'flood', retryAfterMs: Math.max(1, retryAfter ?? DEFAULT_RETRY_AFTER_S) * 1000 };
  }
  if (code === 401 || code === 404) return { kind: 'token' };
  if (code >= 500) return { kind: 'fault' };
  const refusal = findRefusal(description, known);
  if (refusal === 'topic' || refusal === 'html' || refusal === 'buttons') return { kind: 'reduce', part: refusal };
  // A 403 always concerns the chat, not the message.
  return { kind: refusal ?? (code === 403 ? 'closed' : 'unknown') };
}

/** Returns the verdict on the longest known beginning of a description; undefined when none is known. */
export function findRefusal(description: string, known: KnownRefusals): RefusalVerdict | undefined {
  const text = description.toLowerCase().replace(/^(?:bad request|forbidden): /, '');
  return known.find(([beginning]) => text.startsWith(beginning))?.[1];
}
