import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startTelegram } from '../../../src/telegram/start-telegram.js';
import { REFUSALS } from '../../notify/delivery/kit.js';
import { castServices, fakeApi, found, NOTICES, READER, RETENTION, stage, stubAsk, TOKEN, type Stage } from '../kit.js';
import { memoryLog } from '../../support/memory-log.js';

const SECRET = 'a-webhook-secret_1';
const HEADER = 'x-telegram-bot-api-secret-token';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function onWebhook(options: Parameters<typeof stage>[0] = {}): Promise<Stage & { url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/hook/telegram`;
  return { ...(await stage({ mode: { kind: 'webhook', url, secret: SECRET, port }, ...options })), url };
}

function post(url: string, body: string, secret = SECRET): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { [HEADER]: secret } });
}

const update = (id: number, text = '问') =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: 0,
      chat: { id: READER, type: 'private' },
      from: { id: READER, is_bot: false },
      text,
    },
  });

describe('the webhook', () => {
  it('is registered with its secret and the wanted updates, and answers', async () => {
    const { api } = await onWebhook();
    expect(api.calls.find(({ method }) => method === 'setWebhook')?.payload).toMatchObject({
      secret_token: SECRET,
      allowed_updates: ['message', 'callback_query', 'inline_query', 'my_chat_member'],
    });
    api.userSays(READER, '问');
    expect((await api.nextMessage(READER)).text).toContain('答：问');
  });

  it('refuses a wrong, an empty and a missing secret, and nothing is answered', async () => {
    const { url, api, log } = await onWebhook();
    for (const secret of ['wrong', '', `${SECRET}x`]) expect((await post(url, update(1), secret)).status).toBe(401);
    expect((await fetch(url, { method: 'POST', body: update(1) })).status).toBe(401);
    await sleep(50);
    expect(api.sent(READER)).toHaveLength(0);
    expect(log.text()).not.toContain(SECRET);
  });

  it('knows its path and its method, and takes no body that is too large or no update', async () => {
    const { url } = await onWebhook();
    expect((await post(`${url}/x`, update(1))).status).toBe(404);
    const got = await fetch(url);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await post(url, '{"update_id":')).status).toBe(400);
    expect((await post(url, '[]')).status).toBe(400);
    const tooLarge = await post(url, 'x'.repeat(3 << 20)).then(
      ({ status }) => status,
      () => 413, // The connection may be cut before the client has written it all.
    );
    expect(tooLarge).toBe(413);
    expect((await post(url, update(1))).status).toBe(200);
  });

  it('answers an update once, though Telegram sends it again', async () => {
    const { url, api } = await onWebhook();
    await Promise.all([post(url, update(7)), post(url, update(7))]);
    await post(url, update(7));
    expect(api.sent(READER)).toHaveLength(1);
  });

  it('an update whose handling fails is done with: 200, or Telegram would send it for ever', async () => {
    const { url } = await onWebhook({ askParts: { ask: () => Promise.reject(new Error('broken')) } });
    expect((await post(url, update(1))).status).toBe(200);
    expect((await post(url, '{"update_id":2}')).status).toBe(200);
    expect((await post(url, '{"update_id":3,"message":{}}')).status).toBe(200);
  });

  it('a stop lets the answer under way and its 200 go out, and takes nothing new', async () => {
    const [first] = NOTICES;
    if (first === undefined) throw new Error('the cast is empty');
    const { url, api, telegram } = await onWebhook({
      askParts: {
        ask: async () => {
          await sleep(200);
          return found('答', '证', first);
        },
      },
    });
    const posted = post(url, update(1));
    await sleep(50);
    await telegram.stop();
    expect((await posted).status).toBe(200);
    expect(api.sent(READER)).toHaveLength(1);
    await expect(post(url, update(2))).rejects.toThrow();
  });

  it('says which port is taken, and what Telegram holds against the URL', async () => {
    const { api, url } = await onWebhook();
    const { services } = await castServices(stubAsk(), () => new Date());
    const log = memoryLog().log;
    const now = () => new Date();
    const deps = { token: TOKEN, apiRoot: api.root, services, retention: RETENTION, refusals: REFUSALS, log, now };
    const port = Number(new URL(url).port);
    const taken = startTelegram({ ...deps, mode: { kind: 'webhook', url, secret: SECRET, port } });
    await expect(taken).rejects.toThrow(`127.0.0.1:${port}`);

    const other = await fakeApi();
    other.failNext('setWebhook', {
      error_code: 400,
      description: 'Bad Request: bad webhook: HTTPS url must be provided',
    });
    const mode = { kind: 'webhook' as const, url, secret: SECRET, port: await freePort() };
    await expect(startTelegram({ ...deps, apiRoot: other.root, mode })).rejects.toThrow(/WEBHOOK_URL.*HTTPS url/);
  });
});
