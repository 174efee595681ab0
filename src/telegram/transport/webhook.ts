import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { LRUCache } from 'lru-cache';
import { OperatorError } from '../../domain/errors.js';
import { telegramOperatorMessages as m } from '../../messages/telegram.js';
import { classifyError } from './classify-error.js';
import { toOperatorError } from './connect.js';
import { finishesWithin } from './in-flight.js';
import { ALLOWED_UPDATES, dispatchUpdate, type UpdateReceiver, type ReceiverDependencies } from './receiver.js';

export interface WebhookMode {
  /** URL that Telegram calls; its path is the one served here. */
  readonly url: string;
  readonly secret: string;
  /** Address to listen on; default 127.0.0.1, behind a reverse proxy that terminates TLS. */
  readonly host?: string | undefined;
  readonly port: number;
}

/** Upper bound on a request body; an update has a few kilobytes. */
const LARGEST_BODY_BYTES = 1 << 20;
const REQUEST_TIMEOUT_MS = 15_000;
/**
 * Longest wait for the answer before Telegram gets its 200; the work then continues. After about a minute without a
 * response, Telegram would send the update again.
 */
const LONGEST_REPLY_MS = 10_000;
const SETTLE_MS = 1000;
const UPDATES_REMEMBERED = 1000;

/** Starts the server, then registers the webhook, so that the first update finds the server listening. */
export async function startWebhook(bot: Bot, mode: WebhookMode, deps: ReceiverDependencies): Promise<UpdateReceiver> {
  const path = new URL(mode.url).pathname;
  const isSecret = secretCheck(mode.secret);
  /** Ids of the last updates served. */
  const served = new LRUCache<number, true>({ max: UPDATES_REMEMBERED });
  let closing = false;
  const isClosing = (): boolean => closing;

  /** Returns the update in the request, or the HTTP status to refuse it with. */
  async function admit(request: IncomingMessage): Promise<Update | number> {
    if (pathOf(request) !== path) return 404;
    if (request.method !== 'POST') return 405;
    if (!isSecret(request.headers['x-telegram-bot-api-secret-token'])) {
      deps.log.warn({ from: request.socket.remoteAddress }, 'webhook 请求的密钥不对，已拒绝');
      return 401;
    }
    const body = isClosing() ? '' : await readBody(request);
    // Checked again after reading the body. Without a 2xx, Telegram sends the update again, to the next process.
    if (isClosing()) return 503;
    return body === null ? 413 : (updateIn(body) ?? 400);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const admitted = await admit(request);
    if (typeof admitted === 'number') {
      // The rest of the body is not read.
      response.writeHead(admitted, { connection: 'close', ...(admitted === 405 ? { allow: 'POST' } : {}) }).end();
      return;
    }
    // Telegram sends an update again when the connection broke before it received the 200.
    if (!served.has(admitted.update_id)) {
      served.set(admitted.update_id, true);
      await finishesWithin(LONGEST_REPLY_MS, deps.inFlight.track(dispatchUpdate(bot, admitted, deps.log)));
    }
    // A connection that is kept alive would delay the stop.
    response.writeHead(200, isClosing() ? { connection: 'close' } : {}).end();
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // Clients that disconnect during a request are normal.
      deps.log.debug({ err: error }, 'webhook 请求未能读完');
      response.destroy();
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  const host = mode.host ?? '127.0.0.1';
  try {
    server.listen(mode.port, host);
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new OperatorError(m.cannotListen(host, mode.port, code ?? message), { cause: error });
  }
  server.on('error', (error) => {
    deps.onFatal(new OperatorError(m.cannotListen(host, mode.port, error.message), { cause: error }));
  });

  let closed: Promise<unknown> = Promise.resolve();
  const close = (): Promise<void> => {
    closing = true;
    closed = once(server, 'close');
    server.close();
    return Promise.resolve();
  };
  // The last answers are sent, but their 200 responses may still be in transit.
  const settle = async (): Promise<void> => {
    await finishesWithin(SETTLE_MS, closed);
    server.closeAllConnections();
  };
  try {
    await bot.api.setWebhook(mode.url, { secret_token: mode.secret, allowed_updates: ALLOWED_UPDATES });
  } catch (error) {
    await close();
    server.closeAllConnections();
    const failure = classifyError(error);
    if (failure.kind === 'refused' && failure.refusal.code === 400) {
      throw new OperatorError(m.webhookRefused(failure.refusal.description), { cause: error });
    }
    throw toOperatorError(error);
  }
  // The webhook stays registered at a stop: Telegram keeps the updates that arrive meanwhile.
  return { close, confirm: settle };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** Returns a check of the secret header. Compares digests, so that timing reveals neither content nor length. */
function secretCheck(secret: string): (given: string | string[] | undefined) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const wanted = digest(secret);
  return (given) =>
    timingSafeEqual(digest(typeof given === 'string' ? given : ''), wanted) && typeof given === 'string';
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function updateIn(body: string): Update | null {
  try {
    const parsed: unknown = JSON.parse(body);
    const isUpdate = typeof parsed === 'object' && parsed !== null && 'update_id' in parsed;
    return isUpdate && Number.isSafeInteger(parsed.update_id) ? (parsed as Update) : null;
  } catch {
    return null;
  }
}
