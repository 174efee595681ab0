/** How updates reach the bot of the fake Bot API. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OnClose, Update } from './fake-bot-types.js';
import { ApiError, badRequest, integerOf, isRecord, parseJson, textOf, type Params } from './telegram-html.js';

const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);
const WEBHOOK_TIMEOUT_MS = 60_000;

const conflict = (why: string): ApiError => new ApiError(409, `Conflict: ${why}`);

interface Webhook {
  readonly url: string;
  readonly secret: string | undefined;
  readonly maxConnections: number;
  readonly stopped: AbortController;
  readonly busyChats: Set<unknown>;
  lastError?: { readonly last_error_date: number; readonly last_error_message: string };
}

interface FeedOptions {
  readonly now: () => number;
  readonly retryMs: number;
  /** Makes the call a webhook's answer asks for. */
  readonly onReply: (method: string, params: Params) => Promise<unknown>;
}

/** Updates waiting for the bot, and the two ways to it: the long poll and the webhook. */
export class UpdateFeed {
  readonly #options: FeedOptions;
  #pending: Update[] = [];
  #lastId = 0;
  #allowed: ReadonlySet<unknown> | undefined;
  #poll: { readonly wake: () => void; readonly fail: (error: ApiError) => void } | undefined;
  #webhook: Webhook | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Returns undefined for an update the bot did not ask for, which Telegram never sends. */
  push(content: Params): number | undefined {
    const kind = Object.keys(content)[0] ?? '';
    const allowed = this.#allowed ? this.#allowed.has(kind) : !NOT_BY_DEFAULT.has(kind);
    if (!allowed) return undefined;
    const update = { ...content, update_id: ++this.#lastId };
    this.#pending.push(update);
    // Not at once, so that updates queued together go out together.
    setImmediate(() => this.#poll?.wake());
    this.#deliver();
    return update.update_id;
  }

  get(params: Params, onClose: OnClose): readonly Update[] | Promise<readonly Update[]> {
    if (this.#webhook) {
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    this.#poll?.fail(
      conflict('terminated by other getUpdates request; make sure that only one bot instance is running'),
    );
    this.#allow(params);
    const offset = integerOf(params, 'offset') ?? 0;
    const firstKept = this.#pending.findIndex((update) => update.update_id >= offset);
    if (offset < 0) this.#pending = this.#pending.slice(offset);
    else this.#pending = firstKept < 0 ? [] : this.#pending.slice(firstKept);
    const limit = integerOf(params, 'limit') ?? 100;
    const batch = () => this.#pending.slice(0, limit >= 1 && limit <= 100 ? limit : 100);
    const timeoutMs = Math.min(50, integerOf(params, 'timeout') ?? 0) * 1000;
    if (this.#pending.length > 0 || timeoutMs <= 0) return batch();
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        if (this.#poll === poll) this.#poll = undefined;
      };
      const answer = (): void => {
        end();
        resolve(batch());
      };
      const poll = {
        wake: () => {
          if (this.#pending.length > 0) answer();
        },
        fail: (error: ApiError) => {
          end();
          reject(error);
        },
      };
      const timer = setTimeout(answer, timeoutMs);
      this.#poll = poll;
      onClose(answer);
    });
  }

  setWebhook(params: Params): true {
    const url = textOf(params, 'url') ?? '';
    const secret = textOf(params, 'secret_token');
    if (url !== '' && !URL.canParse(url)) throw badRequest('bad webhook: invalid URL');
    if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret)) {
      throw badRequest('secret token contains unallowed characters');
    }
    this.#webhook?.stopped.abort();
    this.#webhook = undefined;
    if (textOf(params, 'drop_pending_updates')?.toLowerCase() === 'true') this.#pending = [];
    this.#allow(params);
    if (url === '') return true;
    this.#poll?.fail(conflict('terminated by setWebhook request'));
    const maxConnections = integerOf(params, 'max_connections') ?? 40;
    const stopped = new AbortController();
    this.#webhook = { url, secret, maxConnections, stopped, busyChats: new Set() };
    this.#deliver();
    return true;
  }

  webhookInfo(): Params {
    const webhook = this.#webhook;
    return {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.#pending.length,
      ...(webhook && { max_connections: webhook.maxConnections }),
      ...webhook?.lastError,
      ...(this.#allowed && { allowed_updates: [...this.#allowed] }),
    };
  }

  stop(): void {
    this.#webhook?.stopped.abort();
    this.#webhook = undefined;
  }

  /** Left out, the list of the call before stays in force, as with Telegram. */
  #allow(params: Params): void {
    const kinds = params['allowed_updates'];
    if (Array.isArray(kinds)) this.#allowed = kinds.length > 0 ? new Set(kinds) : undefined;
  }

  /** Chats side by side, but the updates of one chat in their order. */
  #deliver(): void {
    const webhook = this.#webhook;
    if (!webhook) return;
    for (const update of this.#pending) {
      if (webhook.busyChats.size >= webhook.maxConnections) return;
      const chat = chatOfUpdate(update);
      if (webhook.busyChats.has(chat)) continue;
      webhook.busyChats.add(chat);
      void this.#post(webhook, update).then((done) => {
        webhook.busyChats.delete(chat);
        if (done) this.#deliver();
      });
    }
  }

  /** Resolves, whatever happens, once the chat may have its next update; false if the webhook is gone. */
  async #post(webhook: Webhook, update: Update): Promise<boolean> {
    let failure: string;
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secret !== undefined && { 'x-telegram-bot-api-secret-token': webhook.secret }),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.any([webhook.stopped.signal, AbortSignal.timeout(WEBHOOK_TIMEOUT_MS)]),
      });
      const reply = parseJson(await response.text());
      if (response.ok) {
        this.#pending = this.#pending.filter((waiting) => waiting !== update);
        const method = isRecord(reply) ? reply['method'] : undefined;
        if (isRecord(reply) && typeof method === 'string') await this.#options.onReply(method, reply);
        return this.#webhook === webhook;
      }
      failure = `Wrong response from the webhook: ${String(response.status)} ${response.statusText}`;
    } catch (error) {
      failure = error instanceof Error && error.name === 'TimeoutError' ? 'Read timeout expired' : 'Connection refused';
    }
    const seconds = Math.floor(this.#options.now() / 1000);
    webhook.lastError = { last_error_date: seconds, last_error_message: failure };
    await sleep(this.#options.retryMs, undefined, { signal: webhook.stopped.signal }).catch(() => undefined);
    return this.#webhook === webhook;
  }
}

/** What Telegram keeps in order: the chat, or for want of one the user. */
function chatOfUpdate(update: Update): unknown {
  const content = Object.values(update).find(isRecord) ?? {};
  const message = isRecord(content['message']) ? content['message'] : content;
  const owner = message['chat'] ?? content['from'];
  return isRecord(owner) ? owner['id'] : update.update_id;
}
