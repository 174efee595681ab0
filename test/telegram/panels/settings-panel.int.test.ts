import { describe, expect, it } from 'vitest';
import type { SentMessage } from '../../support/fake-bot-api.js';
import { BEFORE, buttonsOf, dataUnder, FORUM, GROUP, READER, stage, type Stage } from '../kit.js';

const now = (): Date => BEFORE;
const PRIVATE = { chatId: READER, threadId: null };

/** Subscribes the reader and returns the panel. */
async function subscribed(options: Parameters<typeof stage>[0] = {}): Promise<Stage & { panel: SentMessage }> {
  const on = await stage({ now, ...options });
  on.api.userSays(READER, '/subscribe');
  await on.api.nextMessage(READER);
  return { ...on, panel: await on.api.nextMessage(READER) };
}

/** Presses a button of the panel by its text and waits until the panel has changed. */
async function press({ api }: Stage, panel: SentMessage, text: string): Promise<void> {
  const { edits } = panel;
  api.userPresses(panel, dataUnder(panel.reply_markup, text));
  await api.waitFor(() => panel.edits > edits);
}

const lastAck = ({ api }: Stage): string | undefined =>
  api.calls.filter(({ method }) => method === 'answerCallbackQuery').at(-1)?.payload['text'] as string | undefined;

describe('/subscribe', () => {
  it('subscribes from the next morning on and shows the settings', async () => {
    const { state, panel, api } = await subscribed();
    expect(api.sent(READER)[0]?.text).toContain('每天 08:00');
    expect(panel.text).toContain('栏目：全部');
    expect(await state.subscriptions.get(PRIVATE)).toMatchObject({ cursor: 3, nextAt: '2024-03-07T00:00:00.000Z' });
    expect(await state.chats.counts()).toEqual({ active: 1, inactive: 0 });
  });

  it('with words behind it says that they were not used', async () => {
    const { api } = await stage({ now });
    api.userSays(READER, '/subscribe 招聘');
    expect((await api.nextMessage(READER)).text).toContain('命令后面的字没有用到');
  });

  it('said twice changes nothing', async () => {
    const { api } = await subscribed();
    api.userSays(READER, '/subscribe');
    expect((await api.nextMessage(READER)).text).toContain('已经订阅');
  });

  it('/unsubscribe ends it, and says so when there was none', async () => {
    const { api, state } = await subscribed();
    api.userSays(READER, '/unsubscribe');
    expect((await api.nextMessage(READER)).text).toContain('已退订');
    expect(await state.subscriptions.get(PRIVATE)).toBeNull();
    api.userSays(READER, '/unsubscribe');
    expect((await api.nextMessage(READER)).text).toContain('还没有订阅');
    api.userSays(READER, '/settings');
    expect((await api.nextMessage(READER)).text).toContain('还没有订阅');
  });
});

describe('the settings panel', () => {
  it('sets hour and minute, in place', async () => {
    const on = await subscribed();
    const { panel, api, state } = on;
    const messages = api.sent(READER).length;
    await press(on, panel, '时间');
    expect(panel.text).toContain('请选几点');
    await press(on, panel, '18');
    expect(panel.text).toContain('请选几分');
    await press(on, panel, '35');
    expect(panel.text).toContain('每天 18:35');
    expect(api.sent(READER)).toHaveLength(messages);
    expect(await state.subscriptions.get(PRIVATE)).toMatchObject({
      settings: { time: '18:35' },
      nextAt: '2024-03-06T10:35:00.000Z',
    });
  });

  it('sets workdays, and a weekday', async () => {
    const on = await subscribed();
    await press(on, on.panel, '哪些天');
    await press(on, on.panel, '工作日');
    expect(on.panel.text).toContain('工作日 08:00');
    await press(on, on.panel, '哪些天');
    await press(on, on.panel, '周五');
    expect(on.panel.text).toContain('每周五 08:00');
    expect(await on.state.subscriptions.get(PRIVATE)).toMatchObject({ nextAt: '2024-03-08T00:00:00.000Z' });
  });

  it('offers the columns there are, to choose and to let go of', async () => {
    const on = await subscribed();
    await press(on, on.panel, '栏目');
    expect(buttonsOf(on.panel.reply_markup).map(({ text }) => text)).toEqual(['公示公告', '区县动态', '« 返回']);
    await press(on, on.panel, '公示公告');
    expect(on.panel.text).toContain('栏目：公示公告');
    await press(on, on.panel, '✓ 公示公告');
    expect(on.panel.text).toContain('栏目：全部');
  });

  it('switches quiet, deadlines and immediate, and closes', async () => {
    const on = await subscribed();
    await press(on, on.panel, '改为没有新内容也发');
    expect(on.panel.text).toContain('没有新内容时：也发一条');
    await press(on, on.panel, '截止天数');
    await press(on, on.panel, '14 天');
    expect(on.panel.text).toContain('14 天内');
    await press(on, on.panel, '改为立即发送');
    expect(on.panel.text).toContain('立即发送');
    expect(on.panel.text).not.toContain('08:00');
    await press(on, on.panel, '完成');
    expect(buttonsOf(on.panel.reply_markup)).toEqual([]);
    expect(await on.state.subscriptions.get(PRIVATE)).toMatchObject({
      nextAt: null,
      settings: { mode: 'immediate', quietWhenEmpty: false, deadlineDays: 14 },
    });
  });

  it('takes a button pressed twice, which Telegram calls not modified', async () => {
    const on = await subscribed();
    const data = dataUnder(on.panel.reply_markup, '哪些天');
    on.api.userPresses(on.panel, data);
    on.api.userPresses(on.panel, data);
    await on.api.waitFor(() => on.api.calls.filter(({ method }) => method === 'editMessageText').length === 2);
    expect(on.api.calls.some(({ error }) => error?.description.includes('not modified'))).toBe(true);
    on.api.userSays(READER, '/help');
    await on.api.nextMessage(READER);
    expect(on.log.lines().filter(({ level }) => level >= 40)).toEqual([]);
  });

  it('of someone who unsubscribed meanwhile says so and changes nothing', async () => {
    const on = await subscribed();
    await on.services.subscriptions.unsubscribe(PRIVATE);
    on.api.userPresses(on.panel, dataUnder(on.panel.reply_markup, '没有新内容'));
    await on.api.waitFor(() => lastAck(on)?.includes('还没有订阅'));
    expect(await on.state.subscriptions.get(PRIVATE)).toBeNull();
    expect(on.panel.edits).toBe(0);
  });

  it.each(['sh:24', 'sw:9', 'sz:1', 'sc:12', 'sl:5', 'so:7', 'sh:1:2'])('takes %s for a forgery', async (data) => {
    const on = await subscribed();
    const before = await on.state.subscriptions.get(PRIVATE);
    on.api.userPresses(on.panel, data);
    await on.api.waitFor(() => lastAck(on)?.includes('失效'));
    expect(await on.state.subscriptions.get(PRIVATE)).toEqual(before);
  });

  it('has no effect on columns that it does not know', async () => {
    const on = await subscribed();
    on.api.userPresses(on.panel, 'sc:123456:0');
    await on.api.waitFor(() => on.panel.edits > 0);
    expect((await on.state.subscriptions.get(PRIVATE))?.settings.columns).toEqual([]);
  });
});

describe('words', () => {
  it('are asked for and taken from the reply, in place of those there were', async () => {
    const on = await subscribed();
    const { api, panel } = on;
    api.userPresses(panel, dataUnder(panel.reply_markup, '只看的词'));
    const prompt = await api.nextMessage(READER);
    expect(prompt.reply_markup).toMatchObject({ force_reply: true, selective: false });
    api.userSays(READER, '公示、<b>招聘</b>', { replyTo: prompt });
    expect((await api.nextMessage(READER)).text).toBe('已改为：公示、<b>招聘</b>');
    expect((await api.nextMessage(READER)).text).toContain('只推送含有以下任一词的通知：公示、<b>招聘</b>');
    api.userSays(READER, '无', { replyTo: prompt });
    expect((await api.nextMessage(READER)).text).toBe('已清空。');
    expect((await on.state.subscriptions.get(PRIVATE))?.settings.include).toEqual([]);
    expect(on.ask.asked).toEqual([]);
  });

  it('too many or too long are refused in a sentence, and what was there stays', async () => {
    const on = await subscribed();
    const { api, panel } = on;
    api.userPresses(panel, dataUnder(panel.reply_markup, '不看的词'));
    const prompt = await api.nextMessage(READER);
    api.userSays(READER, '词 '.repeat(3) + Array.from({ length: 30 }, (_, i) => `词${i}`).join(' '), {
      replyTo: prompt,
    });
    expect((await api.nextMessage(READER)).text).toContain('最多 20 个');
    api.userSays(READER, '长'.repeat(31), { replyTo: prompt });
    expect((await api.nextMessage(READER)).text).toContain('最多 30 个字');
    expect((await on.state.subscriptions.get(PRIVATE))?.settings.exclude).toEqual([]);
  });

  it('are not lost to a slip: signs alone are refused, with the way to clear them on purpose', async () => {
    const on = await subscribed();
    const { api, panel } = on;
    api.userPresses(panel, dataUnder(panel.reply_markup, '只看的词'));
    const prompt = await api.nextMessage(READER);
    api.userSays(READER, '公示', { replyTo: prompt });
    await api.nextMessage(READER);
    const again = await api.nextMessage(READER);
    let asked = prompt;
    for (const slip of ['，', '。。。', '- * /', '【】']) {
      // Also in reply to the refusal itself, which asks again.
      api.userSays(READER, slip, { replyTo: asked });
      asked = await api.nextMessage(READER);
      expect(asked.reply_markup).toMatchObject({ force_reply: true });
      expect(asked.text).toMatch(/^没有看到词，没有改动。[^]*“清空”/);
    }
    expect((await on.state.subscriptions.get(PRIVATE))?.settings.include).toEqual(['公示']);
    api.userPresses(again, dataUnder(again.reply_markup, '只看的词'));
    expect((await api.nextMessage(READER)).text).toContain('回复“清空”，就一个词也不留');
    api.userSays(READER, '清空', { replyTo: prompt });
    await api.nextMessage(READER);
    expect((await on.state.subscriptions.get(PRIVATE))?.settings.include).toEqual([]);
  });

  it('to a prompt that someone else wrote are a question', async () => {
    const on = await subscribed();
    on.api.queueUpdate({
      message: {
        message_id: 500,
        date: 1,
        chat: { id: READER, type: 'private' },
        from: { id: READER, is_bot: false, first_name: '甲' },
        text: '公示',
        reply_to_message: {
          message_id: 400,
          date: 1,
          chat: { id: READER, type: 'private' },
          from: { id: READER, is_bot: false, first_name: '甲' },
          text: '只推送含有以下任一词的通知。请回复这条消息，写出这些词。',
        },
      },
    });
    await on.api.waitFor(() => on.ask.asked.includes('公示'));
  });
});

describe('in a group', () => {
  const ADMIN = 5001;
  const MEMBER = 5002;

  it('only an administrator subscribes', async () => {
    const { api, state } = await stage({ now });
    api.setMemberStatus(GROUP, ADMIN, 'administrator');
    api.userSays(GROUP, '/subscribe', { fromId: MEMBER, chatType: 'group' });
    expect((await api.nextMessage(GROUP)).text).toContain('只有群管理员');
    expect(await state.subscriptions.ofChat(GROUP)).toEqual([]);
    api.userSays(GROUP, '/subscribe@bulletin_bot', { fromId: ADMIN });
    expect((await api.nextMessage(GROUP)).text).toContain('已订阅');
    expect(await state.subscriptions.ofChat(GROUP)).toHaveLength(1);
  });

  it('the prompt for words opens its box for the administrator who asked for the panel', async () => {
    const { api } = await stage({ now });
    api.setMemberStatus(GROUP, ADMIN, 'administrator');
    const asked = api.userSays(GROUP, '/subscribe', { chatType: 'group', fromId: ADMIN });
    await api.nextMessage(GROUP);
    const panel = await api.nextMessage(GROUP);
    api.userPresses(panel, dataUnder(panel.reply_markup, '只看的词'), ADMIN);
    const prompt = await api.nextMessage(GROUP);
    expect(prompt.reply_to_message_id).toBe(asked);
    expect(prompt.reply_markup).toMatchObject({ force_reply: true, selective: true });
  });

  it('a member who presses a button is told, and nothing changes', async () => {
    const on = await stage({ now });
    const { api, state } = on;
    api.setMemberStatus(GROUP, ADMIN, 'creator');
    api.userSays(GROUP, '/subscribe', { fromId: ADMIN, chatType: 'group' });
    await api.nextMessage(GROUP);
    const panel = await api.nextMessage(GROUP);
    const data = dataUnder(panel.reply_markup, '没有新内容');
    api.userPresses(panel, data, MEMBER);
    await api.waitFor(() => lastAck(on)?.includes('只有群管理员'));
    expect((await state.subscriptions.ofChat(GROUP))[0]?.settings.quietWhenEmpty).toBe(true);
    api.userPresses(panel, data, ADMIN);
    await api.waitFor(() => panel.edits === 1);
    expect((await state.subscriptions.ofChat(GROUP))[0]?.settings.quietWhenEmpty).toBe(false);
  });

  it('an anonymous administrator may, a channel that writes there may not', async () => {
    const { api, state } = await stage({ now });
    const say = (message_id: number, senderId: number) =>
      api.queueUpdate({
        message: {
          message_id,
          date: 1,
          chat: { id: FORUM, type: 'supergroup', title: '群' },
          from: { id: 1087968824, is_bot: true, first_name: 'Group' },
          sender_chat: { id: senderId, type: senderId === FORUM ? 'supergroup' : 'channel', title: 'x' },
          text: '/subscribe',
          entities: [{ type: 'bot_command', offset: 0, length: 10 }],
        },
      });
    say(1, -1_000_000_009_999);
    expect((await api.nextMessage(FORUM)).text).toContain('只有群管理员');
    say(2, FORUM);
    expect((await api.nextMessage(FORUM)).text).toContain('已订阅');
    expect(await state.subscriptions.ofChat(FORUM)).toHaveLength(1);
  });

  it('when Telegram does not say who administers it, nothing is done', async () => {
    const { api, state } = await stage({ now });
    api.failNext('getChatMember', { error_code: 400, description: 'Bad Request: CHAT_ADMIN_REQUIRED' });
    api.userSays(GROUP, '/subscribe', { fromId: ADMIN, chatType: 'group' });
    expect((await api.nextMessage(GROUP)).text).toContain('暂时无法确认');
    expect(await state.subscriptions.ofChat(GROUP)).toEqual([]);
  });

  it('each topic of a forum has a subscription of its own', async () => {
    const { api, state } = await stage({ now });
    api.setMemberStatus(FORUM, ADMIN, 'administrator');
    api.userSays(FORUM, '/subscribe', { fromId: ADMIN, message_thread_id: 44 });
    expect((await api.nextMessage(FORUM)).message_thread_id).toBe(44);
    const panel = await api.nextMessage(FORUM);
    expect(panel.message_thread_id).toBe(44);
    api.userPresses(panel, dataUnder(panel.reply_markup, '改为立即发送'), ADMIN);
    await api.waitFor(() => panel.edits === 1);
    expect(await state.subscriptions.ofChat(FORUM)).toMatchObject([{ threadId: 44, settings: { mode: 'immediate' } }]);
    api.userSays(FORUM, '/settings', { fromId: ADMIN });
    expect((await api.nextMessage(FORUM)).text).toContain('还没有订阅');
  });
});
