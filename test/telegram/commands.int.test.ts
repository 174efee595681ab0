import { describe, expect, it } from 'vitest';
import { adminCommandTexts } from '../../src/messages/admin.js';
import { commandTexts } from '../../src/messages/commands.js';
import { notifyMessages } from '../../src/messages/notify.js';
import { READER_COMMANDS } from '../../src/telegram/commands/reader-commands.js';
import { parseCommand } from '../../src/telegram/middleware/addressing.js';
import { BEFORE, buttonsOf, dataUnder, found, GROUP, NOTICES, noticesUnder, READER, stage, USERNAME } from './kit.js';

const now = (): Date => BEFORE;
const PRIVATE = { chatId: READER, threadId: null };

/** The bot at that time, and what it says to each message in turn. */
async function talking(at = BEFORE, options: Parameters<typeof stage>[0] = {}) {
  const on = await stage({ now: () => at, ...options });
  const say = (text: string, chatId = READER) => {
    on.api.userSays(chatId, text);
    return on.api.nextMessage(chatId);
  };
  return { ...on, say };
}

describe('the menus', () => {
  it('are registered for each scope, in Chinese and to English readers in English; admins see theirs', async () => {
    const admin = {
      ids: new Set([READER]),
      menu: adminCommandTexts,
      createHandler: () => (_: unknown, next: () => Promise<void>) => next(),
    };
    const { api } = await stage({ admin });
    const calls = await api.waitFor(() => {
      const menus = api.calls.filter(({ method }) => method === 'setMyCommands');
      return menus.length === 8 && menus;
    });
    const menu = (scope: string, language?: string) => {
      const call = calls.find(
        ({ payload }) => (payload['scope'] as { type: string }).type === scope && payload['language_code'] === language,
      );
      return call?.payload['commands'] as { command: string; description: string }[];
    };
    const names = (scope: string): string[] => menu(scope).map(({ command }) => command);
    expect(names('all_private_chats')).toEqual(Object.keys(commandTexts));
    expect(names('default')).toEqual(Object.keys(commandTexts));
    expect(names('all_group_chats')).not.toContain('forgetme');
    expect(names('chat')).toEqual([...Object.keys(adminCommandTexts), ...Object.keys(commandTexts)]);
    expect(menu('all_private_chats').find(({ command }) => command === 'latest')?.description).toMatch(/最新通知/);
    for (const { description } of menu('all_group_chats', 'en')) expect(description).toMatch(/^[\x20-\x7e]+$/);
  });

  it('name no command that does not exist', () => {
    const runnable = ['ask', ...READER_COMMANDS.map(({ name }) => name)].sort();
    expect(Object.keys(commandTexts).sort()).toEqual(runnable);
  });
});

describe('a command', () => {
  const me = { username: USERNAME };
  it.each([
    ['/latest', 'latest', ''],
    ['/Latest  公示公告 ', 'latest', '公示公告'],
    [`/latest@${USERNAME} 今天`, 'latest', '今天'],
    ['/latest公示公告', 'latest', '公示公告'],
    ['/latest\n今天', 'latest', '今天'],
  ])('%j is understood', (text, name, argument) => {
    expect(parseCommand({ text }, me)).toEqual({ name, argument });
  });

  it.each(['latest', ' /latest', '/latest@other_bot', '/latest2', '/', `/${'x'.repeat(40)}`, '/latest@'])(
    '%j is none of ours',
    (text) => {
      expect(parseCommand({ text }, me)).toBeNull();
    },
  );

  it('of another bot is none', () => {
    expect(parseCommand({ text: '/latest', from: { id: 1, is_bot: true, first_name: 'b' } }, me)).toBeNull();
  });
});

describe('/latest', () => {
  it('lists the newest with their buttons, which open them', async () => {
    const { api, say, ask } = await talking();
    const list = await say('/latest');
    expect(list.text).toBe(
      [
        '最新的 3 份通知：\n',
        '1. 关于县域督导评估的公告（3月3日）',
        '2. 创优赋能建设项目专家评议结果的公示（3月2日）',
        '3. 在线精品课程评审结果的公示（3月1日）',
      ].join('\n'),
    );
    expect(noticesUnder(list.reply_markup)).toEqual(['n:3', 'n:2', 'n:1']);
    api.userPresses(list, 'n:1');
    expect((await api.nextMessage(READER)).text).toMatch(/^这份通知的开头是：/);
    expect(ask.asked).toEqual([]);
  });

  it('of a column, by its name or an unmistakable part of it', async () => {
    const { say } = await talking();
    expect((await say('/latest 公示公告')).text).toMatch(/^公示公告：最新的 2 份通知/);
    expect((await say('/latest 动态')).text).toMatch(/^区县动态：最新的 1 份通知/);
  });

  it('of a day, of some days, of a day without a year', async () => {
    const { say } = await talking();
    expect((await say('/latest 2024-03-02')).text).toMatch(/^3月2日（周六）的通知（1 份）：\n\n1\. 创优/);
    expect((await say('/latest 3月1日')).text).toMatch(/^3月1日（周五）的通知（1 份）/);
    expect((await say('/latest 本月')).text).toMatch(/^3月1日（周五）至3月6日（周三）的通知（3 份）/);
    expect((await say('/latest 今天')).text).toBe('3月6日（周三）没有收录的通知。');
  });

  it('lists as many as there are buttons for, and tells how to get at the rest', async () => {
    const [first] = NOTICES;
    if (first === undefined) throw new Error('the cast is empty');
    const many = Array.from({ length: 40 }, (_, i) => ({
      ...first,
      key: i + 1,
      notice: { ...first.notice, id: `n${i}`, title: `第${i}份通知`, publishedOn: `2024-03-0${1 + (i % 5)}` },
    }));
    const keyOf = (id: string): number => Number(id.slice(1)) + 1;
    const { say } = await talking(BEFORE, { notices: many, askParts: { keyOf } });
    const numbersOf = (text: string) => [...text.matchAll(/^(\d+)\. /gm)].map(([, n]) => n);
    for (const [command, count, rest] of [
      ['/latest', 10, '更早的 30 份没有列出，可按日期查看，例如：/latest 3月4日'],
      ['/latest 公示公告', 10, '更早的 30 份没有列出'],
      ['/latest 3月', 30, '更早的 10 份没有列出，可按日期查看，例如：/latest 3月2日'],
      ['/latest 3月5日', 8, '3月5日（周二）的通知（8 份）'],
    ] as const) {
      const { text, reply_markup } = await say(command);
      expect(numbersOf(text)).toHaveLength(count);
      expect(buttonsOf(reply_markup).map((button) => button.text)).toEqual(numbersOf(text));
      expect(text).toContain(rest);
    }
  });

  it('of what it cannot read says what can be written', async () => {
    const { say } = await talking();
    const { text } = await say('/latest 明年的<b>');
    expect(text).toContain('没有看懂');
    expect(text).toContain('公示公告、区县动态');
  });

  it('says so when nothing is stored', async () => {
    const { say } = await talking(BEFORE, { notices: [] });
    expect((await say('/latest')).text).toBe('还没有收录任何通知。');
  });
});

describe('/deadlines', () => {
  it('lists what is due, soonest first, without what is past', async () => {
    const { say } = await talking(new Date('2024-03-12T20:00:00Z'));
    const { text, reply_markup } = await say('/deadlines');
    expect(text).toContain('3月15日');
    expect(text).not.toContain('3月12日');
    expect(text.indexOf('在线精品')).toBeGreaterThan(0);
    expect(noticesUnder(reply_markup).length).toBeGreaterThan(0);
  });

  it.each([
    ['公示时间', '公示截止：12月3日，明天'],
    ['公示期', '公示截止：12月3日，明天'],
    ['报名截止时间', '报名截止：12月3日，明天'],
    ['缴费期限', '缴费截止：12月3日，明天'],
    ['申报', '申报截止：12月3日，明天'],
    ['投标截止和开标时间', '投标截止和开标时间：12月3日，明天'],
  ])('says of %s once that it ends', (subject, words) => {
    expect(notifyMessages.deadline.end(subject, '12月3日', '明天')).toBe(words);
  });

  it('looks as many days ahead as asked, and says what can be asked when it cannot read that', async () => {
    const { say } = await talking();
    expect((await say('/deadlines 3天')).text).toMatch(/^今后 3 天内没有/);
    expect((await say('/deadlines ３０')).text).toMatch(/^今后 30 天内截止或开始：/);
    for (const odd of ['3月32日', '0天', '400天', 'abc', '-1']) {
      expect((await say(`/deadlines ${odd}`)).text).toMatch(/^没有看懂要看几天内的.*\/deadlines 30天/);
    }
  });

  it('says so when there is nothing', async () => {
    const { say } = await talking(new Date('2024-05-01T00:00:00Z'));
    expect((await say('/deadlines')).text).toBe('今后 14 天内没有查到截止或开始的事项。');
  });
});

describe('/help', () => {
  const admin = {
    ids: new Set([READER]),
    menu: adminCommandTexts,
    createHandler: () => (_: unknown, next: () => Promise<void>) => next(),
  };

  it('tells an admin of the admins’ commands, and nobody else, and not in a group', async () => {
    const { api, say } = await talking(BEFORE, { admin });
    const forAdmin = (await say('/help')).text;
    for (const name of [...Object.keys(commandTexts), ...Object.keys(adminCommandTexts)]) {
      expect(forAdmin).toContain(`\n/${name} `);
    }
    const forReader = (await say('/help', READER + 1)).text;
    api.userSays(GROUP, '/help', { fromId: READER, chatType: 'group' });
    for (const text of [forReader, (await api.nextMessage(GROUP)).text]) {
      expect(text).toContain('/latest');
      expect(text).not.toMatch(/管理员命令|\/reindex/);
    }
  });
});

describe('/start', () => {
  it('in a group tells how the bot is addressed there, where a mere question is not heard', async () => {
    const { api, say } = await talking();
    expect((await say('/start')).text).toContain('直接把问题发给我就行');
    api.userSays(GROUP, '/start', { chatType: 'group' });
    const { text } = await api.nextMessage(GROUP);
    expect(text).toContain(`@${USERNAME}`);
    expect(text).not.toContain('直接把问题发给我');
  });
});

describe('/digest', () => {
  it('without a subscription is the last day that had news, with what is due', async () => {
    const { say } = await talking();
    const { text } = await say('/digest');
    expect(text).toMatch(/^摘要：3月3日（周日）的通知（最近有通知的一天）\n/);
    expect(text).toContain('1. 关于县域督导评估的公告');
    expect(text).toContain('今后 7 天内');
  });

  it('of a day says which', async () => {
    const { say } = await talking();
    expect((await say('/digest 2024-03-01')).text).toMatch(/^摘要：3月1日（周五）的通知\n\n1\. 在线精品课程/);
    expect((await say('/digest 昨天')).text).toContain('没有符合的通知');
    expect((await say('/digest 某天')).text).toContain('没有看懂是哪一天');
  });

  it('of a subscriber is what is new since the last one, as the settings want it, and changes nothing', async () => {
    const { api, say, state } = await talking();
    const lastAt = '2024-03-05T00:00:00.000Z';
    await say('/subscribe');
    const fresh = await state.subscriptions.get(PRIVATE);
    if (fresh === null) throw new Error('not subscribed');
    const behind = { ...fresh, cursor: 1, lastAt, settings: { ...fresh.settings, exclude: ['督导'] } };
    await state.subscriptions.put(behind);
    await api.nextMessage(READER);
    const { text } = await say('/digest');
    expect(text).toContain('从 3月5日 08:00 到 3月6日 10:00');
    expect(text).toContain('新通知 1 份');
    expect(text).toContain('创优赋能');
    expect(text).not.toContain('督导');
    expect(await state.subscriptions.get(PRIVATE)).toEqual(behind);
  });

  it('of a subscriber with words is the last day that had news of theirs', async () => {
    const { api, say, state } = await talking();
    await say('/subscribe');
    await api.nextMessage(READER);
    const fresh = await state.subscriptions.get(PRIVATE);
    if (fresh === null) throw new Error('not subscribed');
    await state.subscriptions.put({ ...fresh, settings: { ...fresh.settings, include: ['精品课程'] } });
    const { text } = await say('/digest');
    expect(text).toContain('摘要：3月1日（周五）的通知（最近有符合设置的一天）');
    expect(text).toContain('1. 在线精品课程评审结果的公示');
  });

  it('of a subscriber to whom all was told says since when nothing came, and shows the last day', async () => {
    const { api, say } = await talking();
    await say('/subscribe');
    await api.nextMessage(READER);
    const { text } = await say('/digest');
    expect(text).toMatch(
      /^3月6日 10:00 以来没有符合您订阅设置的新通知。\n摘要：3月3日（周日）的通知（最近有通知的一天）/,
    );
  });
});

describe('/privacy and /forgetme', () => {
  it('say what is kept, and for how long', async () => {
    const { say } = await talking();
    const { text } = await say('/privacy');
    for (const days of ['90 天', '180 天', '30 天', '31 天', '365 天']) expect(text).toContain(days);
    expect(text).toContain('/forgetme');
  });

  it('delete all of the chat after a confirmation, count it, and leave other chats alone', async () => {
    const first = NOTICES[0];
    if (first === undefined) throw new Error('the cast is empty');
    const period = '公示时间：2024年3月11日至2024年3月15日';
    const { api, say, state, services } = await talking(BEFORE, {
      askParts: { ask: () => Promise.resolve(found(period, first.notice.body, first)) },
    });
    await say('公示到哪天？');
    await say('/subscribe');
    await api.nextMessage(READER);
    await services.subscriptions.subscribe({ chatId: GROUP, threadId: null }, 'group');
    const question = await say('/forgetme');
    expect(await state.subscriptions.get(PRIVATE)).not.toBeNull();
    api.userPresses(question, dataUnder(question.reply_markup, '全部删除'));
    await api.waitFor(() => question.edits === 1);
    expect(question.text).toContain('订阅 1 项');
    expect(question.text).toContain('提问记录 1 条');
    expect(question.text).toContain('告知过的期限 1 条');
    expect(buttonsOf(question.reply_markup)).toEqual([]);
    expect(await state.subscriptions.get(PRIVATE)).toBeNull();
    expect(await state.questions.get(1)).toBeNull();
    expect(await state.announcedFacts.listByNotices(['notice-1'])).toEqual([]);
    expect(await state.subscriptions.ofChat(GROUP)).toHaveLength(1);
  });

  it('delete nothing when one thinks better of it', async () => {
    const { api, say, state } = await talking();
    await say('/subscribe');
    await api.nextMessage(READER);
    const question = await say('/forgetme');
    api.userPresses(question, dataUnder(question.reply_markup, '取消'));
    await api.waitFor(() => question.text === '没有删除任何信息。');
    expect(await state.subscriptions.get(PRIVATE)).not.toBeNull();
  });

  it('in a group obey only its administrators', async () => {
    const { api, state, services } = await stage({ now });
    await services.subscriptions.subscribe({ chatId: GROUP, threadId: null }, 'group');
    api.setMemberStatus(GROUP, 5001, 'administrator');
    api.userSays(GROUP, '/forgetme', { fromId: 5001, chatType: 'group' });
    const question = await api.nextMessage(GROUP);
    api.userPresses(question, 'fy', 5002);
    const refused = await api.waitFor(() => api.calls.find(({ method }) => method === 'answerCallbackQuery'));
    expect(refused.payload['text']).toContain('只有群管理员');
    expect(await state.subscriptions.ofChat(GROUP)).toHaveLength(1);
  });

  it('forget the conversation, too', async () => {
    const asked: boolean[] = [];
    const { api, say } = await talking(BEFORE, {
      askParts: {
        ask: (question, conversation) => {
          asked.push(conversation?.last !== null);
          const first = NOTICES[0];
          if (first === undefined || conversation === undefined) throw new Error('no conversation');
          conversation.last = { question, topic: question, noticeId: null, answer: '', offeredNoticeIds: [] };
          return Promise.resolve(found('答', first.notice.body, first));
        },
      },
    });
    await say('一');
    await say('二');
    const question = await say('/forgetme');
    api.userPresses(question, 'fy');
    await api.waitFor(() => question.edits === 1);
    await say('三');
    expect(asked).toEqual([false, true, false]);
  });
});
