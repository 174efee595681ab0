import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAdminAccess } from '../../../src/operations/admin-access.js';
import { createBroadcasts } from '../../../src/notify/broadcasts.js';
import { openPins } from '../../../src/operations/pins.js';
import { createSignatureReader } from '../../../src/answering/query/question-signature.js';
import type { ReindexEvent } from '../../../src/ingest/pipeline/reindex-protocol.js';
import { createReindexer } from '../../../src/ingest/pipeline/reindexer.js';
import { nameSources } from '../../../src/ingest/pipeline/configured-sources.js';
import type { Status } from '../../../src/operations/status.js';
import { createUnansweredQueue } from '../../../src/operations/unanswered.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createAdminFeatures } from '../../../src/telegram/admin/features.js';
import type { SentMessage } from '../../support/fake-bot-api.js';
import { realAnalyser } from '../../support/real-analyser.js';
import { newState } from '../../support/state.js';
import { buttonsOf, dataUnder, GROUP, READER, stage, USERNAME } from '../kit.js';

const ADMIN = 9009;
const EDIT_EVERY_MS = 60;
const NOW = new Date('2024-03-11T04:00:00Z');
const RUNS = { startedAt: '2024-03-11T01:00:00.000Z', endedAt: '2024-03-11T01:00:09.000Z', sources: ['/srv/pages'] };
const SUMMARY = {
  dryRun: false,
  files: 1,
  new: 2,
  changed: 1,
  unchanged: 5,
  newTitles: ['<停水>通知', '停电通知'],
  changedTitles: ['停气通知'],
  stored: 8,
  repairs: 3,
  masked: 1,
  suspicious: 0,
  problems: 1,
  problemTexts: ['找不到：more.txt'],
};

const STATUS: Status = {
  version: '1.2.3',
  upMs: 25 * 3_600_000,
  notices: 8,
  indexed: 8,
  indexFits: true,
  running: null,
  runs: [{ ...RUNS, result: { kind: 'done', new: 2, changed: 1 } }],
  deliveries: { owed: 3, claimed: 0, sent: 40, rejected: 1, dropped: 2 },
  chats: { active: 12, inactive: 1 },
  subscriptions: 7,
  calendarEnds: '内置的节假日安排只到 2026 年。',
  memoryBytes: 400 * 1024 * 1024,
};

const { vocabulary } = loadProgramData();

/** The bot with its admin part on a fake Bot API; the index runs are the test's. */
async function adminStage(sourcePaths: readonly string[] = ['/srv/pages', '/srv/more.txt']) {
  const adminState = await newState();
  const kindOf = createSignatureReader(realAnalyser(), vocabulary);
  const runs: { tell: (event: ReindexEvent) => void; end: () => void; sources: readonly string[] }[] = [];
  const log = pino({ level: 'silent' });
  const now = (): Date => NOW;
  const reindexer = createReindexer({
    dataDir: 'data',
    sourceMaxBytes: 1,
    startProcess: (job, tell) => {
      let end: () => void = () => undefined;
      const ended = new Promise<{ code: number; signal: null; stderr: string }>((resolve) => {
        end = () => {
          resolve({ code: 0, signal: null, stderr: '' });
        };
      });
      runs.push({ tell, end, sources: job.sources });
      return { ended, kill: end };
    },
    store: { recordRun: () => Promise.resolve() },
    refresh: () => Promise.resolve(),
    log,
    now,
  });
  onTestFinished(() => reindexer.close());
  let ids = 100;
  const broadcasts = createBroadcasts({ state: adminState, log, now, newId: () => ++ids, onQueued: () => undefined });
  const services = {
    access: createAdminAccess(new Set([ADMIN]), adminState.audit, now),
    sources: nameSources(sourcePaths),
    lastRuns: () => Promise.resolve([{ ...RUNS, result: { kind: 'failed', reason: '磁盘已满' } } as const, null]),
    reindexer,
    status: () => Promise.resolve(STATUS),
    unanswered: createUnansweredQueue(adminState.questions, kindOf, () => 1),
    pins: await openPins(adminState.pins, kindOf, () => 1, now),
    broadcasts,
  };
  const background = new Set<Promise<unknown>>();
  const part = createAdminFeatures(new Set([ADMIN]), services, (task) => background.add(task), EDIT_EVERY_MS);
  const { api } = await stage({ admin: part, now });
  const say = (text: string, chatId = ADMIN): Promise<SentMessage> => {
    const after = api.userSays(chatId, text);
    return api.nextMessage(chatId, { after });
  };
  const press = async (message: SentMessage, data: string, fromId = ADMIN): Promise<string> => {
    const query = api.userPresses(message, data, fromId);
    const answered = () =>
      api.calls.find(
        ({ method, payload }) => method === 'answerCallbackQuery' && payload['callback_query_id'] === query,
      );
    await expect.poll(answered, { timeout: 5000 }).toBeDefined();
    // What follows the answer (an edit) is on its way.
    await sleep(50);
    const text = answered()?.payload['text'];
    return typeof text === 'string' ? text : '';
  };
  return { api, state: adminState, services, runs, say, press, background };
}

describe('the gate of the admin commands', () => {
  it.each([
    '/reindex',
    '/status',
    '/unanswered',
    '/pin',
    '/sources',
    '/broadcast 大家好',
    '/reindex@bulletin_bot --dry-run',
  ])('refuses %s to a reader, does nothing and writes it down', async (command) => {
    const { state, say, runs } = await adminStage();
    await state.chats.activate(READER, 'private', NOW.toISOString());
    expect((await say(command, READER)).text).toBe('这个命令只有管理员可以用。');
    const name = command.split(/[@ ]/)[0];
    expect(await state.audit.last(9)).toMatchObject([{ userId: READER, action: name, allowed: false }]);
    expect([runs.length, (await state.ledger.countByState()).owed]).toEqual([0, 0]);
  });

  it('writes down what an admin does, and asks for a private chat in a group', async () => {
    const { api, state, say } = await adminStage();
    await say('/status');
    expect(await state.audit.last(9)).toMatchObject([{ userId: ADMIN, action: '/status', allowed: true }]);
    const after = api.userSays(GROUP, `/status@${USERNAME}`, { chatType: 'supergroup', fromId: ADMIN });
    expect((await api.nextMessage(GROUP, { after })).text).toContain('私聊');
    expect((await state.audit.last(1))[0]).toMatchObject({ allowed: false });
  });

  it('keeps silent in a group where the command may be meant for another bot', async () => {
    const { api, state } = await adminStage();
    api.userSays(GROUP, '/status', { chatType: 'supergroup', fromId: READER });
    await expect.poll(async () => (await state.audit.last(9)).length).toBe(1);
    await sleep(50);
    expect(api.sent(GROUP)).toEqual([]);
  });

  it('holds for forged buttons too', async () => {
    const { api, state, services, say, press } = await adminStage();
    await state.chats.activate(1, 'private', NOW.toISOString());
    const pinned = await services.pins.add('食堂几点开门', '七点', ADMIN, '2024-06-09T16:00:00.000Z');
    const prepared = await services.broadcasts.prepare(ADMIN, '大家好');
    const id = prepared.kind === 'ready' ? prepared.id : 0;
    const message = await say('你好', READER);
    for (const data of [`ab:${String(id)}`, `ax:${String(id)}`, 'ap:1', 'au:1:1']) {
      expect(await press(message, data, READER)).toBe('这个按钮只有管理员可以用。');
    }
    expect(pinned.kind).toBe('added');
    expect([services.pins.list().length, (await state.ledger.countByState()).owed]).toEqual([1, 0]);
    expect((await state.audit.last(9)).filter(({ allowed }) => !allowed)).toHaveLength(4);
    // Data of no button at all goes on to the others, who do not know it either.
    for (const data of ['ab', 'ab:', 'ab:1:x', 'au:-1:2', 'ap:999999999999999999']) await press(message, data, ADMIN);
    expect(services.pins.list()).toHaveLength(1);
    expect(api.calls.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  });
});

describe('/reindex', () => {
  it('tells the progress in one message, no more often than it may, and at the end what changed', async () => {
    const { api, say, runs } = await adminStage();
    const message = await say('/reindex');
    expect(message.text).toBe('更新索引：pages、more.txt\n正在开始……');
    expect(runs[0]?.sources).toEqual(['/srv/pages', '/srv/more.txt']);
    for (let done = 1; done <= 60; done++) {
      runs[0]?.tell({ kind: 'progress', stage: 'indexing', file: null, done, total: 60 });
      await sleep(5);
    }
    expect(message.text).toMatch(/建立索引 \d+\/60/);
    runs[0]?.tell({ kind: 'done', summary: SUMMARY });
    runs[0]?.end();
    await expect.poll(() => message.text).toContain('更新完成');
    expect(message.text).toContain('\n新增 2，有变化 1，未变 5；共 8 份通知。');
    expect(message.text).toContain('· <停水>通知');
    expect(message.html).toContain('&lt;停水&gt;');
    expect(message.text).toContain('找不到：more.txt');
    const edits = api.calls.filter(({ method }) => method === 'editMessageText').map(({ atMs }) => atMs);
    expect(edits.length).toBeGreaterThan(2);
    for (const [i, atMs] of edits.slice(1).entries())
      expect(atMs - (edits[i] ?? 0)).toBeGreaterThanOrEqual(EDIT_EVERY_MS - 10);
    expect(api.sent(ADMIN)).toHaveLength(1);
  });

  it('answers a second one and questions while it runs', async () => {
    const { say, runs } = await adminStage();
    await say('/reindex pages --dry-run');
    runs[0]?.tell({ kind: 'progress', stage: 'reading', file: 'a.txt', done: 5, total: 10 });
    expect((await say('/reindex')).text).toBe(
      '已经有一次更新在进行（3月11日 12:00 开始）：读取 a.txt 50%。请等它结束。',
    );
    expect((await say('公示到哪天')).text).toContain('答：公示到哪天');
    expect(runs).toHaveLength(1);
  });

  it.each([
    ['/reindex 2', ['/srv/more.txt']],
    ['/reindex more.txt --dry-run', ['/srv/more.txt']],
    ['/reindex —dry-run', ['/srv/pages', '/srv/more.txt']],
  ])('%s reads %j', async (command, paths) => {
    const { say, runs } = await adminStage();
    const { text } = await say(command);
    expect(runs[0]?.sources).toEqual(paths);
    expect(text.startsWith('试运行')).toBe(command.includes('dry-run'));
  });

  it.each(['/reindex /etc/passwd', '/reindex ../more.txt', '/reindex 3', '/reindex pages more.txt'])(
    '%s reads nothing',
    async (command) => {
      const { say, runs } = await adminStage();
      expect((await say(command)).text).toContain('没有这个来源。可以写编号或名称：1 pages、2 more.txt');
      expect(runs).toHaveLength(0);
    },
  );

  it('says what to do when there are no sources', async () => {
    const { say, runs } = await adminStage([]);
    expect((await say('/reindex')).text).toContain('SOURCES');
    expect(runs).toHaveLength(0);
  });

  it('tells the end anew when its message was deleted, and a failure in words', async () => {
    const { api, say, runs, background } = await adminStage();
    const message = await say('/reindex');
    api.failNext('editMessageText', { error_code: 400, description: 'Bad Request: message to edit not found' });
    runs[0]?.tell({ kind: 'failed', message: '磁盘已满' });
    runs[0]?.end();
    const end = await api.nextMessage(ADMIN, { after: message.message_id });
    expect(end.text).toContain('更新没有完成');
    expect(end.text).toContain('磁盘已满');
    await Promise.all(background);
  });
});

describe('the other admin commands', () => {
  it('/status says how the bot is doing', async () => {
    const { text } = await (await adminStage()).say('/status');
    expect(text.split('\n')).toEqual([
      '运行情况',
      '',
      '版本 1.2.3，已运行 1 天 1 小时',
      '通知 8 份，索引 8 份',
      '最近的更新：',
      '  · 3月11日 09:00（9 秒）pages：新增 2，有变化 1',
      '发送：待发 3，正在发 0，已发 40，被拒 1，放弃 2',
      '聊天 12 个（停用 1 个），订阅 7 项',
      '内存 400 MiB',
      '内置的节假日安排只到 2026 年。',
    ]);
  });

  it('/sources lists them with their last run', async () => {
    const { text } = await (await adminStage()).say('/sources');
    expect(text).toContain('1. pages\n   3月11日 09:00 读取失败：磁盘已满\n2. more.txt\n   还没有读取过');
  });

  it('/unanswered lists kinds of question; a press marks one done and shows the rest', async () => {
    const { state, say, press } = await adminStage();
    const base = {
      at: NOW.toISOString(),
      userHash: 'u',
      chatHash: 'c',
      intent: 'contact',
      noticeId: null,
      confidence: 0,
    };
    for (const question of ['食堂电话', '食堂的电话', '<b>校车</b>几点发车']) {
      await state.questions.log({ ...base, question, kind: 'none', reason: 'unsupported' });
    }
    const message = await say('/unanswered');
    expect(message.text).toContain(
      '待处理的问题 3 个，归为 2 类：\n1. （2 次，没答出 2）食堂的电话\n2. （1 次，没答出 1）<b>校车</b>几点发车',
    );
    const data = dataUnder(message.reply_markup, '第 1 类：标为已处理');
    expect(await press(message, data)).toBe('已处理 2 个问题。');
    expect(message.text).toContain('1. （1 次，没答出 1）<b>校车</b>几点发车');
    expect(await press(message, data)).toBe('这些问题已经处理过了。');
    await press(message, dataUnder(message.reply_markup, '第 1 类：标为已处理'));
    expect(message.text).toBe('没有待处理的问题。');
    expect(buttonsOf(message.reply_markup)).toEqual([]);
  });

  it('/pin adds, lists and removes an answer', async () => {
    const { services, say, press } = await adminStage();
    expect((await say('/pin')).text).toContain('没有固定的回答。');
    expect((await say('/pin 食堂几点开门 => 早上七点 => 30天 => 又一个')).text).toContain('用法');
    expect((await say('/pin 食堂几点开门 => 早上<七>点 => 30天')).text).toBe(
      '已固定：食堂几点开门\n有效期至2024年4月10日。',
    );
    expect((await say('/pin 校车几点发车 => 八点 => 昨天')).text).toContain('有效期没有看懂');
    expect((await say('/pin 电话多少 => 123')).text).toContain('看不出问的是什么事');
    expect(services.pins.pinFor('食堂开门时间')?.answer).toBe('早上<七>点');
    const list = await say('/pin');
    expect(list.text).toContain('1. 食堂几点开门\n   早上<七>点\n   有效期至2024年4月10日');
    expect(await press(list, dataUnder(list.reply_markup, '删除第 1 条'))).toBe('已删除。');
    expect(services.pins.pinFor('食堂开门时间')).toBeNull();
  });

  it('/broadcast shows the text as it will be, and sends it once when that is confirmed', async () => {
    const { api, state, say, press } = await adminStage();
    for (const id of [1, 2]) await state.chats.activate(id, 'private', NOW.toISOString());
    const question = await say('/broadcast <明天>停水');
    const preview = await api.nextMessage(ADMIN, { after: question.message_id });
    expect([question.text, preview.text]).toEqual([
      '会发给 2 个聊天，效果如下。请在 10 分钟内确认：',
      '管理员通知\n\n<明天>停水',
    ]);
    expect((await state.ledger.countByState()).owed).toBe(0);
    const data = dataUnder(preview.reply_markup, '确认发送');
    expect(await press(preview, data)).toContain('开始群发，共 2 个聊天');
    await expect.poll(async () => (await state.ledger.countByState()).owed).toBe(2);
    expect(await press(preview, data)).toContain('已经处理过');
    expect((await state.ledger.countByState()).owed).toBe(2);
  });
});
