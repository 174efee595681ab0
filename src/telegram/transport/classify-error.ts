import { GrammyError, HttpError } from 'grammy';
import { findRefusal, type KnownRefusals } from '../../notify/delivery/classify-result.js';
import type { Refusal } from '../../notify/delivery/send.js';

/** Meaning of an error that a call of the Bot API threw. */
export type CallFailure =
  /** No readable response. `code`: of the network (ECONNREFUSED …); undefined for a response that is not JSON, say. */
  | { readonly kind: 'unreachable'; readonly code: string | undefined; readonly fault: unknown }
  | { readonly kind: RefusalKind; readonly method: string; readonly refusal: Refusal }
  /** Not an error of a call. */
  | { readonly kind: 'other' };

/**
 * Meaning of a refusal by the server. `conflict`: another process polls with the same token. `write-refused`: the bot
 * may not write to the chat. `unmodified`: an edit that changes nothing. `uneditable`: an edit of a message that was
 * deleted, or that Telegram no longer lets edit. `refused`: any other.
 */
type RefusalKind = 'flooded' | 'unauthorised' | 'conflict' | 'write-refused' | 'unmodified' | 'uneditable' | 'refused';

/** Wordings of descriptions (with code 400) of edits; those of sends are in `data/telegram-errors.json`. */
const UNMODIFIED = 'message is not modified';
const UNEDITABLE = ['message to edit not found', "message can't be edited"];

/** Classifies what a call threw. Without the known `refusals` of sends, only a 403 counts as `write-refused`. */
export function classifyError(error: unknown, refusals: KnownRefusals = []): CallFailure {
  if (error instanceof HttpError) {
    const fault = error.error;
    const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
    return { kind: 'unreachable', code, fault };
  }
  if (!(error instanceof GrammyError)) return { kind: 'other' };
  const { method, error_code: code, description, parameters } = error;
  const { retry_after: retryAfter = null, migrate_to_chat_id: migratedTo = null } = parameters;
  const refusal: Refusal = { code, description, retryAfter, migratedTo };
  return { kind: kindOf(method, refusal, refusals), method, refusal };
}

function kindOf(
  method: string,
  { code, description, retryAfter, migratedTo }: Refusal,
  known: KnownRefusals,
): RefusalKind {
  if (code === 429 || retryAfter !== null) return 'flooded';
  // A token of the wrong shape makes a path that the server does not know: 404.
  if (code === 401 || (code === 404 && method === 'getMe')) return 'unauthorised';
  if (code === 409) return 'conflict';
  if (code === 403) return 'write-refused';
  if (code !== 400) return 'refused';
  if (description.includes(UNMODIFIED)) return 'unmodified';
  if (UNEDITABLE.some((wording) => description.includes(wording))) return 'uneditable';
  const verdict = migratedTo === null ? findRefusal(description, known) : undefined;
  return verdict === 'gone' || verdict === 'closed' || verdict === 'closedTopic' ? 'write-refused' : 'refused';
}
