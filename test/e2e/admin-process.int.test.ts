import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addDays, dayInShanghai } from '../../src/domain/dates.js';
import { indexedWorkplace, isBuilt, type BotProcess, type Workplace } from '../support/bot-process.js';
import { FakeBotApi, type SentMessage } from '../support/fake-bot-api.js';
import { dataUnder } from '../telegram/kit.js';

const TOKEN = '5839574812:AAHrealisticLookingTokenForTests_12345';
const ADMIN = 9001;
const READER = 1001;
const SUBSCRIBER = 1002;
const STRANGER = 6660;
const WAIT_MS = 60_000;
/** Enough that a run takes seconds. */
const OTHERS = 1200;
const QUESTION = '青少年夏令营的报名截止到哪天？';
/** Far enough ahead that the test may run over midnight. */
const BEFORE = addDays(dayInShanghai(new Date()), 9);
const AFTER = addDays(BEFORE, 5);

const inWords = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

/** What admins do, and what readers notice of it: the built program over HTTP, re-indexing in its child process. */
describe.skipIf(!isBuilt)('the admin’s commands of the bot process (needs dist/main.js)', () => {
  let place: Workplace;
  let api: FakeBotApi;
  let bot: BotProcess;
  let source: string;
  let corpus: string;

  /** The camp with its deadline, and many others, all of which change with the edition. */
  async function writeSource(edition: string, deadline: string): Promise<void> {
    const notices = Array.from({ length: OTHERS }, (_, i) => {
      const from = (i * 37) % 4000;
      return {
        id: `n${i}`,
        title: `第${i}号通知`,
        date: addDays(BEFORE, -30),
        body: `${edition}。${corpus.slice(from, from + 200)}`,
      };
    });
    const camp = {
      id: 'camp',
      title: '关于青少年夏令营报名的通知',
      date: addDays(BEFORE, -12),
      column: '公示公告',
      body: `青少年夏令营现在开始报名。报名截止时间：${inWords(deadline)}。联系电话：83215136。`,
    };
    await writeFile(source, [camp, ...notices].map((notice) => JSON.stringify(notice)).join('\n'));
  }

  beforeAll(async () => {
    place = await indexedWorkplace();
    corpus = await readFile(new URL('../../data/sample-bulletin.txt', import.meta.url), 'utf8');
    source = join(dirname(place.dataDir), 'pages.jsonl');
    await writeSource('第一版', BEFORE);
    const index = place.run(['index', source]);
    expect((await index.exit).code, index.output).toBe(0);
    api = await FakeBotApi.start({ token: TOKEN, username: 'bulletin_test_bot' });
    bot = place.run(['serve'], {
      BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: api.root,
      ADMIN_IDS: String(ADMIN),
      SOURCES: source,
    });
    await api.waitFor(() => {
      if (!bot.isRunning) throw new Error(`the bot ended:\n${bot.output}`);
      return api.calls.some(({ method }) => method === 'getUpdates');
    }, WAIT_MS);
  }, WAIT_MS * 2);
  afterAll(async () => {
    expect((await bot.terminate()).code, bot.output).toBe(0);
    expect(bot.errors).toEqual([]);
    await api.stop();
    await place.remove();
  });

  const say = (chatId: number, text: string): Promise<SentMessage> => {
    api.userSays(chatId, text);
    return api.nextMessage(chatId, { timeoutMs: WAIT_MS });
  };
  const press = async (message: SentMessage, label: string): Promise<void> => {
    const { edits } = message;
    api.userPresses(message, dataUnder(message.reply_markup, label));
    await api.waitFor(() => message.edits > edits);
  };

  it('are refused to everybody else, also as buttons, and shown in the menu of admins only', async () => {
    for (const command of ['/reindex', '/status', '/unanswered', '/pin a => b', '/sources', '/broadcast 一二三']) {
      expect((await say(STRANGER, command)).text).toBe('这个命令只有管理员可以用。');
    }
    const menus = await api.waitFor(() => {
      const calls = api.calls.filter(({ method }) => method === 'setMyCommands');
      return calls.length >= 8 && calls;
    });
    const withReindex = menus.filter(({ payload }) => JSON.stringify(payload['commands']).includes('reindex'));
    expect(withReindex.length).toBeGreaterThan(0);
    for (const { payload } of withReindex) expect(payload['scope']).toMatchObject({ type: 'chat', chat_id: ADMIN });
  });

  it('re-index: the old index answers until the new one does, without an error; who was told or asked for it hears', async () => {
    expect((await say(READER, QUESTION)).text).toContain(inWords(BEFORE));
    await say(SUBSCRIBER, '/subscribe');
    await press(await api.nextMessage(SUBSCRIBER), '改为立即发送');
    expect((await say(ADMIN, '/reindex --dry-run')).text).toContain('试运行');
    const dry = api.sent(ADMIN).at(-1);
    await api.waitFor(() => dry?.text.includes('没有改动任何内容'), WAIT_MS);

    await writeSource('第二版', AFTER);
    const progress = await say(ADMIN, '/reindex');
    expect(progress.text).toContain('更新索引');
    const isOver = (): boolean => progress.text.includes('更新完成');
    const second = say(ADMIN, '/reindex');
    const answers: { readonly asker: number; readonly isDuring: boolean }[] = [];
    for (let asker = 2000; !isOver(); asker += 1) {
      api.userSays(asker, QUESTION);
      await api.nextMessage(asker, { timeoutMs: WAIT_MS });
      answers.push({ asker, isDuring: !isOver() });
      await sleep(100);
      expect(answers.length).toBeLessThan(600);
    }
    const deadlines = answers.map(({ asker }) => {
      const text = api.sent(asker)[0]?.text ?? '';
      if (text.includes(inWords(BEFORE))) return 'old';
      return text.includes(inWords(AFTER)) ? 'new' : text;
    });
    // On a busy machine the first question may come after the save: then it is the new text that is read.
    expect(deadlines.filter((told) => told !== 'old' && told !== 'new')).toEqual([]);
    // Once new, always new.
    expect(deadlines.lastIndexOf('old')).toBeLessThan(deadlines.includes('new') ? deadlines.indexOf('new') : Infinity);
    expect(answers.filter(({ isDuring }) => isDuring).length).toBeGreaterThan(2);
    expect((await second).text).toContain('已经有一次更新在进行');
    expect(progress.text).toContain(`有变化 ${OTHERS + 1}`);
    expect((await say(STRANGER, QUESTION)).text).toContain(inWords(AFTER));

    const correction = await api.waitFor(() => api.sent(READER).find(({ text }) => text.includes('有更正')), WAIT_MS);
    expect(correction.text).toContain(`改为${inWords(AFTER).split('年')[1] ?? ''}`);
    // A changed notice is no new one: whoever wants new ones at once is told nothing.
    await writeFile(source, JSON.stringify({ id: 'new', title: '关于科学营的通知', body: '科学营开营，欢迎参加。' }));
    await say(ADMIN, '/reindex 1');
    const alert = await api.nextMessage(SUBSCRIBER, { timeoutMs: WAIT_MS });
    expect(alert.text).toContain('关于科学营的通知');
    expect(api.sent(READER).filter(({ text }) => text.includes('有更正'))).toHaveLength(1);
  }, 180_000);

  it('show how it is: status, sources', async () => {
    // The new index is taken over within some seconds of being made.
    const status = await vi.waitFor(
      async () => {
        const shown = await say(ADMIN, '/status');
        expect(shown.text).toMatch(/通知 \d+ 份，索引 \d+ 份\n/);
        return shown;
      },
      { timeout: 30_000, interval: 3000 },
    );
    expect(status.text).toMatch(/已发 [1-9]/);
    expect((await say(ADMIN, '/sources')).text).toContain('读取成功：新增 1，有变化 0');
  }, 60_000);

  it('put unanswered questions together and pin an answer to them', async () => {
    await say(READER, '食堂几点开门？');
    await say(STRANGER, '食堂的开门时间');
    const list = await say(ADMIN, '/unanswered');
    expect(list.text).toMatch(/（2 次.*）食堂/);
    await press(list, '已处理');
    expect(list.text).not.toContain('食堂');
    expect((await say(ADMIN, '/pin 食堂几点开门 => 早上<七>点。')).text).toContain('已固定');
    const pinned = await say(STRANGER, '食堂几点开门？');
    expect(pinned.text).toContain('早上<七>点。');
    expect(pinned.text).toContain('管理员固定的回答');
    await press(await say(ADMIN, '/pin'), '删除第 1 条');
    expect((await say(STRANGER, '食堂几点开门？')).text).not.toContain('七');
  });

  it('send to all chats after a confirmation, and by nobody else', async () => {
    await say(ADMIN, '/broadcast 明天停机<一>小时');
    const preview = await api.nextMessage(ADMIN);
    const confirm = dataUnder(preview.reply_markup, '确认发送');
    const query = api.userPresses(preview, confirm, STRANGER);
    await api.waitFor(() => api.calls.find(({ payload }) => payload['callback_query_id'] === query));
    await press(preview, '确认发送');
    const received = await api.waitFor(
      () => api.sent(READER).find(({ text }) => text.includes('明天停机<一>小时')),
      WAIT_MS,
    );
    expect(received.text).toContain('管理员通知');
    await say(ADMIN, '/status');
    expect(api.sent(READER).filter(({ text }) => text.includes('停机'))).toHaveLength(1);
  });
});
