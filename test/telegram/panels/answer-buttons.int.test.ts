import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPages } from '../../../src/telegram/panels/full-text.js';
import type { Answer, NoticeCandidate } from '../../../src/domain/answer.js';
import type { StoredNotice } from '../../../src/store/notice-store.js';
import type { SentMessage } from '../../support/fake-bot-api.js';
import {
  BEFORE,
  buttonsOf,
  castServices,
  dataUnder,
  found,
  FORUM,
  GROUP,
  NOTICES,
  noticesUnder,
  READER,
  refusal,
  stage,
  stubAsk,
  type Stage,
} from '../kit.js';

const now = (): Date => BEFORE;
const PRIVATE = { chatId: READER, threadId: null };
const PERIOD = '公示时间：2024年3月11日至2024年3月15日';

/** Asked, it answers with the period of the first notice, and with its phone. */
const answering = (answer: string): { ask: () => Promise<Answer> } => ({
  ask: () => Promise.resolve(found(answer, notice(1).notice.body, notice(1))),
});

function notice(key: number): StoredNotice {
  const stored = NOTICES.find((one) => one.key === key);
  if (stored === undefined) throw new Error(`no notice ${key}`);
  return stored;
}

async function asked(
  answer = PERIOD,
  options: Parameters<typeof stage>[0] = {},
): Promise<Stage & { shown: SentMessage }> {
  const on = await stage({ now, askParts: answering(answer), ...options });
  on.api.userSays(READER, '公示到哪天？');
  return { ...on, shown: await on.api.nextMessage(READER) };
}

const texts = (message: SentMessage): string[] => buttonsOf(message.reply_markup).map(({ text }) => text);
const acks = ({ api }: Stage): unknown[] =>
  api.calls.filter(({ method }) => method === 'answerCallbackQuery').map(({ payload }) => payload['text']);

describe('under an answer', () => {
  it('stand what can be done with it, the other notices and the vote', async () => {
    const { shown } = await asked(`${PERIOD}。联系电话：83215136`);
    expect(texts(shown)).toEqual([
      '📋 复制电话',
      '⏰ 提醒我',
      '📅 加入日历',
      '📄 全文',
      '创优赋能建设项目专家评议结果的公示',
      '关于县域督导评估的公告',
      '👍',
      '👎',
    ]);
    expect(buttonsOf(shown.reply_markup)[0]?.copy_text).toEqual({ text: '83215136' });
  });

  it('stands no reminder when the period is past, and no phone when none is told', async () => {
    const { shown } = await asked(PERIOD, { now: () => new Date('2024-04-01T00:00:00Z') });
    expect(texts(shown).slice(0, 2)).toEqual(['📄 全文', '创优赋能建设项目专家评议结果的公示']);
  });

  it('stand only the nearest notices and the vote when nothing was found, and nothing under small talk', async () => {
    const { shown } = await asked('', { askParts: { ask: () => Promise.resolve(refusal()) } });
    expect(texts(shown).slice(3)).toEqual(['👍', '👎']);
    const chat = await asked('', { askParts: { ask: () => Promise.resolve(refusal('chitchat')) } });
    expect(texts(chat.shown)).toEqual([]);
  });

  it('is remembered what was told, so that a correction can reach the chat', async () => {
    const { state, shown } = await asked();
    expect(shown.text).toContain(PERIOD);
    const told = await waitForTold(state);
    expect(told).toMatchObject([
      { ...PRIVATE, noticeId: 'notice-1', type: 'publicity', version: 1, end: { date: '2024-03-15' } },
    ]);
    expect(await state.chats.counts()).toMatchObject({ active: 1 });
  });

  async function waitForTold(state: Stage['state']) {
    for (;;) {
      const told = await state.announcedFacts.listByNotices(['notice-1']);
      if (told.length > 0) return told;
    }
  }
});

describe('a reminder', () => {
  it('is chosen by toggles and stored', async () => {
    const { api, shown, state } = await asked();
    api.userPresses(shown, dataUnder(shown.reply_markup, '提醒我'));
    const panel = await api.nextMessage(READER);
    expect(panel.text).toContain('公示截止：3月15日（周五）');
    expect(texts(panel)).toEqual(['✓ 提前 3 天', '✓ 提前 1 天', '✓ 当天早上', '确定', '取消']);
    api.userPresses(panel, dataUnder(panel.reply_markup, '提前 3 天'));
    await api.waitFor(() => panel.edits === 1);
    expect(texts(panel)).toEqual(['提前 3 天', '✓ 提前 1 天', '✓ 当天早上', '确定', '取消']);
    api.userPresses(panel, dataUnder(panel.reply_markup, '确定'));
    await api.waitFor(() => panel.edits === 2);
    expect(panel.text).toContain('提前 1 天、当天早上');
    expect(texts(panel)).toEqual([]);
    expect(await state.reminders.list(PRIVATE)).toMatchObject([
      {
        userId: READER,
        noticeId: 'notice-1',
        type: 'publicity',
        due: { date: '2024-03-15', time: null },
        daysBefore: [1, 0],
        nextAt: '2024-03-14T00:30:00.000Z',
        version: 1,
      },
    ]);
  });

  it('offers only mornings that are still to come', async () => {
    const { api, shown } = await asked(PERIOD, { now: () => new Date('2024-03-13T12:00:00Z') });
    api.userPresses(shown, dataUnder(shown.reply_markup, '提醒我'));
    expect(texts(await api.nextMessage(READER))).toEqual(['✓ 提前 1 天', '✓ 当天早上', '确定', '取消']);
  });

  it('with nothing chosen is not set, cancelled neither', async () => {
    const on = await asked();
    const { api, shown, state } = on;
    api.userPresses(shown, dataUnder(shown.reply_markup, '提醒我'));
    const panel = await api.nextMessage(READER);
    api.userPresses(panel, dataUnder(panel.reply_markup, '确定').replace(/:7$/, ':0'));
    await api.waitFor(() => acks(on).includes('请至少选一个时间。'));
    api.userPresses(panel, dataUnder(panel.reply_markup, '取消'));
    await api.waitFor(() => panel.text === '没有设置提醒。');
    expect(await state.reminders.list(PRIVATE)).toEqual([]);
  });

  it.each(['r:1:2:0', 'r:1:1:99', 'r:99:1:0', 'rs:1:1:0:8', 'r:1:1', 'rt:1:1:0', 'rs:1:1:0:7:1'])(
    'forged as %s is refused',
    async (data) => {
      const on = await asked();
      on.api.userPresses(on.shown, data);
      await on.api.waitFor(() => acks(on).some((text) => String(text).includes('重新提问')));
      expect(await on.state.reminders.list(PRIVATE)).toEqual([]);
      expect(on.api.sent(READER)).toHaveLength(1);
    },
  );

  it('for a fact that is no period is refused', async () => {
    const on = await asked();
    const phone = notice(1).facts.findIndex(({ kind }) => kind === 'contact');
    expect(phone).toBeGreaterThanOrEqual(0);
    on.api.userPresses(on.shown, `r:1:1:${phone}`);
    await on.api.waitFor(() => acks(on).some((text) => String(text).includes('重新提问')));
  });

  it('is listed by /reminders and deleted there', async () => {
    const { api, shown, state } = await asked();
    api.userPresses(shown, dataUnder(shown.reply_markup, '提醒我'));
    const panel = await api.nextMessage(READER);
    api.userPresses(panel, dataUnder(panel.reply_markup, '确定'));
    await api.waitFor(() => panel.text.startsWith('好的'));
    api.userSays(READER, '/reminders');
    const list = await api.nextMessage(READER);
    expect(list.text).toContain('1. 公示截止：3月15日（周五）\n    《在线精品课程评审结果的公示》');
    api.userPresses(list, dataUnder(list.reply_markup, '删除第 1 条'));
    await api.waitFor(() => list.text === '没有设置提醒。在回答下面点“⏰ 提醒我”就能设置。');
    expect(await state.reminders.list(PRIVATE)).toEqual([]);
  });

  it('of another chat cannot be deleted, of another member of the group only by an administrator', async () => {
    const on = await asked(PERIOD, { now });
    const { api, state, services } = on;
    const offer = services.reminders.offerForAnswer(found(PERIOD, notice(1).notice.body, notice(1)), notice(1));
    if (offer === null) throw new Error('no offer');
    await services.reminders.set({ chatId: GROUP, threadId: null }, 'group', 6001, offer, [1]);
    const [reminder] = await state.reminders.list({ chatId: GROUP, threadId: null });
    const data = `rd:${reminder?.id ?? 0}`;
    api.userPresses(on.shown, data);
    await api.waitFor(() => acks(on).includes('这条提醒已经不在了。'));
    api.userSays(GROUP, '/reminders', { fromId: 6002, chatType: 'group' });
    const list = await api.nextMessage(GROUP);
    api.userPresses(list, data, 6002);
    await api.waitFor(() => acks(on).includes('这条提醒是别人设的，只有本人或群管理员可以删除。'));
    expect(await state.reminders.list({ chatId: GROUP, threadId: null })).toHaveLength(1);
    api.setMemberStatus(GROUP, 6003, 'administrator');
    api.userPresses(list, data, 6003);
    await api.waitFor(() => list.edits === 1);
    expect(await state.reminders.list({ chatId: GROUP, threadId: null })).toEqual([]);
  });

  it('beyond the bound is refused, replacing one is not', async () => {
    const { services } = await castServices(stubAsk(), now);
    const offer = services.reminders.offerForAnswer(found(PERIOD, notice(1).notice.body, notice(1)), notice(1));
    if (offer === null) throw new Error('no offer');
    const set = (userId: number) => services.reminders.set(PRIVATE, 'private', userId, offer, [1]);
    for (let user = 1; user <= 50; user += 1) expect(await set(user)).toBe('set');
    expect(await set(51)).toBe('too-many');
    expect(await set(50)).toBe('set');
  });
});

describe('a calendar file', () => {
  it('is sent, in the topic, with the fact as an event', async () => {
    const { api } = await stage({ now, askParts: answering(PERIOD) });
    api.userSays(FORUM, '/ask 公示到哪天', { message_thread_id: 44 });
    const shown = await api.nextMessage(FORUM);
    api.userPresses(shown, dataUnder(shown.reply_markup, '加入日历'));
    const file = await api.nextMessage(FORUM);
    expect(file.message_thread_id).toBe(44);
    expect(file.document?.filename).toBe('在线精品课程评审结果的公示.ics');
    const text = file.document?.content.toString() ?? '';
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(text).toContain('20240315');
    expect(text).toContain('公示截止：在线精品课程评审结果的公示');
  });
});

describe('the full text', () => {
  it('of a short notice is one message without buttons to turn', async () => {
    const { api, shown } = await asked();
    api.userPresses(shown, dataUnder(shown.reply_markup, '全文'));
    const full = await api.nextMessage(READER);
    expect(full.text).toContain(notice(1).notice.body);
    expect(full.reply_to_message_id).toBe(shown.message_id);
    expect(texts(full)).toEqual([]);
  });

  const long = (paragraphs: number): StoredNotice => {
    const { notice: first, ...rest } = notice(1);
    const body = Array.from({ length: paragraphs }, (_, i) => `第${i + 1}段<b>内容</b>&。`.padEnd(100, '文')).join(
      '\n',
    );
    return { ...rest, notice: { ...first, body } };
  };
  const withNotice = (stored: StoredNotice) => ({ notice: () => Promise.resolve(stored) });

  it('of a longer one is turned in place, losing nothing', async () => {
    const stored = long(100);
    const { api, shown } = await asked(PERIOD, { askParts: { ...answering(PERIOD), ...withNotice(stored) } });
    api.userPresses(shown, dataUnder(shown.reply_markup, '全文'));
    const full = await api.nextMessage(READER);
    expect(texts(full)).toEqual(['下一页（2/3）▶']);
    const pages = [full.text];
    for (let page = 2; page <= 3; page += 1) {
      api.userPresses(full, dataUnder(full.reply_markup, '▶'));
      await api.waitFor(() => full.text.includes(`第 ${page}/3 页`));
      pages.push(full.text);
    }
    expect(texts(full)).toEqual(['◀ 上一页（2/3）']);
    const shownText = pages.map((page) => page.slice(page.indexOf(' 页\n') + 3)).join('');
    expect(shownText.replace(/\s/g, '')).toBe(stored.notice.body.replace(/\s/g, ''));
    api.userPresses(full, 'tp:1:999');
    api.userPresses(full, dataUnder(full.reply_markup, '◀'));
    await api.waitFor(() => full.text.includes('第 2/3 页'));
  });

  it('is cut into pages of at most 3,500 characters without loss, whatever it holds', () => {
    const piece = fc.oneof(
      fc.constantFrom('。', '\n', '，', '😀', '<b>'),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    const body = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('文'.repeat(150)));
    fc.assert(
      fc.property(body, (text) => {
        const pages = splitPages(text);
        expect(pages.join('')).toBe(text);
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(3500);
      }),
    );
  });

  it('of a very long one is a file', async () => {
    const stored = long(500);
    const { api, shown } = await asked(PERIOD, { askParts: { ...answering(PERIOD), ...withNotice(stored) } });
    api.userPresses(shown, dataUnder(shown.reply_markup, '全文'));
    const { document } = await api.nextMessage(READER);
    expect(document?.filename).toBe('在线精品课程评审结果的公示.txt');
    expect(document?.content.toString()).toContain(stored.notice.body);
  });

  it('of a notice that is gone is refused', async () => {
    const on = await asked();
    on.api.userPresses(on.shown, 't:99');
    await on.api.waitFor(() => acks(on).some((text) => String(text).includes('不在收录')));
  });
});

describe('a vote', () => {
  it('is logged with the question, without ids, and the buttons go', async () => {
    const on = await asked();
    const { api, shown, state } = on;
    api.userPresses(shown, dataUnder(shown.reply_markup, '👍'));
    await api.waitFor(() => shown.edits === 1);
    expect(acks(on)).toContain('谢谢。');
    expect(texts(shown).slice(-1)).toEqual(['关于县域督导评估的公告']);
    const logged = await state.questions.get(1);
    expect(logged).toMatchObject({ question: '公示到哪天？', kind: 'answer', noticeId: 'notice-1', vote: 'up' });
    expect(JSON.stringify(logged)).not.toContain(String(READER));
  });

  it('down asks for a reason and puts the question on the list', async () => {
    const on = await asked();
    const { api, shown, state } = on;
    api.userPresses(shown, dataUnder(shown.reply_markup, '👎'));
    await api.waitFor(() => texts(shown).includes('答错了'));
    api.userPresses(shown, dataUnder(shown.reply_markup, '过时了'));
    await api.waitFor(() => !texts(shown).includes('答错了'));
    expect(await state.questions.listUnresolved(10)).toMatchObject([{ vote: 'down', voteReason: 'outdated' }]);
  });

  it('of someone else, or for a question that is not there, does not count', async () => {
    const on = await asked();
    const { api, shown, state } = on;
    api.userPresses(shown, dataUnder(shown.reply_markup, '👎'), 7777);
    await api.waitFor(() => acks(on).length === 1);
    api.userPresses(shown, 'vd:99');
    await api.waitFor(() => acks(on).length === 2);
    expect(acks(on)).toEqual(['只有提问的人可以评价这条回答。', '只有提问的人可以评价这条回答。']);
    expect(await state.questions.get(1)).toMatchObject({ vote: null });
    expect(shown.edits).toBe(0);
  });

  it('is not offered when the question could not be logged; the answer goes out all the same', async () => {
    const { services, state } = await castServices(stubAsk(answering(PERIOD)), now);
    await state.close();
    const { api } = await stage({ now, services });
    api.userSays(READER, '公示到哪天？');
    expect(texts(await api.nextMessage(READER))).not.toContain('👍');
  });
});

describe('the other notices', () => {
  const candidates: NoticeCandidate[] = Array.from({ length: 8 }, (_, i) => ({
    id: `other-${i + 1}`,
    title: `第${i + 1}份通知`,
    date: null,
    score: 1,
  }));
  const many = {
    ask: () => Promise.resolve({ ...found(PERIOD, notice(1).notice.body, notice(1)), candidates }),
    keyOf: (id: string) => (id === 'notice-1' ? 1 : Number(id.slice(6)) + 100),
  };

  it('are turned in pages, the rest of the buttons stays', async () => {
    const { api, shown } = await asked(PERIOD, { askParts: many });
    const rest = texts(shown).filter((text) => !/通知|▶/.test(text));
    expect(noticesUnder(shown.reply_markup)).toEqual(['n:101', 'n:102', 'n:103']);
    api.userPresses(shown, dataUnder(shown.reply_markup, '2/3'));
    await api.waitFor(() => shown.edits === 1);
    expect(noticesUnder(shown.reply_markup)).toEqual(['n:104', 'n:105', 'n:106']);
    api.userPresses(shown, dataUnder(shown.reply_markup, '3/3'));
    await api.waitFor(() => shown.edits === 2);
    expect(noticesUnder(shown.reply_markup)).toEqual(['n:107', 'n:108']);
    expect(texts(shown)).toContain('◀ 上一页（2/3）');
    expect(texts(shown).filter((text) => !/通知|◀/.test(text))).toEqual(rest);
  });

  it('are asked for again when a restart forgot them', async () => {
    const { api, shown, ask } = await asked(PERIOD, { askParts: many });
    const copy = await stage({ now, askParts: many });
    expect(ask.asked).toEqual([]);
    copy.api.queueUpdate({
      callback_query: {
        id: 'q',
        from: { id: READER, is_bot: false, first_name: '甲' },
        chat_instance: '1',
        data: 'c:1',
        message: {
          message_id: 900,
          date: 1,
          chat: { id: READER, type: 'private' },
          from: { id: 1, is_bot: true, first_name: 'b' },
          text: shown.text,
          reply_markup: shown.reply_markup,
          reply_to_message: {
            message_id: 899,
            date: 1,
            chat: { id: READER, type: 'private' },
            from: { id: READER, is_bot: false, first_name: '甲' },
            text: '公示到哪天？',
          },
        },
      },
    });
    const edit = await copy.api.waitFor(() => copy.api.calls.find(({ method }) => method === 'editMessageReplyMarkup'));
    expect(noticesUnder(edit.payload['reply_markup'])).toEqual(['n:104', 'n:105', 'n:106']);
    expect(api.sent(READER)).toHaveLength(1);
  });
});
