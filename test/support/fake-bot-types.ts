/** The vocabulary of the fake Bot API. */
import type { Entity, Params, UploadedFile } from './telegram-html.js';

export interface Call {
  readonly method: string;
  readonly payload: Params;
  readonly atMs: number;
  outcome: 'ok' | 'error' | 'dropped';
  error?: { readonly error_code: number; readonly description: string };
}

/** A message the bot showed. Edits and deletion change this same object. */
export interface SentMessage {
  readonly message_id: number;
  readonly chat_id: number;
  readonly reply_to_message_id: number | undefined;
  readonly message_thread_id: number | undefined;
  readonly document: UploadedFile | undefined;
  /** As the reader sees it (of a document: its caption), where `html` is as the bot sent it. */
  text: string;
  html: string;
  entities: readonly Entity[];
  reply_markup: unknown;
  edits: number;
  deleted: boolean;
}

export interface Rates {
  globalPerSecond: number;
  perChatPerSecond: number;
  perGroupPerMinute: number;
}

export type ChatType = 'private' | 'group' | 'supergroup';
export type MemberStatus = 'creator' | 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';

export interface SayOptions {
  readonly chatType?: ChatType;
  readonly fromId?: number;
  readonly languageCode?: string;
  readonly replyTo?: SentMessage;
  readonly message_thread_id?: number;
}

export interface StartOptions {
  readonly token: string;
  readonly username: string;
  readonly now?: () => number;
  readonly keepCalls?: number;
  /** How long a webhook that failed is left alone. */
  readonly webhookRetryMs?: number;
}

/** Which calls of a method a fault befalls: the next `times` ones, in that chat if one is named. */
export interface Matching {
  readonly times?: number;
  readonly chatId?: number;
}

/** Of all messages sent, which part meets what; the rest goes well. */
export interface ChaosOptions {
  readonly seed: number;
  /** Answered 429 with `retry_after`, not taken. */
  readonly flood?: number;
  readonly retryAfterS?: number;
  /** Answered 502, not taken. */
  readonly fault?: number;
  /** Taken, and the connection broken instead of an answer. */
  readonly drop?: number;
  /** How long an answer takes, between both. */
  readonly latencyMs?: readonly [least: number, most: number];
}

export interface Failure {
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: Params;
}

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

/** Registers what to do when the client hangs up before it was answered. */
export type OnClose = (listener: () => void) => void;
export type Handler = (params: Params, onClose: OnClose) => unknown;
