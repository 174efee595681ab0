import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from 'grammy';
import type { Logger } from 'pino';
import { renderTelegram } from '../../render/telegram-html.js';
import { note } from '../ui/reply.js';
import { classifyError } from '../transport/classify-error.js';

/** Interval between edits: Telegram counts an edit like a message; one in three seconds leaves room for replies. */
const EDIT_INTERVAL_MS = 3000;

/**
 * Progress message: edited at most once per `intervalMs`, always to the newest text, and at the end to the last one. If
 * the message was deleted meanwhile, the last text is sent as a new message.
 */
export class ProgressMessage {
  readonly #api: Api;
  readonly #chatId: number;
  readonly #messageId: number;
  readonly #log: Logger;
  readonly #intervalMs: number;
  #wanted: string | null = null;
  #shown = '';
  /** Resolves when the next edit may be sent; the initial message counts as the first. */
  #pausing: Promise<unknown>;
  #editing: Promise<void> | null = null;
  #isLast = false;

  constructor(
    api: Api,
    at: { readonly chatId: number; readonly messageId: number },
    log: Logger,
    intervalMs = EDIT_INTERVAL_MS,
  ) {
    this.#api = api;
    this.#chatId = at.chatId;
    this.#messageId = at.messageId;
    this.#log = log;
    this.#intervalMs = intervalMs;
    this.#pausing = sleep(intervalMs);
  }

  update(text: string): void {
    if (this.#isLast) return;
    this.#wanted = text;
    this.#editing ??= this.#edit().finally(() => {
      this.#editing = null;
    });
  }

  /** Resolves when the last text is shown, or could not be; never rejects. */
  async finish(text: string): Promise<void> {
    this.update(text);
    this.#isLast = true;
    // An edit that just ended may have missed the last text.
    while (this.#editing !== null) await this.#editing;
  }

  async #edit(): Promise<void> {
    while (this.#wanted !== null) {
      await this.#pausing;
      const text = this.#wanted;
      this.#wanted = null;
      if (text === this.#shown) continue;
      this.#shown = text;
      await this.#send(text);
      this.#pausing = sleep(this.#intervalMs);
    }
  }

  async #send(text: string): Promise<void> {
    const html = renderTelegram(note(text))[0]?.html ?? '';
    try {
      await this.#api.editMessageText(this.#chatId, this.#messageId, html, { parse_mode: 'HTML' });
    } catch (error) {
      if (classifyError(error).kind === 'unmodified') return;
      this.#log.info({ err: error }, '进度消息未能更新');
      if (this.#isLast) await this.#sendAnew(html);
    }
  }

  async #sendAnew(html: string): Promise<void> {
    try {
      await this.#api.sendMessage(this.#chatId, html, { parse_mode: 'HTML' });
    } catch (error) {
      this.#log.warn({ err: error }, '结果未能送达');
    }
  }
}
