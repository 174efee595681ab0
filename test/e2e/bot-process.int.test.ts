import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { indexedWorkplace, isBuilt, type BotProcess, type Workplace } from '../support/bot-process.js';
import { FakeBotApi, type SentMessage } from '../support/fake-bot-api.js';

const TOKEN = '5839574812:AAHrealisticLookingTokenForTests_12345';
const USERNAME = 'bulletin_test_bot';
const READER = 1001;
const GROUP = -2001;
const START_MS = 30_000;
const QUESTION = '职业教育在线精品课程的公示时间到哪天？';
const TITLE = '在线精品课程评审结果的公示';

describe.skipIf(!isBuilt)('the bot process (needs dist/main.js)', () => {
  let place: Workplace;
  let api: FakeBotApi;
  let bot: BotProcess;

  beforeAll(async () => {
    place = await indexedWorkplace();
  });
  afterAll(async () => {
    await place.remove();
  });

  async function startBot(env: Record<string, string> = {}): Promise<void> {
    bot = place.run(['serve'], { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root, ...env });
    const ready = 'WEBHOOK_URL' in env ? 'setWebhook' : 'getUpdates';
    await api.waitFor(() => {
      if (!bot.isRunning) throw new Error(`the bot ended:\n${bot.output}`);
      return api.calls.some(({ method }) => method === ready);
    }, START_MS);
  }
  const newApi = (): Promise<FakeBotApi> => FakeBotApi.start({ token: TOKEN, username: USERNAME, webhookRetryMs: 200 });

  /** Holds for every run of the process. */
  async function endsCleanly(): Promise<void> {
    const { code, ms } = await bot.terminate();
    expect(code, bot.output).toBe(0);
    expect(ms).toBeLessThan(5000);
    expect(bot.output).not.toContain(TOKEN.slice(TOKEN.indexOf(':') + 1));
  }

  describe('polling', () => {
    beforeAll(async () => {
      api = await newApi();
      await startBot();
    }, START_MS);
    afterAll(async () => {
      await endsCleanly();
      expect(bot.errors).toEqual([]);
      await api.stop();
    });
    const ask = (text: string, chatId = READER): Promise<SentMessage> => {
      api.userSays(chatId, text);
      return api.nextMessage(chatId);
    };

    it('/start says what it does', async () => {
      expect((await ask('/start')).text).toContain('通知公告');
    });

    it('answers a question with the fact, the title, the date and the quote', async () => {
      const message = await ask(QUESTION);
      expect(message.text).toContain(TITLE);
      expect(message.text).toContain('2024年3月11日');
      expect(message.text).toContain('2024年3月15日');
      expect(message.entities.map(({ type }) => type)).toContain('bold');
    });

    it('refuses what no notice says', async () => {
      expect((await ask('火星上有没有水？')).text).toMatch(/^现有通知里没有找到/);
    });

    it('shows another notice when its button is pressed', async () => {
      const message = await ask(QUESTION);
      const rows = (message.reply_markup as { inline_keyboard: { callback_data?: string }[][] }).inline_keyboard;
      const data = rows.flat().find(({ callback_data: one }) => /^n:\d+$/.test(one ?? ''))?.callback_data ?? '';
      expect(data).not.toBe('');
      api.userPresses(message, data);
      const other = await api.nextMessage(READER);
      expect(other.text).toMatch(/《.+》/);
      expect(other.reply_to_message_id).toBe(message.reply_to_message_id);
    });

    it('is silent in a group until it is mentioned', async () => {
      api.userSays(GROUP, QUESTION, { chatType: 'group' });
      api.userSays(GROUP, `@${USERNAME} ${QUESTION}`);
      const answer = await api.nextMessage(GROUP);
      expect(answer.text).toContain(TITLE);
      await ask('/help');
      expect(api.sent(GROUP)).toHaveLength(1);
    });

    it('takes HTML in a question for words', async () => {
      const message = await ask('<b>在线精品课程</b> <script>alert(1)</script> & 公示时间到哪天？');
      expect(message.text).not.toBe('');
    });

    it('asks for a shorter question when one has 5,000 characters', async () => {
      expect((await ask('公示时间'.repeat(1250))).text).toContain('太长');
    });

    it('obeys a 429 and sends once', async () => {
      const description = 'Too Many Requests: retry after 2';
      api.failNext('sendMessage', { error_code: 429, description, parameters: { retry_after: 2 } });
      const before = api.sent(READER).length;
      const startedMs = Date.now();
      await ask(QUESTION);
      expect(Date.now() - startedMs).toBeGreaterThanOrEqual(2000);
      expect(api.sent(READER)).toHaveLength(before + 1);
    });

    it('survives dropped connections, of a message and of the poll', async () => {
      api.dropNext('sendMessage', { when: 'before' });
      expect((await ask(QUESTION)).text).toContain(TITLE);
      api.dropNext('getUpdates', { when: 'before' });
      await ask(QUESTION);
      expect((await ask(QUESTION)).text).toContain(TITLE);
    });
  });

  describe('a queue', () => {
    afterEach(async () => {
      await api.stop();
    });

    it('of 200 questions is answered in the order of each chat, without an error', async () => {
      api = await newApi();
      const questions = [QUESTION, '火星上有没有水？', '督导评估的举报电话是多少？', '创优赋能建设项目公示多少天？'];
      const asked = new Map<number, number[]>();
      for (let i = 0; i < 200; i += 1) {
        const chat = READER + (i % 20);
        const id = api.userSays(chat, questions[i % questions.length] ?? QUESTION);
        asked.set(chat, [...(asked.get(chat) ?? []), id]);
      }
      await startBot();
      const startedMs = Date.now();
      await api.waitFor(200, 60_000);
      console.log(`200 queued questions answered in ${Date.now() - startedMs} ms after the first poll`);
      for (const [chat, ids] of asked) expect(api.sent(chat).map((sent) => sent.reply_to_message_id)).toEqual(ids);
      expect(api.calls.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
      await endsCleanly();
      expect(bot.errors).toEqual([]);
    }, 120_000);

    it('is not lost or answered twice by a stop in the middle and a new start', async () => {
      api = await newApi();
      for (let i = 0; i < 700; i += 1) api.userSays(READER + i, QUESTION);
      await startBot();
      await api.waitFor(10);
      await endsCleanly();
      expect(api.sent().length).toBeLessThan(700);
      await startBot();
      await api.waitFor(700, 60_000);
      api.userSays(READER, '/help');
      await api.waitFor(701);
      expect(api.sent()).toHaveLength(701);
      await endsCleanly();
    }, 120_000);
  });

  describe('a wrong token', () => {
    it('ends the start with one sentence that does not hold it', async () => {
      api = await newApi();
      const wrong = TOKEN.replace('AAH', 'AAX');
      bot = place.run(['serve'], { BOT_TOKEN: wrong, TELEGRAM_API_ROOT: api.root });
      expect((await bot.exit).code).toBe(1);
      expect(bot.output).toContain('BOT_TOKEN 无效');
      expect(bot.output).not.toContain(wrong.slice(wrong.indexOf(':') + 1));
      await api.stop();
    });
  });

  describe('a webhook', () => {
    const secret = 'webhook-secret-of-the-test_1';
    let url: string;

    beforeAll(async () => {
      api = await newApi();
      const port = await freePort();
      url = `http://127.0.0.1:${port}/telegram/hook`;
      await startBot({
        WEBHOOK_URL: url,
        WEBHOOK_SECRET: secret,
        WEBHOOK_HOST: '127.0.0.1',
        WEBHOOK_PORT: String(port),
      });
    }, START_MS);
    afterAll(async () => {
      await endsCleanly();
      expect(bot.output).not.toContain(secret);
      await api.stop();
    });

    it('with the right secret answers', async () => {
      api.userSays(READER, QUESTION);
      expect((await api.nextMessage(READER)).text).toContain(TITLE);
    });

    it('with a wrong or no secret answers 401 and nothing else', async () => {
      const chat = { id: READER + 1, type: 'private' };
      const message = { message_id: 1, date: 0, chat, from: { id: chat.id, is_bot: false }, text: QUESTION };
      const body = JSON.stringify({ update_id: 999, message });
      for (const headers of [{ 'x-telegram-bot-api-secret-token': 'wrong' }, undefined]) {
        const response = await fetch(url, { method: 'POST', body, ...(headers && { headers }) });
        expect(response.status).toBe(401);
      }
      await sleep(200);
      expect(api.sent(chat.id)).toHaveLength(0);
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
