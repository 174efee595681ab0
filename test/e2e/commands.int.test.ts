import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAskService } from '../../src/answering/answer-pipeline.js';
import { ingest } from '../../src/ingest/pipeline/ingest.js';
import { LiveIndex } from '../../src/index/live-index.js';
import { createReaderServices } from '../../src/bootstrap/reader-services.js';
import { createIngestDependencies } from '../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { dataFiles } from '../../src/bootstrap/data-files.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import type { NoticeStore } from '../../src/store/notice-store.js';
import type { StateStore } from '../../src/store/state-store.js';
import { openStateStore } from '../../src/store/state/open-state-store.js';
import { startTelegram, type RunningTelegram } from '../../src/telegram/start-telegram.js';
import { REFUSALS } from '../notify/delivery/kit.js';
import { FakeBotApi, type SentMessage } from '../support/fake-bot-api.js';
import { realAnalyser } from '../support/real-analyser.js';
import { memoryLog } from '../support/memory-log.js';
import { buttonsOf, dataUnder, noticesUnder, RETENTION, TOKEN, USERNAME, noPins } from '../telegram/kit.js';

const data = loadProgramData();
const READER = 1001;
const PRIVATE = { chatId: READER, threadId: null };
const QUESTION = '职业教育在线精品课程的公示时间到哪天？';
/** Tuesday, 10:00 in Shanghai; the sample's notices are of these days. */
const now = (): Date => new Date('2024-03-12T02:00:00Z');

/** The whole bot over the sample bulletin, in this process: real questions, a real state file, HTTP to a fake Telegram. */
describe('a reader', () => {
  let folder: string;
  let store: NoticeStore;
  let knowledge: LiveIndex;
  let api: FakeBotApi;
  let state: StateStore;
  let telegram: RunningTelegram;
  const log = memoryLog();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bulletin-reader-'));
    store = createMemoryStore();
    const settings = { dataDir: folder, sourceMaxBytes: 1 << 20, now, onRebuild: () => undefined };
    await ingest([dataFiles.sample], createIngestDependencies(data, settings, store));
    knowledge = await LiveIndex.open({ store, analyser: realAnalyser(), fingerprint: 'test', snapshotFile: null });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    state = await openStateStore({ file: join(folder, 'state.db') });
    const ask = createAskService({ ...data, liveIndex: knowledge, store, analyser: realAnalyser(), now });
    const services = createReaderServices({
      pins: noPins,
      ask,
      state,
      store,
      getCorpus: () => ({ notices: knowledge.current.notices, store }),
      recency: data.recency,
      rules: data.notify,
      now,
      onLogError: (error) => {
        throw error;
      },
    });
    telegram = await startTelegram({
      token: TOKEN,
      apiRoot: api.root,
      services,
      retention: RETENTION,
      refusals: REFUSALS,
      log: log.log,
      now,
      mode: { kind: 'polling' },
      // The tests ask as fast as they can.
      floodLimits: { messagesPerMinute: 100_000, pressesPerMinute: 100_000 },
    });
  }

  async function stop(): Promise<void> {
    await telegram.stop();
    await state.close();
  }

  beforeEach(async () => {
    api = await FakeBotApi.start({ token: TOKEN, username: USERNAME });
    await start();
  });
  afterEach(async () => {
    await stop();
    await api.stop();
    await rm(join(folder, 'state.db'), { force: true });
    await rm(join(folder, 'state.db-wal'), { force: true });
    await rm(join(folder, 'state.db-shm'), { force: true });
    expect(log.lines().filter(({ level }) => level >= 50)).toEqual([]);
  });

  const say = (text: string, chatId = READER): Promise<SentMessage> => {
    api.userSays(chatId, text);
    return api.nextMessage(chatId);
  };
  const press = async (message: SentMessage, label: string): Promise<void> => {
    const { edits } = message;
    api.userPresses(message, dataUnder(message.reply_markup, label));
    await api.waitFor(() => message.edits > edits);
  };

  it('asks, is reminded of the deadline, puts it into the calendar and reads on', async () => {
    const answer = await say(QUESTION);
    expect(answer.text).toContain('2024年3月15日');
    api.userPresses(answer, dataUnder(answer.reply_markup, '提醒我'));
    const panel = await api.nextMessage(READER);
    // Three days before, 8:30, has passed.
    expect(buttonsOf(panel.reply_markup).map(({ text }) => text)).toEqual([
      '✓ 提前 1 天',
      '✓ 当天早上',
      '确定',
      '取消',
    ]);
    await press(panel, '确定');
    expect((await say('/reminders')).text).toContain('公示截止：3月15日（周五）');
    api.userPresses(answer, dataUnder(answer.reply_markup, '加入日历'));
    expect((await api.nextMessage(READER)).document?.content.toString()).toContain('DTSTART;VALUE=DATE:20240315');
    api.userPresses(answer, dataUnder(answer.reply_markup, '全文'));
    expect((await api.nextMessage(READER)).text).toContain('公示');
    expect(await state.announcedFacts.noticeIds(null, 10)).toHaveLength(1);
  });

  it('copies the phone that was asked for', async () => {
    const answer = await say('督导评估的举报电话是多少？');
    const copied = buttonsOf(answer.reply_markup).flatMap(({ copy_text: copy }) => copy?.text ?? []);
    expect(copied.length).toBeGreaterThan(0);
    for (const phone of copied) expect(answer.text).toContain(phone);
  });

  it('goes through what there is', async () => {
    const list = await say('/latest');
    expect(list.text).toContain('1. ');
    const [first] = noticesUnder(list.reply_markup);
    api.userPresses(list, first ?? '');
    expect((await api.nextMessage(READER)).text).toMatch(/^这份通知的开头是/);
    expect((await say('/latest 3月11日')).text).toMatch(/^3月11日（周一）的通知/);
    expect((await say('/deadlines')).text).toContain('3月15日');
    expect((await say('/digest')).text).toMatch(/^摘要：.*（最近有通知的一天）/);
    expect((await say('/digest 3月11日')).text).toContain('摘要：3月11日（周一）的通知');
  });

  it('subscribes and sets it, across a restart, with the buttons and prompts of before', async () => {
    await say('/subscribe');
    const panel = await api.nextMessage(READER);
    await press(panel, '时间');
    await press(panel, '07');
    await press(panel, '30');
    const answer = await say(QUESTION);
    api.userPresses(panel, dataUnder(panel.reply_markup, '只看的词'));
    const prompt = await api.nextMessage(READER);
    await stop();
    await start();
    api.userSays(READER, '公示', { replyTo: prompt });
    expect((await api.nextMessage(READER)).text).toBe('已改为：公示');
    await api.nextMessage(READER);
    await press(panel, '哪些天');
    await press(panel, '工作日');
    expect(await state.subscriptions.get(PRIVATE)).toMatchObject({
      settings: { time: '07:30', days: 'workdays', include: ['公示'] },
      nextAt: '2024-03-12T23:30:00.000Z',
    });
    api.userPresses(answer, dataUnder(answer.reply_markup, '👎'));
    await api.waitFor(() => buttonsOf(answer.reply_markup).some(({ text }) => text === '不完整'));
    await press(answer, '不完整');
    expect(await state.questions.listUnresolved(5)).toMatchObject([{ question: QUESTION, voteReason: 'incomplete' }]);
    const turn = buttonsOf(answer.reply_markup).find(({ text }) => text.includes('▶'));
    if (turn === undefined) throw new Error('one page only');
    const before = noticesUnder(answer.reply_markup);
    await press(answer, turn.text);
    expect(noticesUnder(answer.reply_markup)).not.toEqual(before);
    const forget = await say('/forgetme');
    await press(forget, '全部删除');
    expect(forget.text).toContain('订阅 1 项');
    expect(await state.subscriptions.get(PRIVATE)).toBeNull();
  });
});
