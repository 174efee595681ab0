import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayInShanghai } from '../../src/domain/dates.js';
import { indexedWorkplace, isBuilt, type BotProcess, type Workplace } from '../support/bot-process.js';
import { FakeBotApi, type SentMessage } from '../support/fake-bot-api.js';
import { buttonsOf, dataUnder, noticesUnder } from '../telegram/kit.js';

const TOKEN = '5839574812:AAHrealisticLookingTokenForTests_12345';
const USERNAME = 'bulletin_test_bot';
const READER = 1001;
const GROUP = -2001;
const FORUM = -1_000_000_003_003;
const ADMIN_OF_GROUP = 5001;
const START_MS = 60_000;
/** Far enough ahead that the test may run over midnight. */
const DEADLINE = addDays(dayInShanghai(new Date()), 9);
const QUESTION = '青少年夏令营的报名截止到哪天？';

/** The readers' commands as their readers use them: a process over HTTP, its clock the real one. */
describe.skipIf(!isBuilt)('the reader’s commands of the bot process (needs dist/main.js)', () => {
  let place: Workplace;
  let api: FakeBotApi;
  let bot: BotProcess;

  async function start(): Promise<void> {
    const polls = (): number => api.calls.filter(({ method }) => method === 'getUpdates').length;
    const before = polls();
    bot = place.run(['serve'], { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root });
    await api.waitFor(() => {
      if (!bot.isRunning) throw new Error(`the bot ended:\n${bot.output}`);
      return polls() > before;
    }, START_MS);
  }

  beforeAll(async () => {
    place = await indexedWorkplace();
    const [year, month, day] = DEADLINE.split('-').map(Number);
    const notice = {
      id: 'camp',
      title: '关于青少年夏令营报名的通知',
      date: addDays(DEADLINE, -12),
      column: '公示公告',
      body: `青少年夏令营现在开始报名。报名截止时间：${year}年${month}月${day}日。联系电话：83215136。${'营地有山有水。'.repeat(900)}`,
    };
    const file = join(dirname(place.dataDir), 'camp.jsonl');
    await writeFile(file, `${JSON.stringify(notice)}\n`);
    const index = place.run(['index', file]);
    expect((await index.exit).code, index.output).toBe(0);
    api = await FakeBotApi.start({ token: TOKEN, username: USERNAME });
    api.setMemberStatus(GROUP, ADMIN_OF_GROUP, 'administrator');
    api.setMemberStatus(FORUM, ADMIN_OF_GROUP, 'administrator');
    await start();
  }, START_MS * 2);
  afterAll(async () => {
    expect((await bot.terminate()).code, bot.output).toBe(0);
    expect(bot.errors).toEqual([]);
    await api.stop();
    await place.remove();
  });

  const say = (text: string, chatId = READER, options = {}): Promise<SentMessage> => {
    api.userSays(chatId, text, options);
    return api.nextMessage(chatId);
  };
  const press = async (message: SentMessage, label: string): Promise<void> => {
    const { edits } = message;
    api.userPresses(message, dataUnder(message.reply_markup, label));
    await api.waitFor(() => message.edits > edits);
  };

  it('stand in the menus of each scope and language', async () => {
    await api.waitFor(() => api.calls.filter(({ method }) => method === 'setMyCommands').length >= 6);
  });

  it(
    'answer and remind: the reminder is set, listed after a restart, and deleted',
    async () => {
      const answer = await say(QUESTION);
      expect(answer.text).toContain('报名截止时间');
      api.userPresses(answer, dataUnder(answer.reply_markup, '提醒我'));
      const panel = await api.nextMessage(READER);
      await press(panel, '提前 3 天');
      await press(panel, '确定');
      expect(panel.text).toContain('提前 1 天、当天早上');
      expect((await bot.terminate()).code).toBe(0);
      await start();
      const list = await say('/reminders');
      expect(list.text).toContain('关于青少年夏令营报名的通知');
      await press(list, '删除第 1 条');
      expect(list.text).toMatch(/^没有设置提醒/);
      api.userPresses(answer, dataUnder(answer.reply_markup, '加入日历'));
      const { document } = await api.nextMessage(READER);
      expect(document?.content.toString()).toContain(DEADLINE.replaceAll('-', ''));
      api.userPresses(answer, dataUnder(answer.reply_markup, '全文'));
      const full = await api.nextMessage(READER);
      await press(full, '▶');
      expect(full.text).toContain('第 2/2 页');
      await press(answer, '👍');
      expect(buttonsOf(answer.reply_markup).map(({ text }) => text)).not.toContain('👍');
    },
    START_MS * 2,
  );

  it('list what there is', async () => {
    expect((await say('/latest 公示公告')).text).toMatch(/^公示公告：最新的 \d+ 份通知/);
    const due = await say('/deadlines');
    expect(due.text).toMatch(/^1\. 报名截止：.*\n\s+关于青少年夏令营报名的通知$/m);
    expect(noticesUnder(due.reply_markup)).toHaveLength(1);
    expect((await say('/digest')).text).toContain('夏令营');
    expect((await say('/privacy')).text).toContain('90 天');
    expect((await say('/help')).text).toContain('/unsubscribe');
  });

  it('subscribe, set and forget a reader', async () => {
    expect((await say('/subscribe')).text).toContain('已订阅');
    const panel = await api.nextMessage(READER);
    await press(panel, '时间');
    await press(panel, '21');
    await press(panel, '15');
    expect(panel.text).toContain('每天 21:15');
    expect((await say('/unsubscribe')).text).toContain('已退订');
    expect((await say('/settings')).text).toContain('还没有订阅');
    const question = await say('/forgetme');
    await press(question, '全部删除');
    expect(question.text).toMatch(/提问记录 [1-9]/);
  });

  it('obey only administrators in groups, and keep to the topic', async () => {
    const refused = await say('/subscribe', GROUP, { fromId: 5002, chatType: 'group' });
    expect(refused.text).toContain('只有群管理员');
    expect((await say('/subscribe', GROUP, { fromId: ADMIN_OF_GROUP })).text).toContain('已订阅');
    const inTopic = await say('/subscribe', FORUM, { fromId: ADMIN_OF_GROUP, message_thread_id: 44 });
    expect(inTopic.message_thread_id).toBe(44);
  });

  it('answer inline', async () => {
    const from = { id: READER, is_bot: false, first_name: '甲' };
    api.queueUpdate({ inline_query: { id: 'q1', from, query: QUESTION, offset: '' } });
    const call = await api.waitFor(() => api.calls.find(({ method }) => method === 'answerInlineQuery'));
    expect(JSON.stringify(call.payload['results'])).toContain('报名截止时间');
  });
});
