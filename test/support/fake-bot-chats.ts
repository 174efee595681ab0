/** Chats and messages of the fake Bot API. */
import type { ChatType, MemberStatus, SayOptions, SentMessage } from './fake-bot-types.js';
import * as telegram from './telegram-html.js';
import { ApiError, badRequest, integerOf, isRecord, textOf, type Params } from './telegram-html.js';

interface Stored {
  readonly json: Record<string, unknown>;
  /** Of the bot's own messages. */
  readonly shown: SentMessage | undefined;
}

interface Waiter {
  readonly after: number;
  readonly settle: (outcome: SentMessage | Error) => void;
}

interface Chat {
  readonly id: number;
  type: ChatType;
  readonly sent: SentMessage[];
  readonly members: Map<number, MemberStatus>;
  readonly waiters: Set<Waiter>;
  /** The last message that was handed out to a waiter. */
  seen: number;
  blocked: boolean;
}

const isSupergroup = (chatId: number): boolean => chatId <= -1_000_000_000_000;
const userJson = (id: number) => ({ id, is_bot: false, first_name: `User ${String(id)}` });

/** The chats with their messages, as the users see them and as the bot may change them. */
export class ChatBook {
  readonly #me: Params;
  readonly #now: () => number;
  readonly #keep: number;
  readonly #chats = new Map<number, Chat>();
  readonly #messages = new Map<string, Stored>();
  readonly #lastMessageId = new Map<number, number>();
  #sentCount = 0;

  constructor(me: Params, now: () => number, keep: number) {
    this.#me = me;
    this.#now = now;
    this.#keep = keep;
  }

  get sentCount(): number {
    return this.#sentCount;
  }

  chat(id: number): Chat {
    let chat = this.#chats.get(id);
    if (!chat) {
      const type = id > 0 ? 'private' : isSupergroup(id) ? 'supergroup' : 'group';
      chat = { id, type, sent: [], members: new Map(), waiters: new Set(), seen: 0, blocked: false };
      this.#chats.set(id, chat);
    }
    return chat;
  }

  /** The chat a request names, or the refusal. */
  target(params: Params): Chat {
    if ((textOf(params, 'chat_id') ?? '') === '') throw badRequest('chat_id is empty');
    const id = integerOf(params, 'chat_id') ?? 0;
    if (id === 0) throw badRequest('chat not found');
    const chat = this.chat(id);
    if (!chat.blocked) return chat;
    const why = chat.type === 'private' ? 'blocked by the user' : `kicked from the ${chat.type} chat`;
    throw new ApiError(403, `Forbidden: bot was ${why}`);
  }

  sent(): readonly SentMessage[] {
    return [...this.#messages.values()].flatMap(({ shown }) => shown ?? []);
  }

  next(chat: Chat, after: number, timeoutMs: number, onTimeout: () => Error): Promise<SentMessage> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: SentMessage | Error): void => {
        clearTimeout(timer);
        chat.waiters.delete(waiter);
        if (outcome instanceof Error) {
          reject(outcome);
          return;
        }
        chat.seen = Math.max(chat.seen, outcome.message_id);
        resolve(outcome);
      };
      const waiter = { after, settle };
      const timer = setTimeout(() => {
        settle(onTimeout());
      }, timeoutMs);
      const ready = chat.sent.find((message) => message.message_id > after);
      if (ready) settle(ready);
      else chat.waiters.add(waiter);
    });
  }

  stop(): void {
    for (const chat of this.#chats.values()) {
      for (const waiter of chat.waiters) waiter.settle(new Error('the fake Bot API was stopped'));
    }
  }

  userMessage(chat: Chat, text: string, options: SayOptions): { readonly message_id: number } {
    const from = { ...userOf(chat.id, options.fromId), language_code: options.languageCode ?? 'zh-hans' };
    const reply = options.replyTo && this.#find(chat.id, options.replyTo.message_id);
    const entities = telegram.clientEntities(text);
    const json = {
      ...this.#newMessage(chat, from, options.message_thread_id, reply),
      text,
      ...(entities.length > 0 && { entities }),
    };
    this.#store(chat, json.message_id, { json, shown: undefined });
    return json;
  }

  /** The message under a pressed button, which may be gone by now. */
  pressed({ chat_id: chatId, message_id }: SentMessage): Params {
    const stored = this.#find(chatId, message_id);
    return stored ? this.#present(stored) : { chat: chatJson(this.chat(chatId)), message_id, date: 0 };
  }

  send(params: Params, document?: telegram.UploadedFile): Params {
    const field = document ? 'caption' : 'text';
    const formatted = telegram.readFormatted(params, field, `message ${document ? 'caption ' : ''}is too long`);
    telegram.checkReplyMarkup(params['reply_markup']);
    const chat = this.target(params);
    const reply = this.#replyTarget(params, chat);
    const thread = integerOf(params, 'message_thread_id');
    const json = {
      ...this.#newMessage(chat, this.#me, thread, reply),
      ...(document && { document: documentJson(document) }),
    };
    const shown: SentMessage = {
      message_id: json.message_id,
      chat_id: chat.id,
      reply_to_message_id: reply && integerOf(reply.json, 'message_id'),
      message_thread_id: thread,
      document,
      ...formatted,
      html: textOf(params, field) ?? '',
      reply_markup: params['reply_markup'],
      edits: 0,
      deleted: false,
    };
    const stored = { json, shown };
    chat.sent.push(shown);
    this.#sentCount++;
    this.#store(chat, json.message_id, stored);
    for (const waiter of chat.waiters) if (shown.message_id > waiter.after) waiter.settle(shown);
    return this.#present(stored);
  }

  edit(params: Params, field: 'text' | 'reply_markup'): Params {
    const formatted = field === 'text' && telegram.readFormatted(params, 'text', 'MESSAGE_TOO_LONG');
    const reply_markup = params['reply_markup'];
    telegram.checkReplyMarkup(reply_markup);
    const chat = this.target(params);
    const messageId = integerOf(params, 'message_id');
    if (messageId === undefined) throw badRequest('message identifier is not specified');
    const stored = this.#find(chat.id, messageId);
    if (!stored) throw badRequest('message to edit not found');
    const { json, shown } = stored;
    if (!shown) throw badRequest("message can't be edited");
    if (formatted && shown.document) throw badRequest('there is no text in the message to edit');
    const { text, entities } = formatted || shown;
    const before = canonical([shown.text, shown.entities, keyboardOf(shown.reply_markup)]);
    if (canonical([text, entities, keyboardOf(reply_markup)]) === before) {
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same ' +
          'as a current content and reply markup of the message',
      );
    }
    Object.assign(shown, { text, entities, reply_markup, edits: shown.edits + 1 });
    if (formatted) shown.html = textOf(params, 'text') ?? '';
    json['edit_date'] = this.#seconds();
    return this.#present(stored);
  }

  delete(params: Params): true {
    const chat = this.target(params);
    const messageId = integerOf(params, 'message_id') ?? 0;
    const stored = this.#find(chat.id, messageId);
    if (!stored) throw badRequest('message to delete not found');
    if (stored.shown) stored.shown.deleted = true;
    else this.#messages.delete(`${String(chat.id)}:${String(messageId)}`);
    return true;
  }

  memberJson(chat: Chat, userId: number): Params {
    const user = userId === this.#me['id'] ? this.#me : userJson(userId);
    const status = chat.members.get(userId) ?? 'member';
    if (status === 'creator') return { user, status, is_anonymous: false };
    if (status !== 'administrator') return { user, status };
    return { user, status, is_anonymous: false, can_be_edited: false, can_manage_chat: true };
  }

  /** Only a supergroup counts its own messages; all other chats of a bot share one count. */
  #newMessage(chat: Chat, from: Params, thread: number | undefined, reply: Stored | undefined) {
    const counter = isSupergroup(chat.id) ? chat.id : 0;
    const message_id = (this.#lastMessageId.get(counter) ?? 0) + 1;
    this.#lastMessageId.set(counter, message_id);
    return {
      message_id,
      from,
      chat: chatJson(chat),
      date: this.#seconds(),
      ...(thread !== undefined && { message_thread_id: thread, is_topic_message: true }),
      ...(reply && { reply_to_message: { ...this.#present(reply), reply_to_message: undefined } }),
    };
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  #find(chatId: number, messageId: number): Stored | undefined {
    const stored = this.#messages.get(`${String(chatId)}:${String(messageId)}`);
    return stored?.shown?.deleted ? undefined : stored;
  }

  #store(chat: Chat, messageId: number, stored: Stored): void {
    this.#messages.set(`${String(chat.id)}:${String(messageId)}`, stored);
    const [oldest] = this.#messages;
    if (oldest === undefined || this.#messages.size <= this.#keep) return;
    this.#messages.delete(oldest[0]);
    if (oldest[1].shown) this.chat(oldest[1].shown.chat_id).sent.shift();
  }

  /** The message as the Bot API shows it. */
  #present({ json, shown }: Stored): Params {
    if (!shown) return json;
    const { text, entities, reply_markup, document } = shown;
    return {
      ...json,
      ...(text !== '' && { [document ? 'caption' : 'text']: text }),
      ...(entities.length > 0 && { [document ? 'caption_entities' : 'entities']: entities }),
      ...(keyboardOf(reply_markup) && { reply_markup }),
    };
  }

  #replyTarget(params: Params, chat: Chat): Stored | undefined {
    const { reply_parameters: given, reply_to_message_id: message_id, allow_sending_without_reply } = params;
    const reply = isRecord(given) ? given : { message_id, allow_sending_without_reply };
    const id = integerOf(reply, 'message_id') ?? 0;
    if (id === 0) return undefined;
    const target = this.#find(integerOf(reply, 'chat_id') ?? chat.id, id);
    if (!target && textOf(reply, 'allow_sending_without_reply')?.toLowerCase() !== 'true') {
      throw badRequest('message to be replied not found');
    }
    return target;
  }
}

/** In a group, someone; in a private chat its user has the chat's own id. */
export const userOf = (chatId: number, userId?: number) => userJson(userId ?? (chatId > 0 ? chatId : 1001));

function chatJson({ id, type }: Chat): Params {
  return type === 'private'
    ? { id, type, first_name: `User ${String(id)}` }
    : { id, type, title: `Chat ${String(id)}` };
}

function documentJson({ filename, content }: telegram.UploadedFile): Params {
  const file_id = `doc-${filename}`;
  return { file_id, file_unique_id: file_id, file_name: filename, file_size: content.length };
}

function keyboardOf(markup: unknown): readonly unknown[] | undefined {
  const rows: unknown = isRecord(markup) ? markup['inline_keyboard'] : undefined;
  return Array.isArray(rows) && rows.length > 0 ? rows : undefined;
}

/** Text that is equal when the values are, whatever the order of their keys. */
export function canonical(value: unknown): string {
  const ordered = (_key: string, inner: unknown): unknown =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
  return JSON.stringify([value], ordered);
}
