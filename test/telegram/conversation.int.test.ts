import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.js';
import { FORUM, found, GROUP, NOTICES, noticesUnder, READER, refusal, stage, TOKEN, USERNAME } from './kit.js';

describe('in private', () => {
  it('/start says what it does, /help how to ask, an unknown command where to look', async () => {
    const { api } = await stage();
    api.userSays(READER, '/start');
    expect((await api.nextMessage(READER)).text).toContain('通知公告');
    api.userSays(READER, '/help');
    expect((await api.nextMessage(READER)).text).toContain(`@${USERNAME}`);
    api.userSays(READER, '/nonsense');
    expect((await api.nextMessage(READER)).text).toContain('没有这个命令');
  });

  it('a question gets the fact, the linked title with its date and the quote, as a reply, with buttons', async () => {
    const { api } = await stage();
    const id = api.userSays(READER, '公示到哪天？');
    const message = await api.nextMessage(READER);
    expect(message.text).toBe(
      '答：公示到哪天？\n\n《在线精品课程评审结果的公示》 2024年3月1日\n公示时间：2024年3月11日至2024年3月15日。联系电话：83215136。',
    );
    expect(message.entities.map(({ type }) => type)).toEqual(['bold', 'text_link', 'blockquote']);
    expect(message.reply_to_message_id).toBe(id);
    expect(noticesUnder(message.reply_markup)).toEqual(['n:2', 'n:3']);
    const sent = api.calls.find(({ method }) => method === 'sendMessage');
    expect(sent?.payload).toMatchObject({ link_preview_options: { is_disabled: true } });
  });

  it('a refusal offers the nearest notices as a numbered list and as buttons', async () => {
    const { api } = await stage({ askParts: { ask: () => Promise.resolve(refusal()) } });
    api.userSays(READER, '明天下雨吗');
    const message = await api.nextMessage(READER);
    expect(message.text).toMatch(/^现有通知里没有找到/);
    expect(message.text).toContain('2. 创优赋能建设项目专家评议结果的公示（2024年3月2日）');
    expect(noticesUnder(message.reply_markup)).toHaveLength(3);
  });

  it('markup in a question or a notice is shown as it stands', async () => {
    const { api } = await stage();
    api.userSays(READER, '<b>公示</b> &amp; <a href="x">到</a>?');
    expect((await api.nextMessage(READER)).text).toContain('答：<b>公示</b> &amp; <a href="x">到</a>?');
  });

  it('an answer over the limit comes in parts, the buttons under the last', async () => {
    const [first] = NOTICES;
    if (first === undefined) throw new Error('the cast is empty');
    const long = found('答', '一句话说完。'.repeat(1000), first);
    const { api } = await stage({ askParts: { ask: () => Promise.resolve<Answer>(long) } });
    const id = api.userSays(READER, '问');
    await api.waitFor(2);
    const [one, two] = api.sent(READER);
    expect(one?.text.endsWith('。')).toBe(true);
    expect(noticesUnder(one?.reply_markup)).toHaveLength(0);
    expect(noticesUnder(two?.reply_markup)).toHaveLength(2);
    expect(two?.reply_to_message_id).toBe(id);
  });

  it('what is no text gets one friendly line, an album one altogether; edits and service messages none', async () => {
    const { api } = await stage();
    const inPrivate = (content: object) => ({
      message_id: 900,
      date: 0,
      chat: { id: READER, type: 'private' },
      from: { id: READER, is_bot: false, first_name: '甲' },
      ...content,
    });
    const photo = [{ file_id: 'p', file_unique_id: 'p', width: 1, height: 1 }];
    api.queueUpdate({ edited_message: inPrivate({ text: '改' }) });
    api.queueUpdate({ message: inPrivate({ pinned_message: inPrivate({ text: '顶' }) }) });
    for (let i = 0; i < 3; i += 1) api.queueUpdate({ message: inPrivate({ photo, media_group_id: 'album' }) });
    api.queueUpdate({ message: inPrivate({ sticker: { file_id: 's', file_unique_id: 's', type: 'regular' } }) });
    api.userSays(READER, '/help');
    await api.waitFor(3);
    expect(api.sent(READER).map(({ text }) => text.slice(0, 7))).toEqual([
      '我只能看懂文字',
      '我只能看懂文字',
      '怎么问\n\n直接发'.slice(0, 7),
    ]);
  });

  it('questions of one chat are answered in order, another chat does not wait for them', async () => {
    const { api } = await stage({
      askParts: {
        ask: async (question) => {
          if (question === '慢') await sleep(300);
          return found(question, question, first());
        },
      },
    });
    api.userSays(READER, '慢');
    api.userSays(READER, '快');
    api.userSays(READER + 1, '别人');
    await api.waitFor(3);
    expect(api.sent().map(({ text }) => text.split('\n')[0])).toEqual(['别人', '慢', '快']);
  });
});

describe('in a group', () => {
  it('nothing is said unless the bot is addressed', async () => {
    const { api, ask } = await stage();
    api.userSays(GROUP, '大家好，公示到哪天？', { chatType: 'group' });
    api.userSays(GROUP, '/nonsense');
    api.queueUpdate({
      message: {
        message_id: 9,
        date: 0,
        chat: { id: GROUP, type: 'group' },
        from: { id: 5 },
        sticker: { file_id: 's' },
      },
    });
    api.userSays(GROUP, `@${USERNAME} 公示到哪天？`);
    const answer = await api.nextMessage(GROUP);
    api.userSays(GROUP, '电话呢', { replyTo: answer });
    await api.nextMessage(GROUP);
    api.userSays(GROUP, '/ask@bulletin_bot 地址呢');
    await api.nextMessage(GROUP);
    expect(ask.asked).toEqual(['公示到哪天？', '电话呢', '地址呢']);
    expect(api.sent(GROUP)).toHaveLength(3);
  });

  it('an answer stays in the topic of a forum', async () => {
    const { api } = await stage();
    api.userSays(FORUM, '/ask 公示', { message_thread_id: 44 });
    expect((await api.nextMessage(FORUM)).message_thread_id).toBe(44);
  });
});

describe('a number alone', () => {
  it('is no question: the numbers of lists stand on buttons', async () => {
    const { api, ask } = await stage();
    for (const text of ['2', '１２', '3.']) {
      api.userSays(READER, text);
      expect((await api.nextMessage(READER)).text).toContain('数字按钮');
    }
    api.userSays(READER, '110');
    await api.waitFor(() => ask.asked.length === 1);
  });
});

describe('a pressed button', () => {
  it('answers the question asked before from that notice, as a reply to the question', async () => {
    const { api, ask } = await stage();
    const id = api.userSays(GROUP, `@${USERNAME} 公示到哪天？`, { chatType: 'group' });
    const answer = await api.nextMessage(GROUP);
    api.userPresses(answer, 'n:2');
    const second = await api.nextMessage(GROUP);
    expect(ask.asked).toEqual(['公示到哪天？', '公示到哪天？@2']);
    expect(second.text).toContain('《创优赋能建设项目专家评议结果的公示》');
    expect(second.reply_to_message_id).toBe(id);
    expect(noticesUnder(second.reply_markup)).toEqual(['n:1', 'n:3']);
    await api.waitFor(() =>
      api.calls.some(({ method, outcome }) => method === 'answerCallbackQuery' && outcome === 'ok'),
    );
  });

  it('shows the opening of the notice when the question is gone', async () => {
    const { api, ask } = await stage();
    pressUnderLostMessage('n:3');
    const { text } = await api.nextMessage(READER);
    expect(text).toMatch(/^这份通知的开头是：\n\n《关于县域督导评估的公告》 2024年3月3日\n评估时间/);
    expect(text.endsWith('。')).toBe(true);
    expect(text.length).toBeLessThan(360);
    expect(ask.asked).toEqual([]);

    function pressUnderLostMessage(data: string): void {
      const message = { chat: { id: READER, type: 'private' }, message_id: 12, date: 0 };
      api.queueUpdate({ callback_query: { id: 'q1', from: { id: READER }, message, chat_instance: '1', data } });
    }
  });

  it('says so when that notice does not answer the question', async () => {
    const { api } = await stage({ askParts: { askNotice: () => Promise.resolve(refusal()) } });
    api.userSays(READER, '问');
    api.userPresses(await api.nextMessage(READER), 'n:2');
    expect((await api.nextMessage(READER)).text).toMatch(/^这份通知里没有找到/);
  });

  it.each(['n:999', 'n:-1', 'settings:1', '<b>'])(
    'with forged data %j is told so and nothing else happens',
    async (data) => {
      const { api, ask } = await stage();
      api.userSays(READER, '问');
      api.userPresses(await api.nextMessage(READER), data);
      const call = await api.waitFor(() => api.calls.find(({ method }) => method === 'answerCallbackQuery'));
      expect(call.payload['text']).toMatch(/请重新提问/);
      await sleep(30);
      expect(ask.asked).toEqual(['问']);
      expect(api.sent(READER)).toHaveLength(1);
    },
  );

  it('is answered even when Telegram no longer takes the acknowledgement', async () => {
    const { api, log } = await stage();
    api.userSays(READER, '问');
    api.failNext('answerCallbackQuery', { error_code: 400, description: 'Bad Request: query is too old' });
    api.userPresses(await api.nextMessage(READER), 'n:2');
    expect((await api.nextMessage(READER)).text).toContain('就这份：问');
    expect(log.lines().filter(({ level }) => level >= 50)).toEqual([]);
  });
});

describe('when answering fails', () => {
  it('the reader gets a sentence with a code, the log the same code with the cause, and the next question is answered', async () => {
    let failing = true;
    const { api, log } = await stage({
      askParts: {
        ask: () => {
          if (!failing) return Promise.resolve(refusal());
          failing = false;
          return Promise.reject(new Error(`index is broken near ${TOKEN}`));
        },
      },
    });
    api.userSays(READER, '问');
    const { text } = await api.nextMessage(READER);
    const code = /E-[0-9A-F]{4}/.exec(text)?.[0];
    const line = log.lines().find((entry) => entry['code'] === code);
    expect(line).toMatchObject({ level: 50, err: { message: 'index is broken near [redacted]' } });
    expect(text).not.toContain('index');
    expect(log.text()).not.toContain(TOKEN);
    api.userSays(READER, '再问');
    expect((await api.nextMessage(READER)).text).toMatch(/^现有通知里没有找到/);
  });

  it('a reader who blocked the bot is no error', async () => {
    const { api, log } = await stage();
    api.block(READER);
    api.userSays(READER, '问');
    const line = await api.waitFor(() => log.lines().find((entry) => entry.msg.includes('不接收')));
    expect(line.level).toBe(30);
    expect(log.lines().filter(({ level }) => level > 30)).toEqual([]);
  });
});

function first() {
  const [notice] = NOTICES;
  if (notice === undefined) throw new Error('the cast is empty');
  return notice;
}
