/**
 * A Telegram Bot API server for one bot, for tests that run the real bot process
 * against it. It keeps the last `keepCalls` calls and messages only, so that a
 * load test with many chats stays small. What needs no state is in telegram-html.ts.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChatBook, canonical, userOf } from './fake-bot-chats.js';
import { Chaos, FaultList, RateLog } from './fake-bot-faults.js';
import type {
  Call,
  ChaosOptions,
  Failure,
  Handler,
  Matching,
  MemberStatus,
  OnClose,
  Rates,
  SayOptions,
  SentMessage,
  StartOptions,
} from './fake-bot-types.js';
import { UpdateFeed } from './fake-bot-updates.js';
import * as telegram from './telegram-html.js';
import { ApiError, badRequest, integerOf, isRecord, textOf, type Params } from './telegram-html.js';

export type * from './fake-bot-types.js';

interface Answer {
  readonly drop: boolean;
  readonly status: number;
  readonly body: Params;
}

const NO_LIMITS: Rates = {
  globalPerSecond: Infinity,
  perChatPerSecond: Infinity,
  perGroupPerMinute: Infinity,
};
const PACED_METHODS = /^(send(?!ChatAction)|edit)/;
const CHAT_ACTIONS =
  /^(typing|upload_(photo|video|voice|document|video_note)|record_(video|voice|video_note)|choose_sticker|find_location)$/;

export class FakeBotApi {
  readonly #token: string;
  readonly #me: Params;
  readonly #now: () => number;
  readonly #keep: number;
  readonly #server = createServer((req, res) => {
    this.#serve(req, res).catch(() => req.socket.destroy());
  });
  readonly #handlers: ReadonlyMap<string, readonly [name: string, run: Handler]>;
  readonly #updates: UpdateFeed;
  readonly #chats: ChatBook;
  readonly #faults = new FaultList();
  readonly #attempted = new RateLog();
  readonly #accepted = new RateLog();
  readonly #calls: Call[] = [];
  readonly #openQueries = new Set<string>();
  readonly #profile = new Map<string, unknown>();
  #limits = NO_LIMITS;
  #chaos: Chaos | undefined;
  #queryCount = 0;
  #root = '';

  static async start(options: StartOptions): Promise<FakeBotApi> {
    const api = new FakeBotApi(options);
    await api.#listen();
    return api;
  }

  private constructor({ token, username, now, keepCalls, webhookRetryMs }: StartOptions) {
    this.#token = token;
    this.#now = now ?? Date.now;
    this.#keep = keepCalls ?? 100_000;
    this.#me = {
      id: Number.parseInt(token, 10),
      is_bot: true,
      first_name: username,
      username,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    };
    this.#chats = new ChatBook(this.#me, this.#now, this.#keep);
    this.#updates = new UpdateFeed({
      now: this.#now,
      retryMs: webhookRetryMs ?? 1000,
      onReply: (method, params) => this.#perform(method, params, () => undefined),
    });
    const handlers = Object.entries(this.#methods());
    this.#handlers = new Map(handlers.map(([name, run]) => [name.toLowerCase(), [name, run]]));
  }

  get root(): string {
    return this.#root;
  }

  get calls(): readonly Call[] {
    return this.#calls;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#chats.stop();
    this.#updates.stop();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  // What users do

  /** Returns the id of the user's message; what the bot sends to that chat after it has higher ones. */
  userSays(chatId: number, text: string, options: SayOptions = {}): number {
    const chat = this.#chats.chat(chatId);
    chat.type = options.chatType ?? chat.type;
    const message = this.#chats.userMessage(chat, text, options);
    this.queueUpdate({ message });
    return message.message_id;
  }

  /** Returns the id of the callback query. */
  userPresses(sent: SentMessage, data: string, fromId?: number): string {
    const id = String(++this.#queryCount);
    const from = userOf(sent.chat_id, fromId);
    const message = this.#chats.pressed(sent);
    this.queueUpdate({ callback_query: { id, from, message, chat_instance: String(sent.chat_id), data } });
    return id;
  }

  /** Returns the update's id, or undefined where `allowed_updates` keeps it from the bot. */
  queueUpdate(update: Params): number | undefined {
    for (const query of [update['callback_query'], update['inline_query']]) {
      if (!isRecord(query) || typeof query['id'] !== 'string') continue;
      this.#openQueries.add(query['id']);
      const [oldest] = this.#openQueries;
      if (oldest !== undefined && this.#openQueries.size > this.#keep) this.#openQueries.delete(oldest);
    }
    return this.#updates.push(update);
  }

  block(chatId: number): void {
    this.#chats.chat(chatId).blocked = true;
  }

  unblock(chatId: number): void {
    this.#chats.chat(chatId).blocked = false;
  }

  setMemberStatus(chatId: number, userId: number, status: MemberStatus): void {
    this.#chats.chat(chatId).members.set(userId, status);
  }

  // What the bot did

  /** In the order sent, deleted ones too. */
  sent(chatId?: number): readonly SentMessage[] {
    return chatId === undefined ? this.#chats.sent() : [...this.#chats.chat(chatId).sent];
  }

  /** How many messages were sent in all, also those no longer kept. */
  get sentTotal(): number {
    return this.#chats.sentCount;
  }

  /** The first message in that chat after `after`; without it, after the one handed out last. */
  nextMessage(chatId: number, options: { after?: number; timeoutMs?: number } = {}): Promise<SentMessage> {
    const chat = this.#chats.chat(chatId);
    const { after = chat.seen, timeoutMs = 10_000 } = options;
    return this.#chats.next(chat, after, timeoutMs, () => this.#timeout(timeoutMs));
  }

  /** Until so many messages were sent in all, or until the probe returns something truthy. */
  async waitFor(sentCount: number, timeoutMs?: number): Promise<number>;
  async waitFor<T>(probe: () => T | false | null | undefined, timeoutMs?: number): Promise<T>;
  async waitFor<T>(what: number | (() => T | false | null | undefined), timeoutMs = 10_000): Promise<T | number> {
    const count = (): number => this.#chats.sentCount;
    const probe = typeof what === 'number' ? () => count() >= what && count() : what;
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const value = probe();
      if (value) return value;
      if (Date.now() > deadline) throw this.#timeout(timeoutMs);
      await sleep(10);
    }
  }

  /** The highest rates of messages and edits the bot attempted, in sliding windows. */
  observedRates(): Rates {
    return { ...this.#attempted.peak };
  }

  #timeout(ms: number): Error {
    const lines = this.#calls.slice(-5).map(({ method, outcome, error }) => {
      return `${method} ${error ? `${String(error.error_code)} ${error.description}` : outcome}`;
    });
    return new Error(`waited ${String(ms)} ms in vain; the last calls: ${lines.join(', ') || 'none'}`);
  }

  // Faults

  failNext(method: string, failure: Failure & Matching): void {
    const { error_code, description, parameters } = failure;
    this.#faults.add(method, new ApiError(error_code, description, parameters), failure);
  }

  dropNext(method: string, drop: { readonly when: 'before' | 'after' } & Matching): void {
    this.#faults.add(method, drop.when, drop);
  }

  /** From now on sends fail by chance. */
  chaos(options: ChaosOptions): void {
    this.#chaos = new Chaos(options);
  }

  enforceLimits(limits: Partial<Rates>): void {
    this.#limits = { ...NO_LIMITS, ...limits };
  }

  // HTTP

  async #listen(): Promise<void> {
    // Else an idle connection may close just as the bot uses it again.
    this.#server.keepAliveTimeout = 600_000;
    this.#server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 });
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    this.#root = `http://127.0.0.1:${String(address.port)}`;
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    const [, token, name] = /^\/bot([^/]+)\/(\w+)\/?$/.exec(decodeURIComponent(url.pathname)) ?? [];
    let answer: Answer;
    try {
      if (name === undefined) throw new ApiError(404, 'Not Found');
      if (token !== this.#token) throw new ApiError(401, 'Unauthorized');
      const type = req.headers['content-type'] ?? '';
      const params = telegram.readParams(Buffer.concat(chunks), type, url.searchParams);
      answer = await this.#perform(name, params, (listener) => res.once('close', listener));
    } catch (error) {
      answer = failed(error);
    }
    if (answer.drop) {
      req.socket.destroy();
      return;
    }
    const body = JSON.stringify(answer.body);
    const parameters = answer.body['parameters'];
    const retryAfter = isRecord(parameters) ? integerOf(parameters, 'retry_after') : undefined;
    if (retryAfter !== undefined) res.setHeader('retry-after', retryAfter);
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
  }

  async #perform(name: string, payload: Params, onClose: OnClose): Promise<Answer> {
    const [method, run] = this.#handlers.get(name.toLowerCase()) ?? [name, undefined];
    const call: Call = { method, payload, atMs: this.#now(), outcome: 'ok' };
    this.#calls.push(call);
    if (this.#calls.length > this.#keep) this.#calls.shift();
    const chaos = PACED_METHODS.test(method) ? this.#chaos : undefined;
    const fault = this.#faults.take(method, payload) ?? chaos?.take();
    let answer: Answer = { drop: fault !== undefined, status: 200, body: {} };
    if (fault !== 'before') {
      try {
        const finish = this.#pace(method, payload, call.atMs);
        if (fault instanceof ApiError) throw fault;
        if (!run) throw new ApiError(404, 'Not Found');
        const result = await run(payload, onClose);
        finish();
        answer = { drop: fault === 'after', status: 200, body: { ok: true, result } };
      } catch (error) {
        answer = { ...failed(error), drop: fault === 'after' };
        const { error_code, description } = answer.body;
        call.error = { error_code: Number(error_code), description: String(description) };
      }
    }
    if (answer.drop) call.outcome = 'dropped';
    else if (call.error) call.outcome = 'error';
    if (chaos) await sleep(chaos.latencyMs());
    return answer;
  }

  /** Refuses what is too fast; returns what to do once the message was taken. */
  #pace(method: string, payload: Params, at: number): () => void {
    const chatId = integerOf(payload, 'chat_id');
    if (chatId === undefined || !PACED_METHODS.test(method)) return () => undefined;
    this.#attempted.add(chatId, at);
    if (this.#limits === NO_LIMITS) return () => undefined;
    const retry_after = this.#accepted.wait(chatId, at, this.#limits);
    if (retry_after > 0) {
      throw new ApiError(429, `Too Many Requests: retry after ${String(retry_after)}`, { retry_after });
    }
    return () => {
      this.#accepted.add(chatId, at);
    };
  }

  // The methods

  #methods(): Record<string, Handler> {
    const answerQuery = (name: string) => (params: Params) => {
      if (this.#openQueries.has(textOf(params, name) ?? '')) return true;
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    };
    const slot = (what: string, params: Params): string => {
      const scope = params['scope'] ?? { type: 'default' };
      return canonical([what, what === 'commands' ? scope : '', textOf(params, 'language_code') ?? '']);
    };
    const setText = (what: string) => (params: Params) => {
      this.#profile.set(slot(what, params), textOf(params, what) ?? '');
      return true;
    };
    const getText = (what: string) => (params: Params) => ({
      [what]: this.#profile.get(slot(what, params)) ?? this.#profile.get(slot(what, {})) ?? '',
    });
    return {
      getMe: () => this.#me,
      logOut: () => true,
      close: () => true,
      getUpdates: (params, onClose) => this.#updates.get(params, onClose),
      setWebhook: (params) => this.#updates.setWebhook(params),
      deleteWebhook: ({ drop_pending_updates }) => this.#updates.setWebhook({ drop_pending_updates }),
      getWebhookInfo: () => this.#updates.webhookInfo(),
      sendMessage: (params) => this.#chats.send(params),
      sendDocument: (params) => {
        const given = params['document'];
        if (telegram.isUploadedFile(given)) return this.#chats.send(params, given);
        // A file_id or URL: there is nothing to look into.
        if (typeof given === 'string' && given !== '') {
          return this.#chats.send(params, { filename: given, content: Buffer.alloc(0) });
        }
        throw badRequest('there is no document in the request');
      },
      editMessageText: (params) => this.#chats.edit(params, 'text'),
      editMessageReplyMarkup: (params) => this.#chats.edit(params, 'reply_markup'),
      deleteMessage: (params) => this.#chats.delete(params),
      sendChatAction: (params) => {
        this.#chats.target(params);
        if (CHAT_ACTIONS.test(textOf(params, 'action') ?? '')) return true;
        throw badRequest('wrong parameter action in request');
      },
      answerCallbackQuery: answerQuery('callback_query_id'),
      answerInlineQuery: (params) => {
        telegram.checkInlineResults(params['results']);
        return answerQuery('inline_query_id')(params);
      },
      getChatMember: (params) => {
        const userId = integerOf(params, 'user_id');
        if (userId === undefined) throw badRequest('invalid user_id specified');
        return this.#chats.memberJson(this.#chats.target(params), userId);
      },
      getChatAdministrators: (params) => {
        const chat = this.#chats.target(params);
        if (chat.type === 'private') throw badRequest('there are no administrators in the private chat');
        const members = [...chat.members].filter(([, status]) => /^(creator|administrator)$/.test(status));
        return members.map(([userId]) => this.#chats.memberJson(chat, userId));
      },
      setMyCommands: (params) => {
        const commands = telegram.readCommands(params['commands']);
        this.#profile.set(slot('commands', params), commands);
        return true;
      },
      getMyCommands: (params) => this.#profile.get(slot('commands', params)) ?? [],
      deleteMyCommands: (params) => {
        this.#profile.delete(slot('commands', params));
        return true;
      },
      setMyName: setText('name'),
      getMyName: getText('name'),
      setMyDescription: setText('description'),
      getMyDescription: getText('description'),
      setMyShortDescription: setText('short_description'),
      getMyShortDescription: getText('short_description'),
    };
  }
}

function failed(error: unknown): Answer {
  const known = error instanceof ApiError ? error : new ApiError(500, `Internal Server Error: ${String(error)}`);
  const { code: error_code, message: description, parameters } = known;
  const body = { ok: false, error_code, description, ...(parameters && { parameters }) };
  return { drop: false, status: error_code, body };
}
