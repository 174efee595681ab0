import { Api, GrammyError } from 'grammy';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RateLimiter } from '../../../src/notify/delivery/rate-limiter.js';
import { installRetries } from '../../../src/telegram/transport/retry.js';
import { createDeliverySender } from '../../../src/telegram/transport/send-delivery.js';
import { FakeBotApi } from '../../support/fake-bot-api.js';
import { ManualClock, stage, FakeLedger, owed } from './kit.js';
import { pino } from 'pino';

const TOKEN = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK';
const LI = 1001;
const FORUM = -1_000_000_002_002;
const TEXT = { html: '截止 <b>3 月 15 日</b>', buttons: [] };

async function fakeApi(): Promise<FakeBotApi> {
  const api = await FakeBotApi.start({ token: TOKEN, username: 'bulletin_bot' });
  onTestFinished(() => api.stop());
  return api;
}

describe('sending what is owed', () => {
  it('sends HTML into the topic, without a link preview, with buttons of every kind', async () => {
    const api = await fakeApi();
    const send = createDeliverySender({ token: TOKEN, apiRoot: `${api.root}/` });
    const buttons = [
      [{ text: '看原文', url: 'https://jy.tj.gov.cn/a?b=1' }],
      [
        { text: '全文', data: 'n:1' },
        { text: '复制电话', copy: '83215136' },
      ],
    ];
    const result = await send({ chatId: FORUM, threadId: 7 }, { html: TEXT.html, buttons });
    const [sent] = api.sent(FORUM);
    expect(result).toEqual({ kind: 'sent', messageId: sent?.message_id });
    expect(sent).toMatchObject({ text: '截止 3 月 15 日', message_thread_id: 7 });
    expect(sent?.entities.map(({ type }) => type)).toEqual(['bold']);
    expect(sent?.reply_markup).toEqual({
      inline_keyboard: [
        [{ text: '看原文', url: 'https://jy.tj.gov.cn/a?b=1' }],
        [
          { text: '全文', callback_data: 'n:1' },
          { text: '复制电话', copy_text: { text: '83215136' } },
        ],
      ],
    });
    expect(api.calls[0]?.payload['link_preview_options']).toEqual({ is_disabled: true });
  });

  it('asks once and hands every refusal on with all that it says', async () => {
    const api = await fakeApi();
    const send = createDeliverySender({ token: TOKEN, apiRoot: api.root });
    const to = { chatId: LI, threadId: null };
    api.failNext('sendMessage', {
      error_code: 429,
      description: 'Too Many Requests: retry after 9',
      parameters: { retry_after: 9 },
    });
    expect(await send(to, TEXT)).toMatchObject({ kind: 'refused', code: 429, retryAfter: 9, migratedTo: null });
    const upgraded = 'Bad Request: group chat was upgraded to a supergroup chat';
    api.failNext('sendMessage', { error_code: 400, description: upgraded, parameters: { migrate_to_chat_id: FORUM } });
    expect(await send(to, TEXT)).toMatchObject({ description: upgraded, retryAfter: null, migratedTo: FORUM });
    api.block(LI);
    expect(await send(to, TEXT)).toMatchObject({ code: 403, description: 'Forbidden: bot was blocked by the user' });
    expect(api.calls).toHaveLength(3);
  });

  it('a broken connection, a server that is not there, one that hangs, an answer that is no JSON: unanswered, and no token in the error', async () => {
    const api = await fakeApi();
    const to = { chatId: LI, threadId: null };
    api.dropNext('sendMessage', { when: 'after' });
    const silent = await fakeApi();
    silent.chaos({ seed: 1, latencyMs: [3000, 3000] });
    const results = [
      await createDeliverySender({ token: TOKEN, apiRoot: api.root })(to, TEXT),
      await createDeliverySender({ token: TOKEN, apiRoot: 'http://127.0.0.1:9' })(to, TEXT),
      await createDeliverySender({ token: TOKEN, apiRoot: silent.root, timeoutSeconds: 0.1 })(to, TEXT),
      await createDeliverySender({ token: TOKEN, apiRoot: `data:text/html,bad gateway` })(to, TEXT),
    ];
    expect(results.map(({ kind }) => kind)).toEqual(Array(4).fill('unanswered'));
    expect(JSON.stringify(results)).not.toContain(TOKEN.slice(TOKEN.indexOf(':') + 1));
    expect(JSON.stringify(results)).toContain('ECONNREFUSED');
  });

  it('a wrong token does not stand in what the server says of it', async () => {
    const api = await fakeApi();
    const result = await createDeliverySender({ token: '1:wrong-token-of-someone', apiRoot: api.root })(
      { chatId: LI, threadId: null },
      TEXT,
    );
    expect(result).toMatchObject({ kind: 'refused', code: 401, description: 'Unauthorized' });
  });

  it('a message of ours with bad markup still reaches its reader, through the whole way', async () => {
    const api = await fakeApi();
    const ledger = new FakeLedger(owed(LI, 'a', { message: { html: '<b>截止 <i>3 月</b> 15 日', buttons: [] } }));
    const limiter = new RateLimiter({ quietStart: false });
    const { deliverer } = stage(ledger, createDeliverySender({ token: TOKEN, apiRoot: api.root }), { limiter });
    await deliverer.step();
    expect(api.sent(LI).map(({ text }) => text)).toEqual(['截止 3 月 15 日']);
    expect(ledger.states()).toEqual({ a: 'sent' });
  });
});

describe('replies of the bot', () => {
  async function replying(clock = new ManualClock()) {
    const api = await fakeApi();
    const bot = new Api(TOKEN, { apiRoot: api.root });
    const limiter = new RateLimiter({ clock, quietStart: false });
    installRetries(bot, {
      log: pino({ level: 'silent' }),
      signal: new AbortController().signal,
      networkDelaysMs: [1, 1],
      limiter,
    });
    return { api, bot, limiter, clock };
  }

  it('take their turn with what is owed: one a second to a chat, edits too', async () => {
    const { api, bot, clock } = await replying();
    const first = await bot.sendMessage(LI, '甲');
    const edit = bot.editMessageText(LI, first.message_id, '乙');
    await clock.advance(999);
    expect(api.sent(LI)[0]?.text).toBe('甲');
    await clock.advance(1);
    await edit;
    expect(api.sent(LI)[0]?.text).toBe('乙');
  });

  it('chat actions and what is no message do not count', async () => {
    const { api, bot } = await replying();
    await bot.sendMessage(LI, '甲');
    await bot.sendChatAction(LI, 'typing');
    await bot.getMe();
    await bot.deleteMessage(LI, api.sent(LI)[0]?.message_id ?? 0);
    expect(api.calls).toHaveLength(4);
  });

  it('a 429 to a reply holds back what is owed to the same chat', async () => {
    const { api, bot, limiter } = await replying();
    api.failNext('sendMessage', {
      error_code: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: 600 },
    });
    await expect(bot.sendMessage(LI, '甲')).rejects.toThrow(GrammyError);
    expect(await limiter.acquire(LI, 'bulk', { maxWaitMs: 5000 })).toMatchObject({ kind: 'wait', ms: 600_000 });
  });

  it('are refused with a 429 of our own, without asking, where the wait would be too long', async () => {
    const { api, bot, limiter } = await replying();
    limiter.pauseChat(LI, 600_000);
    const error: unknown = await bot.sendMessage(LI, '甲').catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({ error_code: 429, parameters: { retry_after: 600 } });
    expect(api.calls).toEqual([]);
  });

  it('give their place back when the connection breaks, and take another for the next try', async () => {
    const { api, bot, clock } = await replying();
    api.dropNext('sendMessage', { when: 'before' });
    const sending = bot.sendMessage(LI, '甲');
    await api.waitFor(() => api.calls.length === 1);
    await expect.poll(() => clock.pending).toBe(1);
    await clock.advance(1000);
    await sending;
    expect(api.calls.map(({ outcome }) => outcome)).toEqual(['dropped', 'ok']);
  });
});
