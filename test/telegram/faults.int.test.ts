import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/errors.js';
import { fetchBotUsername } from '../../src/telegram/transport/connect.js';
import { startTelegram } from '../../src/telegram/start-telegram.js';
import { REFUSALS } from '../notify/delivery/kit.js';
import { castServices, dataUnder, fakeApi, found, NOTICES, READER, RETENTION, stage, stubAsk, TOKEN } from './kit.js';
import { memoryLog } from '../support/memory-log.js';

describe('a fault of the network or of Telegram', () => {
  it('429: waits as long as it is told and sends the answer once', async () => {
    const { api } = await stage();
    api.failNext('sendMessage', {
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    const startedMs = Date.now();
    api.userSays(READER, '问');
    await api.nextMessage(READER);
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(1000);
    expect(api.sent(READER)).toHaveLength(1);
  });

  it('429 with a wait of an hour: gives up with a line in the log instead of holding the chat', async () => {
    const { api, log } = await stage();
    api.failNext('sendMessage', {
      error_code: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: 3600 },
    });
    api.userSays(READER, '问');
    await api.waitFor(() => log.lines().some(({ level }) => level === 50));
    api.userSays(READER, '再问');
    expect((await api.nextMessage(READER)).text).toContain('答：再问');
  });

  it('a connection that breaks before the message was taken: sent again', async () => {
    const { api } = await stage();
    api.dropNext('sendMessage', { when: 'before', times: 2 });
    api.userSays(READER, '问');
    await api.nextMessage(READER);
    expect(api.sent(READER)).toHaveLength(1);
  });

  it('a connection that stays broken: the next question is answered all the same', async () => {
    const { api, log } = await stage();
    api.dropNext('sendMessage', { when: 'before', times: 4 });
    api.userSays(READER, '问');
    await api.waitFor(() => log.lines().some(({ level }) => level === 50));
    api.userSays(READER, '再问');
    expect((await api.nextMessage(READER)).text).toContain('答：再问');
    expect(log.text()).not.toContain(TOKEN);
  });

  it('in what a button does: the reader is told, and the button does not spin on', async () => {
    const { api } = await stage({ askParts: { notice: () => Promise.reject(new Error('the store is closed')) } });
    api.userSays(READER, '/latest');
    const list = await api.nextMessage(READER);
    api.userPresses(list, dataUnder(list.reply_markup, '1'));
    expect((await api.nextMessage(READER)).text).toContain('抱歉');
    expect(api.calls.filter(({ method }) => method === 'answerCallbackQuery')).toHaveLength(1);
  });

  it('polling goes on after a dropped connection, a 500 and another process (409), and says so', async () => {
    const { api, log } = await stage();
    api.dropNext('getUpdates', { when: 'before' });
    api.failNext('getUpdates', { error_code: 500, description: 'Internal Server Error' });
    api.failNext('getUpdates', { error_code: 409, description: 'Conflict: terminated by other getUpdates request' });
    api.userSays(READER, '问');
    await api.nextMessage(READER);
    api.userSays(READER, '再问');
    expect((await api.nextMessage(READER)).text).toContain('再问');
    expect(log.lines().some(({ msg }) => msg.includes('409'))).toBe(true);
    expect(log.text()).not.toContain(TOKEN);
  });

  it('a revoked token ends it: `finished` rejects with what to do', async () => {
    const { api, telegram } = await stage();
    api.failNext('getUpdates', { error_code: 401, description: 'Unauthorized' });
    api.userSays(READER, '问');
    await expect(telegram.finished).rejects.toThrow(/^BOT_TOKEN 无效/);
  });
});

describe('the start', () => {
  const deps = async (apiRoot: string, token = TOKEN) => ({
    token,
    apiRoot,
    services: (await castServices(stubAsk(), () => new Date())).services,
    retention: RETENTION,
    refusals: REFUSALS,
    log: memoryLog().log,
    now: () => new Date(),
    mode: { kind: 'polling' as const },
    networkDelaysMs: [10, 10],
  });

  it('with a wrong token is refused in a sentence without the token', async () => {
    const api = await fakeApi();
    const wrong = TOKEN.replace('AAF', 'AAG');
    const error: unknown = await startTelegram(await deps(api.root, wrong)).catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(OperatorError);
    expect(String(error)).toContain('BOT_TOKEN 无效');
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain(wrong.slice(20));
  });

  it('survives getMe failing at first, and a command menu that is refused', async () => {
    const api = await fakeApi();
    api.dropNext('getMe', { when: 'before', times: 2 });
    api.failNext('setMyCommands', { error_code: 400, description: 'Bad Request: command is wrong' });
    const telegram = await startTelegram(await deps(`${api.root}/`));
    expect(telegram.username).toBe('bulletin_bot');
    await api.waitFor(() => api.calls.filter(({ method }) => method === 'setMyCommands').length === 6);
    await telegram.stop();
  });

  it('gives up on a server that is not there, naming it', async () => {
    await expect(startTelegram(await deps('http://127.0.0.1:9'))).rejects.toThrow(
      /http:\/\/127\.0\.0\.1:9，ECONNREFUSED/,
    );
    await expect(startTelegram(await deps('not a url'))).rejects.toThrow(/TELEGRAM_API_ROOT/);
  });

  it('can be tried without starting anything', async () => {
    const api = await fakeApi();
    await expect(fetchBotUsername(TOKEN, `${api.root}/`)).resolves.toBe('bulletin_bot');
    await expect(fetchBotUsername('1:wrong', api.root)).rejects.toThrow(/BOT_TOKEN 无效/);
    await expect(fetchBotUsername(TOKEN, 'http://127.0.0.1:9')).rejects.toThrow(/连不上/);
  });

  it('can be called off', async () => {
    const starting = startTelegram({
      ...(await deps('http://127.0.0.1:9')),
      networkDelaysMs: [60_000],
      startSignal: AbortSignal.timeout(50),
    });
    await expect(starting).rejects.toThrow();
  });

  it('takes an old webhook down and keeps what was queued', async () => {
    const api = await fakeApi();
    api.userSays(READER, '早先问的');
    const telegram = await startTelegram(await deps(api.root));
    expect((await api.nextMessage(READER)).text).toContain('早先问的');
    expect(api.calls.find(({ method }) => method === 'deleteWebhook')?.payload).not.toHaveProperty(
      'drop_pending_updates',
    );
    await telegram.stop();
  });
});

describe('a stop', () => {
  it('lets an answer under way be sent, may come twice, and leaves nothing to be answered again', async () => {
    const { api, telegram } = await stage({ askParts: { ask: slowly(200) } });
    api.userSays(READER, '慢');
    await sleep(60);
    await Promise.all([telegram.stop(), telegram.stop()]);
    await telegram.finished;
    expect(api.sent(READER)).toHaveLength(1);
    const info = await fetch(`${api.root}/bot${TOKEN}/getWebhookInfo`);
    expect(await info.json()).toMatchObject({ result: { pending_update_count: 0 } });
  });

  it('does not wait longer than its grace for an answer that hangs', async () => {
    const { telegram, api, log } = await stage({ askParts: { ask: slowly(5000) }, graceMs: 100 });
    api.userSays(READER, '慢');
    await sleep(60);
    const startedMs = Date.now();
    await telegram.stop();
    expect(Date.now() - startedMs).toBeLessThan(2000);
    expect(log.lines().some(({ msg }) => msg.includes('没有答完'))).toBe(true);
  });

  it('does not wait out a long 429', async () => {
    const { telegram, api } = await stage({ graceMs: 100 });
    api.failNext('sendMessage', { error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 60 } });
    api.userSays(READER, '问');
    await api.waitFor(() => api.calls.some(({ method }) => method === 'sendMessage'));
    const startedMs = Date.now();
    await telegram.stop();
    expect(Date.now() - startedMs).toBeLessThan(1500);
  });
});

function slowly(ms: number) {
  const [first] = NOTICES;
  if (first === undefined) throw new Error('the cast is empty');
  const answer = found('答', '证', first);
  return async () => {
    await sleep(ms);
    return answer;
  };
}
