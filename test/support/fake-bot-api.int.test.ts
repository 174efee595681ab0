import { once } from 'node:events';
import { createServer } from 'node:http';
import { Bot, GrammyError, InlineKeyboard, InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeBotApi } from './fake-bot-api.js';

const TOKEN = '123:TEST';
const CHAT = 42;
const GROUP = -1_001_000_000_001;

let api: FakeBotApi;
let now = 1_700_000_000_000;

beforeEach(async () => {
  now = 1_700_000_000_000;
  const username = 'bulletin_test_bot';
  api = await FakeBotApi.start({ token: TOKEN, username, now: () => now, webhookRetryMs: 20 });
});
afterEach(() => api.stop());

interface Reply {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: unknown;
}

async function call(method: string, payload: object = {}): Promise<Reply> {
  const response = await fetch(`${api.root}/bot${TOKEN}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return (await response.json()) as Reply;
}

const say = (text: string, more: object = {}) => call('sendMessage', { chat_id: CHAT, text, ...more });
const html = (text: string) => say(text, { parse_mode: 'HTML' });
async function refuses(reply: Promise<Reply>, why: string): Promise<void> {
  expect((await reply).description).toBe(`Bad Request: ${why}`);
}
async function updates(payload: object = {}): Promise<{ update_id: number }[]> {
  return (await call('getUpdates', payload)).result as { update_id: number }[];
}
const idsOf = async (payload: object = {}) => (await updates(payload)).map((update) => update.update_id);
const outcomes = () => api.calls.map(({ outcome }) => outcome).join(' ');
const button = (fields: object) => ({ reply_markup: { inline_keyboard: [[{ text: 'x', ...fields }]] } });

describe('requests', () => {
  it('takes JSON, forms and query strings, and answers 401 and 404', async () => {
    const url = `${api.root}/bot${TOKEN}`;
    expect(await (await fetch(`${url}/getMe`)).json()).toMatchObject({
      ok: true,
      result: { id: 123, is_bot: true, username: 'bulletin_test_bot' },
    });
    await fetch(`${url}/SENDMESSAGE?chat_id=${String(CHAT)}&text=query`);
    const keyboard = JSON.stringify(button({ callback_data: 'a' }).reply_markup);
    const form = new URLSearchParams({ chat_id: String(CHAT), text: '{"form":1}', reply_markup: keyboard });
    await fetch(`${url}/sendMessage`, { method: 'POST', body: form });
    expect(api.sent(CHAT).map((message) => message.text)).toEqual(['query', '{"form":1}']);
    expect(api.sent(CHAT)[1]?.reply_markup).toEqual(button({ callback_data: 'a' }).reply_markup);

    const unauthorized = await fetch(`${api.root}/bot1:WRONG/getMe`);
    expect(unauthorized.status).toBe(401);
    expect(await unauthorized.json()).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
    expect(await call('noSuchMethod')).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
  });

  it('keeps no more calls and messages than it was told to', async () => {
    const small = await FakeBotApi.start({ token: TOKEN, username: 'b', keepCalls: 2 });
    for (const text of ['1', '2', '3']) {
      await fetch(`${small.root}/bot${TOKEN}/sendMessage?chat_id=${String(CHAT)}&text=${text}`);
    }
    expect(small.calls.map(({ payload }) => payload['text'])).toEqual(['2', '3']);
    expect(small.sent(CHAT).map(({ text }) => text)).toEqual(['2', '3']);
    expect(small.sent()).toHaveLength(2);
    await small.stop();
  });
});

describe('updates', () => {
  it('gives updates again until a higher offset acknowledges them', async () => {
    const ids = [1, 2, 3].map((n) => api.queueUpdate({ message: { n } }));
    expect(await idsOf()).toEqual(ids);
    expect(await idsOf({ limit: 1 })).toEqual([ids[0]]);
    expect(await idsOf({ offset: ids[1] })).toEqual([ids[1], ids[2]]);
    expect(await idsOf({ offset: -1 })).toEqual([ids[2]]);
    expect(await idsOf({ offset: Number(ids[2]) + 1 })).toEqual([]);
  });

  it('holds a long poll until an update comes, or until its timeout', async () => {
    const begun = Date.now();
    expect(await updates({ timeout: 1 })).toEqual([]);
    expect(Date.now() - begun).toBeGreaterThan(900);
    const poll = updates({ timeout: 30 });
    await api.waitFor(() => api.calls.length === 2);
    api.userSays(CHAT, '一');
    api.userSays(CHAT, '二');
    expect(await poll).toHaveLength(2);
  });

  it('ends a poll for another one and for a webhook', async () => {
    const first = call('getUpdates', { timeout: 30 });
    await api.waitFor(() => api.calls.length === 1);
    const second = call('getUpdates', { timeout: 30 });
    expect(await first).toMatchObject({
      error_code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    await call('setWebhook', { url: 'http://127.0.0.1:9/' });
    expect((await second).description).toBe('Conflict: terminated by setWebhook request');
    expect((await call('getUpdates')).description).toMatch(/^Conflict: can't use getUpdates method while web/);
    await call('deleteWebhook');
    expect(await updates()).toEqual([]);
    expect(outcomes()).toBe('error error ok error ok ok');
  });

  it('does not lose updates to a poll whose client has gone', async () => {
    const gone = new AbortController();
    const poll = fetch(`${api.root}/bot${TOKEN}/getUpdates?timeout=30`, { signal: gone.signal });
    await api.waitFor(() => api.calls.length === 1);
    gone.abort();
    await expect(poll).rejects.toThrow();
    api.userSays(CHAT, '在吗');
    expect(await updates({ timeout: 5 })).toHaveLength(1);
  });

  it('keeps kinds of update from the bot that it did not allow', async () => {
    expect(api.queueUpdate({ chat_member: {} })).toBeUndefined();
    expect(api.queueUpdate({ my_chat_member: {} })).toBe(1);
    await updates({ offset: 2, allowed_updates: ['message'] });
    expect(api.queueUpdate({ my_chat_member: {} })).toBeUndefined();
    await updates({ allowed_updates: [] });
    expect(api.queueUpdate({ my_chat_member: {} })).toBe(2);
  });

  it('posts to a webhook with its secret, in order within a chat, until it is taken', async () => {
    const texts: string[] = [];
    const secrets = new Set<unknown>();
    const hook = createServer((req, res) => {
      secrets.add(req.headers['x-telegram-bot-api-secret-token']);
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => {
        const update = JSON.parse(body) as { message: { text: string; chat: { id: number } } };
        texts.push(update.message.text);
        res.statusCode = texts.length === 1 ? 500 : 200;
        const answer = { method: 'sendMessage', chat_id: update.message.chat.id, text: 'by webhook' };
        res.end(update.message.text === '二' ? JSON.stringify(answer) : '');
      });
    });
    hook.listen(0, '127.0.0.1');
    await once(hook, 'listening');
    const address = hook.address();
    if (address === null || typeof address === 'string') throw new Error('no port');

    api.userSays(CHAT, '一');
    await call('setWebhook', { url: `http://127.0.0.1:${String(address.port)}/`, secret_token: 's3cret' });
    api.userSays(CHAT, '二');
    expect((await api.nextMessage(CHAT)).text).toBe('by webhook');
    expect(texts).toEqual(['一', '一', '二']);
    expect([...secrets]).toEqual(['s3cret']);
    expect((await call('getWebhookInfo')).result).toMatchObject({
      pending_update_count: 0,
      max_connections: 40,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
    hook.close();
    hook.closeAllConnections();
  });
});

describe('users', () => {
  it('marks commands and mentions as Telegram clients do', async () => {
    const text = '/start@bulletin_test_bot 问 @bulletin_test_bot 你好@bulletin_test_bot /help吗';
    api.userSays(GROUP, text, { fromId: 7 });
    const [update] = (await call('getUpdates')).result as { message: { entities: unknown } }[];
    expect(update?.message).toMatchObject({ from: { id: 7 }, chat: { id: GROUP, type: 'supergroup' } });
    expect(update?.message.entities).toEqual([
      { type: 'bot_command', offset: 0, length: 24 },
      { type: 'mention', offset: 27, length: 18 },
    ]);
  });

  it('lets users reply to and press what the bot sent', async () => {
    await call('sendMessage', { chat_id: GROUP, text: '选一个', ...button({ callback_data: 'pick:1' }) });
    const sent = await api.nextMessage(GROUP);
    api.userSays(GROUP, '第一个', { replyTo: sent, message_thread_id: 9 });
    const id = api.userPresses(sent, 'pick:1', 8);
    const [said, pressed] = await updates();
    expect(said).toMatchObject({
      message: {
        message_thread_id: 9,
        is_topic_message: true,
        reply_to_message: { message_id: sent.message_id, text: '选一个', from: { id: 123, is_bot: true } },
      },
    });
    expect(pressed).toMatchObject({
      callback_query: { id, from: { id: 8 }, data: 'pick:1', message: { message_id: sent.message_id } },
    });
    expect((await call('answerCallbackQuery', { callback_query_id: id })).ok).toBe(true);
    const stale = call('answerCallbackQuery', { callback_query_id: 'stale' });
    await refuses(stale, 'query is too old and response timeout expired or query ID is invalid');
  });
});

describe('texts', () => {
  it('parses HTML into text and entities in UTF-16 units', async () => {
    const text = '<b>😀甲</b> &lt;i&gt; &amp;&quot;&#20057;&#x4E19; &nbsp; <a href="https://a.cn/?x=1&amp;y">链</a>';
    const pre = '<pre><code class="language-ts">1</code></pre>';
    await html(`${text}${pre}<blockquote expandable><i>x</i></blockquote>\n`);
    expect(api.sent(CHAT)[0]).toMatchObject({
      text: '😀甲 <i> &"乙丙 &nbsp; 链1x',
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        { type: 'text_link', offset: 20, length: 1, url: 'https://a.cn/?x=1&y' },
        { type: 'pre', offset: 21, length: 1, language: 'ts' },
        { type: 'expandable_blockquote', offset: 22, length: 1 },
        { type: 'italic', offset: 22, length: 1 },
      ],
    });
    await html('<span class="tg-spoiler">a</span><u>b</u><s>c</s><tg-spoiler>d</tg-spoiler>'.repeat(30));
    expect(api.sent(CHAT)[1]?.entities).toHaveLength(100);
  });

  it.each([
    ['a<x>b</x>', 'Unsupported start tag "x" at byte offset 1'],
    ['甲 < 乙', 'Unsupported start tag "" at byte offset 4'],
    ['<b>甲', 'Can\'t find end tag corresponding to start tag "b"'],
    ['甲</b>', 'Unexpected end tag at byte offset 3'],
    ['<b>甲</i>', 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'],
    ['甲 <b', 'Unclosed start tag at byte offset 4'],
    ['<b>甲</b', 'Unclosed end tag at byte offset 6'],
    ['<a href="x', 'Unclosed start tag at byte offset 0'],
    ['<a href=x/>y</a>', 'Unexpected end of name token at byte offset 8'],
    ['<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('refuses %s', async (text, reason) => {
    await refuses(html(text), `can't parse entities: ${reason}`);
  });

  it('measures a text after parsing and refuses empty ones', async () => {
    expect((await html(`<b>${'甲'.repeat(4095)}</b>&lt;`)).ok).toBe(true);
    await refuses(say('😀'.repeat(2049)), 'message is too long');
    await refuses(say(''), 'message text is empty');
    await refuses(html('<b> </b>\n'), 'text must be non-empty');
    await refuses(say('x', { parse_mode: 'RTF' }), 'unsupported parse_mode');
    expect(api.sent(CHAT)).toHaveLength(1);
  });
});

describe('messages', () => {
  it('refuses bad keyboards, replies and chats', async () => {
    const tooLong = { callback_data: '按'.repeat(22) };
    await refuses(say('x', button(tooLong)), 'BUTTON_DATA_INVALID');
    await refuses(say('x', button({ callback_data: '' })), 'BUTTON_DATA_INVALID');
    await refuses(say('x', button({ copy_text: { text: '1'.repeat(257) } })), 'BUTTON_COPY_TEXT_INVALID');
    const why = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
    await refuses(say('x', button({})), why);
    const lost = { message_id: 99 };
    await refuses(say('x', { reply_parameters: lost }), 'message to be replied not found');
    const anyway = { reply_parameters: { ...lost, allow_sending_without_reply: true } };
    expect((await say('x', anyway)).ok).toBe(true);
    const asked = api.userSays(CHAT, '问');
    expect((await say('答', { reply_parameters: { message_id: asked } })).result).toMatchObject({
      reply_to_message: { message_id: asked, text: '问' },
    });
    await refuses(call('sendMessage', { text: 'x' }), 'chat_id is empty');
    api.block(CHAT);
    const description = 'Forbidden: bot was blocked by the user';
    expect(await say('x')).toEqual({ ok: false, error_code: 403, description });
    api.unblock(CHAT);
    expect((await say('x')).ok).toBe(true);
  });

  it('edits and deletes what was sent', async () => {
    await html('<b>a</b>');
    const message = await api.nextMessage(CHAT);
    const place = { chat_id: CHAT, message_id: message.message_id };
    const edit = (fields: object) => call('editMessageText', { ...place, parse_mode: 'HTML', ...fields });
    await refuses(
      edit({ text: '<strong>a</strong>' }),
      'message is not modified: specified new message content and reply markup are exactly ' +
        'the same as a current content and reply markup of the message',
    );
    expect((await edit({ text: 'a' })).ok).toBe(true);
    expect((await edit({ text: 'a', ...button({ callback_data: 'y' }) })).ok).toBe(true);
    expect(message).toMatchObject({ text: 'a', entities: [], edits: 2, ...button({ callback_data: 'y' }) });
    expect((await call('editMessageReplyMarkup', place)).ok).toBe(true);
    expect(message.reply_markup).toBeUndefined();
    expect((await call('deleteMessage', place)).ok).toBe(true);
    expect(message.deleted).toBe(true);
    await refuses(edit({ text: 'b' }), 'message to edit not found');
    await refuses(call('deleteMessage', place), 'message to delete not found');
  });

  it('hands out messages one after another and says what happened when none comes', async () => {
    const asked = api.userSays(CHAT, '问');
    const waiting = api.nextMessage(CHAT, { after: asked });
    await say('一');
    await say('二');
    expect((await waiting).text).toBe('一');
    expect((await api.nextMessage(CHAT)).text).toBe('二');
    expect(await api.waitFor(2)).toBe(2);
    await expect(api.nextMessage(CHAT, { timeoutMs: 20 })).rejects.toThrow('sendMessage ok');
  });
});

describe('faults and limits', () => {
  it('fails and drops calls to order', async () => {
    const description = 'Too Many Requests: retry after 3';
    const flood = { error_code: 429, description, parameters: { retry_after: 3 } };
    api.failNext('sendMessage', { ...flood, times: 2, chatId: CHAT });
    expect((await call('sendMessage', { chat_id: 7, text: 'x' })).ok).toBe(true);
    expect(await say('x')).toEqual({ ok: false, ...flood });
    expect(await say('x')).toEqual({ ok: false, ...flood });
    api.dropNext('sendMessage', { when: 'before' });
    api.dropNext('sendMessage', { when: 'after' });
    await expect(say('lost')).rejects.toThrow();
    await expect(say('taken')).rejects.toThrow();
    expect((await say('x')).ok).toBe(true);
    expect(api.sent(CHAT).map(({ text }) => text)).toEqual(['taken', 'x']);
    expect(outcomes()).toBe('ok error error dropped dropped ok');
  });

  it('limits rates when asked to and measures them always', async () => {
    for (let n = 0; n < 3; n++) expect((await say('x')).ok).toBe(true);
    now += 1000;
    expect(api.observedRates()).toEqual({ globalPerSecond: 3, perChatPerSecond: 3, perGroupPerMinute: 0 });
    api.enforceLimits({ perChatPerSecond: 1, perGroupPerMinute: 2 });
    const inGroup = () => call('sendMessage', { chat_id: GROUP, text: 'x' });
    for (let n = 0; n < 2; n++) {
      expect((await inGroup()).ok).toBe(true);
      now += 1000;
    }
    const description = 'Too Many Requests: retry after 58';
    expect(await inGroup()).toMatchObject({ error_code: 429, description, parameters: { retry_after: 58 } });
    expect((await say('x')).ok).toBe(true);
    expect((await say('x')).parameters).toEqual({ retry_after: 1 });
    now += 58_000;
    expect((await inGroup()).ok).toBe(true);
    expect(api.observedRates().perGroupPerMinute).toBe(3);
  });
});

it('keeps commands per scope and language, and who administers a chat', async () => {
  const commands = [{ command: 'start', description: '开始' }];
  const scope = { type: 'all_group_chats' };
  await call('setMyCommands', { commands, scope, language_code: 'zh' });
  expect((await call('getMyCommands')).result).toEqual([]);
  expect((await call('getMyCommands', { language_code: 'zh', scope })).result).toEqual(commands);
  const bad = { commands: [{ command: '开始', description: 'x' }] };
  await refuses(call('setMyCommands', bad), 'BOT_COMMAND_INVALID');
  api.setMemberStatus(GROUP, 5, 'administrator');
  expect((await call('getChatMember', { chat_id: GROUP, user_id: 5 })).result).toMatchObject({
    status: 'administrator',
    user: { id: 5 },
  });
  expect((await call('getChatAdministrators', { chat_id: GROUP })).result).toHaveLength(1);
});

describe('grammY', () => {
  it('polls, answers, edits and uploads', async () => {
    const bot = new Bot(TOKEN, { client: { apiRoot: api.root } });
    const keyboard = new InlineKeyboard().text('更多', 'more');
    bot.command('start', (ctx) => ctx.reply('你好', { reply_markup: keyboard }));
    bot.on('callback_query:data', async (ctx) => {
      await ctx.answerCallbackQuery();
      await ctx.editMessageText('<b>更多</b>', { parse_mode: 'HTML' });
      await ctx.replyWithDocument(new InputFile(Buffer.from('内容\r\n'), '通知.txt'), { caption: '附件' });
    });
    const running = bot.start();
    api.userSays(CHAT, '/start');
    const greeting = await api.nextMessage(CHAT);
    api.userPresses(greeting, 'more');
    const file = await api.nextMessage(CHAT);
    expect(greeting.text).toBe('更多');
    expect(file.text).toBe('附件');
    expect(file.document?.filename).toBe('通知.txt');
    expect(file.document?.content.toString()).toBe('内容\r\n');
    await bot.stop();
    await running;
  });

  it('meets errors as GrammyError with parameters', async () => {
    const bot = new Bot(TOKEN, { client: { apiRoot: api.root } });
    api.enforceLimits({ globalPerSecond: 1 });
    await bot.api.sendMessage(1, 'x');
    const error: unknown = await bot.api.sendMessage(2, 'x').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } });
  });
});
